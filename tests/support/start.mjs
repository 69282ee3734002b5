// Starts the real thing for a test file: the Worker as it is built, in the runtime that Cloudflare uses, with a fresh
// database of its own, on a free port, and a mail provider that really receives letters.
import { randomBytes } from "node:crypto";
import { ROOT } from "../../worker/local/places.mjs";
import { Browser } from "../../worker/local/browser.mjs";
import { listenForMail } from "../../worker/local/mail-listener.mjs";
import { signIn } from "../../worker/local/steps.mjs";

process.env.WRANGLER_SEND_METRICS = "false";
process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
// The runtime's own recorder of what happens would write several rows for each request, on the same thread.
process.env.X_LOCAL_OBSERVABILITY = "false";
// Its remarks would stand between the lines of a test report or a bench; what the Worker logs is kept all the same.
process.env.WRANGLER_LOG ??= "error";
const { createTestHarness } = await import("wrangler");

/** The account manager of every test: the one who can sign in while there is none. */
export const DESK = "desk@example.com";
/** As in wrangler.toml. */
export const CRON = "*/10 * * * *";
/** What the mail provider signs with when it tells of letters. */
export const WEBHOOK_SECRET = `whsec_${randomBytes(24).toString("base64")}`;

/**
 * @param {{ host?: string, vars?: Record<string, string>, secrets?: Record<string, string>, config?: string }} options `host`:
 * under which name it is opened; the test browser says localhost, as people do.
 */
export async function start({ host = "127.0.0.1", vars = {}, secrets = {}, config = "wrangler.toml" } = {}) {
  const mail = await listenForMail();
  const worker = {
    configPath: config,
    vars: { MAIL_URL: mail.url, MAIL_FROM: "Seatwise <seatwise@example.com>", ...vars },
    // All of them, so that nothing comes from the .dev.vars of `make run`.
    secrets: {
      TOKEN_KEY: randomBytes(32).toString("base64url"),
      MAIL_TOKEN: "test-mail-token",
      MAIL_WEBHOOK_SECRET: WEBHOOK_SECRET,
      ADMINISTRATOR: DESK,
      ADMINISTRATOR_NAME: "Robin Hale",
      ...secrets,
    },
  };
  const harness = createTestHarness({ root: ROOT, workers: [worker] });
  const { url } = await harness.listen();
  const origin = `http://${host}:${url.port}`;
  await harness.getWorker().applyD1Migrations("DB");
  // The origin is known only now that there is a port.
  await harness.update({ root: ROOT, workers: [{ ...worker, vars: { ...worker.vars, ORIGIN: origin } }] });

  const database = async () => (await harness.getWorker().getEnv()).DB;
  const place = {
    origin,
    mail,
    /** A browser that nobody has used yet. */
    browser: () => new Browser(origin),
    /** The database itself, for what can't be seen or done through the API. */
    database,
    /** Runs one statement. */
    async sql(statement, ...values) {
      return (await (await database()).prepare(statement).bind(...values).all()).results;
    },
    /** The scheduled run, as if the clock showed `at` (milliseconds). */
    scheduled: (at = Date.now()) => harness.getWorker().scheduled({ cron: CRON, scheduledTime: new Date(at) }),
    /** Everything that the Worker has logged. */
    logs: () => harness.getLogs().map((line) => line.message).join("\n"),
    async close() {
      await harness.close();
      await mail.close();
    },
  };
  let desk;
  /** The account manager, signed in; the same session for the whole file. */
  place.desk = () => (desk ??= signIn(place, DESK));
  return place;
}
