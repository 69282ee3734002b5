// What stands between people and the Worker on Cloudflare, as far as it matters for how soon a page is there: it compresses.
import { createServer, request } from "node:http";
import { brotliCompressSync, constants } from "node:zlib";

/** What is shorter isn't worth it. */
const SHORT = 400;
/** What doesn't become smaller. */
const SMALL_ALREADY = /^(image\/(png|jpeg|webp)|font\/)/;

/**
 * Opens a door of its own before the Worker at `origin`.
 * @returns {Promise<{ origin: string, close: () => void }>}
 */
export async function edge(origin) {
  const to = new URL(origin);
  const kept = new Map();
  /** Files with a hash in their name are compressed once, as the edge does. */
  const compressed = (path, body) => {
    const make = () => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
    if (!path.startsWith("/assets/")) return make();
    if (!kept.has(path)) kept.set(path, make());
    return kept.get(path);
  };
  const server = createServer((asked, answer) => {
    // To the Worker it is the address that people open, so that it takes writes from it.
    const headers = { ...asked.headers, host: to.host, "accept-encoding": "identity" };
    if (headers.origin) headers.origin = to.origin;
    const onward = request({ host: to.hostname, port: to.port, path: asked.url, method: asked.method, headers }, async (got) => {
      try {
        const body = Buffer.concat(await got.toArray());
        const { "content-length": _length, "transfer-encoding": _encoding, connection: _connection, ...rest } = got.headers;
        const worthIt = got.statusCode === 200 && body.length >= SHORT && !SMALL_ALREADY.test(rest["content-type"] ?? "");
        const sent = worthIt ? compressed(asked.url, body) : body;
        // Answers without a body say no length.
        const length = [204, 304].includes(got.statusCode) ? {} : { "content-length": sent.length };
        answer.writeHead(got.statusCode, { ...rest, ...length, ...(worthIt && { "content-encoding": "br" }) }).end(sent);
      } catch {
        answer.destroy();
      }
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise((done) => server.listen(0, "localhost", done));
  return {
    origin: `http://localhost:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
