// Where things lie in the repository and beside it.
import { fileURLToPath } from "node:url";
import { join, resolve } from "node:path";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The local database and what else must survive a restart. */
export const STATE_FOLDER = join(ROOT, ".wrangler/state");
/** The letters of the local Seatwise, as files. */
export const MAIL_FOLDER = join(ROOT, ".wrangler/mail");
/** What the local Worker says. */
export const WORKER_LOG = join(ROOT, ".wrangler/worker.log");
/** The secrets of the local Seatwise. */
export const SECRETS_FILE = join(ROOT, ".dev.vars");
/** The SQL that makes the database. */
export const MIGRATIONS_FOLDER = join(ROOT, "worker/migrations");
/** The Worker as worker-build makes it. */
export const WORKER_BUILD = join(ROOT, "worker/build/index.js");
/** The app as app/build.mjs makes it. */
export const DIST_FOLDER = join(ROOT, "dist");
/** Which of its files a first visit fetches, by who comes: app/build.mjs writes it down. */
export const FIRST_LOAD = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "app-bundle/first-load.json");
