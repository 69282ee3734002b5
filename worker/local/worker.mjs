// Runs wrangler: the local Worker, and what its tools do once.
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { ROOT, STATE_FOLDER, WORKER_LOG } from "./places.mjs";

const TOOLS = join(ROOT, "node_modules/.bin");
const WRANGLER = join(TOOLS, "wrangler");
const QUIET = {
  ...process.env,
  // The runtime's own recorder of what happens would write several rows for each request.
  X_LOCAL_OBSERVABILITY: "false",
  // wrangler wants a newer Node than a machine may have; the one in the project is new enough.
  PATH: `${TOOLS}${delimiter}${process.env.PATH}`,
  // No questions, no usage figures sent, no look-up of where this machine stands: all of it works without a network.
  CI: "1",
  WRANGLER_SEND_METRICS: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  NO_COLOR: "1",
};

/** The configuration with which letters go to the listener of this machine, whatever wrangler.toml says: never to people. */
export function toFolder(mail) {
  return { MAIL_URL: "", MAIL_FOLDER: mail.url, MAIL_FROM: "Seatwise <seatwise@example.com>" };
}

/** What the Worker's last scheduled run missed before letters can leave as they should. */
export function missingForMail(log = WORKER_LOG) {
  const said = readFileSync(log, "utf8").matchAll(/\{"mail":"incomplete","missing":(\[[^\]]*\])\}/g);
  return JSON.parse([...said].at(-1)?.[1] ?? "[]");
}

/** Brings the local database up to date with worker/migrations. */
export async function applyMigrations(state = STATE_FOLDER) {
  const args = ["d1", "migrations", "apply", "DB", "--local", "--persist-to", state];
  const child = spawn(WRANGLER, args, { cwd: ROOT, env: QUIET, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0) throw new Error(`The database migrations failed:\n${said}`);
}

/**
 * Starts the local Worker on a port. `vars` go to it as configuration.
 * @param {{ state?: string, log?: string }} places where it keeps its database and what it says, unless where `make run` does.
 */
export function startWorker(port, vars, { state = STATE_FOLDER, log: logFile = WORKER_LOG } = {}) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const args = ["dev", "--local", "--port", String(port), "--persist-to", state, "--show-interactive-dev-session=false"];
  for (const [name, value] of Object.entries(vars)) args.push("--var", `${name}:${value}`);
  // A process group of its own: Ctrl-C reaches it only through stop(), in order.
  const child = spawn(WRANGLER, args, { cwd: ROOT, env: QUIET, stdio: ["ignore", "pipe", "pipe"], detached: true });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  const ended = new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1)));
  const kill = async () => {
    signal(child, "SIGKILL");
    await ended;
  };
  return { ended, ready: () => answers(port, ended, logFile), stop: () => stop(child, ended), kill };
}

/** The last lines of what the Worker said. */
export function lastWords(lines = 25, log = WORKER_LOG) {
  return readFileSync(log, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}

async function answers(port, ended, log) {
  let over = false;
  void ended.then(() => (over = true));
  const patience = Date.now() + 60_000;
  while (!over && Date.now() < patience) {
    try {
      const answer = await fetch(`http://localhost:${port}/api/v1/session`);
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The Worker did not start. The last that it said (all of it is in ${log}):\n${lastWords(25, log)}`);
}

async function stop(child, ended) {
  signal(child, "SIGINT");
  const late = setTimeout(() => signal(child, "SIGKILL"), 5_000);
  await ended;
  clearTimeout(late);
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // It is gone already.
  }
}
