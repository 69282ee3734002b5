// Asks Seatwise as a browser does: keeps cookies, and says where a request comes from. The demonstration company is
// put in with it, and the API tests are written with it.
import { Agent, request } from "node:http";

// Without a limit, so that fifty requests "at once" are at once.
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** What came back. */
class Answer {
  constructor(status, headers, text) {
    this.status = status;
    this.headers = headers;
    this.text = text;
    this.body = /\bjson\b/.test(headers["content-type"] ?? "") && text !== "" ? JSON.parse(text) : undefined;
  }

  /** The problem's name (`not-found`), if this is a problem document. */
  get problem() {
    if (!(this.headers["content-type"] ?? "").startsWith("application/problem+json")) return undefined;
    return this.body?.type?.replace("urn:seatwise:problem:", "");
  }

  /** How many rows the database read for it. */
  get rowsRead() {
    return Number(this.headers["rows-read"] ?? Number.NaN);
  }

  /** How many rows the database wrote for it. */
  get rowsWritten() {
    return Number(this.headers["rows-written"] ?? Number.NaN);
  }

  /** The Set-Cookie lines, as they came. */
  get setCookies() {
    return this.headers["set-cookie"] ?? [];
  }
}

/** One browser, with its own cookies. */
export class Browser {
  constructor(origin) {
    this.origin = origin;
    this.cookies = new Map();
  }

  get(path, options) {
    return this.send("GET", path, options);
  }

  post(path, body, options) {
    return this.send("POST", path, { body, ...options });
  }

  put(path, body, options) {
    return this.send("PUT", path, { body, ...options });
  }

  delete(path, options) {
    return this.send("DELETE", path, options);
  }

  /**
   * Sends a request. `body` goes as JSON, `raw` as it is; `headers` are added, and one that is null is left out.
   * @param {{ body?: unknown, raw?: string | Buffer, headers?: Record<string, string | null> }} options
   */
  async send(method, path, { body, raw, headers = {} } = {}) {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const safe = method === "GET" || method === "HEAD";
    const all = {
      accept: "application/json",
      "sec-fetch-site": "same-origin",
      "sec-fetch-mode": "cors",
      "sec-fetch-dest": "empty",
      cookie: this.cookies.size ? [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") : null,
      ...(safe ? {} : { origin: this.origin, "content-type": "application/json" }),
      ...(payload === undefined ? (safe ? {} : { "content-length": "0" }) : { "content-length": String(Buffer.byteLength(payload)) }),
      ...headers,
    };
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
    const answer = await exchange(method, new URL(path, this.origin), sent, payload);
    for (const line of answer.setCookies) this.keep(line);
    return answer;
  }

  /** Takes a Set-Cookie line as browsers do, for the one host that there is. */
  keep(line) {
    const [pair, ...attributes] = line.split(";").map((part) => part.trim());
    const at = pair.indexOf("=");
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const gone = attributes.some((attribute) => {
      const [key, when] = attribute.split("=");
      const past = key.toLowerCase() === "expires" && new Date(when) <= new Date();
      return past || (key.toLowerCase() === "max-age" && Number(when) <= 0);
    });
    if (gone || value === "") this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  /** Another window of the same browser as it is now: same cookies, kept apart from here on. */
  copy() {
    const other = new Browser(this.origin);
    other.cookies = new Map(this.cookies);
    return other;
  }
}

function exchange(method, url, headers, payload) {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent }, (incoming) => {
      const chunks = [];
      incoming.on("data", (chunk) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => resolve(new Answer(incoming.statusCode, incoming.headers, Buffer.concat(chunks).toString("utf8"))));
    });
    // A server may refuse a large body before it has all of it; what counts is its answer, if there is one.
    outgoing.on("error", reject);
    outgoing.end(payload);
  });
}
