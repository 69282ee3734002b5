// A mail provider for one's own machine: takes letters as JSON over HTTP, as Resend does, and keeps them in memory
// and, if asked to, as files that a person can read. Tests use it too, and tell it to have a bad day.
import { createServer } from "node:http";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Starts the provider on a free port of this machine.
 * @param {{ folder?: string }} options `folder`: where letters are written; left out, they stay in memory.
 */
export async function listenForMail({ folder } = {}) {
  const letters = [];
  const attempts = [];
  const answered = new Map();
  // What a request gets; see `behave`. Only tests change it.
  let behaviour = () => ({ status: 200 });

  const server = createServer(async (request, response) => {
    const text = await readAll(request);
    const key = request.headers["idempotency-key"];
    const mail = parse(text);
    const { status = 200, headers = {}, body = { message: "Told to fail." }, delay = 0 } = behaviour(mail ?? {});
    const attempt = { at: Date.now(), key, to: mail?.to, authorization: request.headers.authorization, status, over: false };
    attempts.push(attempt);
    response.once("close", () => (attempt.over = true));
    if (delay) await new Promise((resolve) => setTimeout(resolve, delay));
    if (status === "hang") return;
    if (status === "reset") return request.socket.resetAndDestroy();
    if (status !== 200 && status !== "lost") return answer(response, status, body, headers);
    if (request.method !== "POST" || !mail?.from || !mail?.subject || !Array.isArray(mail?.to)) {
      return answer(response, 422, { message: "Not a letter." });
    }
    // A letter that is sent again with its key is the same letter, and another letter with the same key is a mistake.
    if (!answered.has(key) || key === undefined) {
      const letter = { ...mail, to: mail.to.map(String), key, id: `letter-${letters.length + 1}`, at: Date.now() };
      if (folder) letter.file = write(folder, letter);
      if (key) answered.set(key, { receipt: { id: letter.id }, text });
      letters.push(letter);
    } else if (answered.get(key).text !== text) {
      return answer(response, 409, { message: "The same key came with another letter." });
    }
    // Taken, but nobody hears of it.
    if (status === "lost") return request.socket.resetAndDestroy();
    answer(response, 200, key ? answered.get(key).receipt : { id: letters.at(-1).id });
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${server.address().port}/emails`,
    letters,
    attempts,
    /**
     * From now on do as told: answer with a status; "hang": not at all; "reset": break the connection; "lost": take the letter, then
     * break the connection. A function of the letter says so for each: `{ status, headers, body, delay }`.
     */
    behave: (how) => (behaviour = typeof how === "function" ? how : () => ({ status: how })),
    /** Everything that was mailed to an address, oldest first. */
    to: (address) => letters.filter((letter) => letter.to.some((to) => bare(to) === address.toLowerCase())),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** `Ines Carvalho <ines@example.com>` → `ines@example.com` */
function bare(receiver) {
  return (/<([^<>]+)>\s*$/.exec(receiver)?.[1] ?? receiver).trim().toLowerCase();
}

async function readAll(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function answer(response, status, body, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** Writes `NNNN-subject.txt`, and the same letter as `.html` beside it. Returns the path of the text. */
function write(folder, letter) {
  mkdirSync(folder, { recursive: true });
  const numbers = readdirSync(folder).map((name) => Number.parseInt(name, 10) || 0);
  const number = String(Math.max(0, ...numbers) + 1).padStart(4, "0");
  // Without digits: a sign-in code has no business in a file's name.
  const words = letter.subject.toLowerCase().replace(/[^a-z]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 50);
  const path = join(folder, `${number}-${words || "letter"}`);
  const head = `From: ${letter.from}\nTo: ${letter.to.join(", ")}\nSubject: ${letter.subject}\n`;
  writeFileSync(`${path}.txt`, `${head}\n${letter.text ?? ""}\n`);
  writeFileSync(`${path}.html`, letter.html ?? "");
  return `${path}.txt`;
}
