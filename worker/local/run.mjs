// `make run`: Seatwise on this machine. The Worker with its API, the app, the database on disk, the scheduled run every
// ten minutes, and a mail provider that writes letters into a folder.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { PEOPLE, putInDemonstration } from "./demonstration.mjs";
import { listenForMail } from "./mail-listener.mjs";
import { MAIL_FOLDER, MIGRATIONS_FOLDER, SECRETS_FILE, STATE_FOLDER } from "./places.mjs";
import { applyMigrations, missingForMail, startWorker, toFolder } from "./worker.mjs";

const TEN_MINUTES = 10 * 60 * 1000;
const port = Number(process.env.PORT || 8787);
const origin = `http://localhost:${port}`;

/** What has to be ended, in order, when Seatwise stops. */
const endings = [];
let stopping = false;

async function stopAll(code) {
  if (stopping) return;
  stopping = true;
  for (const end of endings.reverse()) await end().catch(() => {});
  process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    console.log("\nStopping. The data stay where they are; `make run` goes on with them.");
    void stopAll(0);
  });
}

try {
  await run();
} catch (error) {
  if (!stopping) console.error(`\n${error.message}`);
  await stopAll(1);
}

async function run() {
  await checkPort();
  mkdirSync(STATE_FOLDER, { recursive: true });
  writeSecretsOnce();
  await migrateIfChanged();

  const mail = await listenForMail({ folder: MAIL_FOLDER });
  endings.push(mail.close);
  console.log("Starting the Worker …");
  const worker = startWorker(port, { ORIGIN: origin, ...toFolder(mail) });
  endings.push(worker.stop);
  void worker.ended.then(() => {
    if (!stopping) console.error("The Worker has ended by itself; .wrangler/worker.log says why.");
    void stopAll(1);
  });
  await worker.ready();

  await demonstrationOnce({ origin, mail });
  // On one's own machine nothing else rings the bell. Once at the start too: days may have gone by since the last time.
  await scheduledRun();
  const bell = setInterval(scheduledRun, TEN_MINUTES);
  endings.push(async () => clearInterval(bell));
  const missing = missingForMail();
  if (missing.length) console.log(`Letters can't leave as they should: ${missing.join(", ")}. Mail at the desk says more.`);
  sayHow();
}

async function checkPort() {
  const free = await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
  if (free) return;
  throw new Error(
    `Port ${port} is in use, perhaps by another \`make run\`. Stop that one, or choose another port: make run PORT=${port + 1}`,
  );
}

/** Secrets of this machine alone. They are made once; changing TOKEN_KEY would make the links in older mails useless. */
function writeSecretsOnce() {
  if (existsSync(SECRETS_FILE)) return;
  const secret = () => randomBytes(32).toString("base64url");
  const lines = [
    "# Secrets of the local Seatwise, made by `make run`. Git ignores this file.",
    `TOKEN_KEY=${secret()}`,
    `MAIL_TOKEN=${secret()}`,
    `ADMINISTRATOR=${PEOPLE.desk}`,
    'ADMINISTRATOR_NAME="Robin Hale"',
  ];
  writeFileSync(SECRETS_FILE, `${lines.join("\n")}\n`, { mode: 0o600 });
}

/** Asking wrangler takes seconds, so it is asked only when there is something new. */
async function migrateIfChanged() {
  const hash = createHash("sha256");
  for (const name of readdirSync(MIGRATIONS_FOLDER).sort()) {
    hash.update(name).update("\0").update(readFileSync(join(MIGRATIONS_FOLDER, name))).update("\0");
  }
  const now = hash.digest("hex");
  const marker = join(STATE_FOLDER, "migrations.sha256");
  if (existsSync(marker) && readFileSync(marker, "utf8") === now) return;
  console.log("Bringing the database up to date …");
  await applyMigrations();
  writeFileSync(marker, now);
}

async function demonstrationOnce(place) {
  const marker = join(STATE_FOLDER, "demonstration");
  if (existsSync(marker)) {
    if (readFileSync(marker, "utf8") === "begun") {
      console.log("The demonstration company was interrupted half-way. `make reset` empties everything and starts afresh.");
    }
    return;
  }
  console.log("Putting in a small demonstration company …");
  writeFileSync(marker, "begun");
  const done = await putInDemonstration(place);
  writeFileSync(marker, "done");
  if (!done) console.log("There are companies in the database already, so it was left as it is.");
}

async function scheduledRun() {
  try {
    await fetch(`${origin}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent("*/10 * * * *")}`);
  } catch (error) {
    if (!stopping) console.error(`The scheduled run could not be started: ${error.message}`);
  }
}

function sayHow() {
  console.log(`
Seatwise runs on ${origin}

  To sign in, open ${origin}/sign-in and enter one of these addresses:
    account manager   ${PEOPLE.desk}
    company manager   ${PEOPLE.manager}
    learner           ${PEOPLE.learner}
  then take the link or the code from the newest letter:  make mail
  All letters lie in .wrangler/mail; what the Worker says, in .wrangler/worker.log.
  Ctrl-C stops everything and keeps the data; make reset empties them.

ready`);
}
