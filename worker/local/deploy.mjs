// `make deploy`: puts Seatwise on Cloudflare. Looks first whether everything is there, and says all that is missing.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./places.mjs";

const WRANGLER = join(ROOT, "node_modules/.bin/wrangler");
const config = readFileSync(join(ROOT, "wrangler.toml"), "utf8");
const setting = (name) => new RegExp(`^${name}\\s*=\\s*"([^"]*)"`, "m").exec(config)?.[1] ?? "";

/** Runs wrangler and returns what it says, or undefined when it fails. */
function ask(...args) {
  const done = spawnSync(WRANGLER, args, { cwd: ROOT, encoding: "utf8", env: { ...process.env, CI: "1", NO_COLOR: "1" } });
  return done.status === 0 ? done.stdout : undefined;
}

/** Runs something before everybody's eyes; ends here when it fails. */
function act(what, help, program, ...args) {
  console.log(`\n${what}`);
  const done = spawnSync(program, args, { cwd: ROOT, stdio: "inherit", env: { ...process.env, CI: "1" } });
  if (done.status !== 0) {
    console.error(`\n${help}`);
    process.exit(1);
  }
}

function missingInTheFile() {
  const missing = [];
  if (/^[0-]*$/.test(setting("database_id"))) {
    missing.push("The database's id. Make the database with `npx wrangler d1 create seatwise`, and write the id that it prints into wrangler.toml (database_id).");
  }
  if (!setting("ORIGIN").startsWith("https://") || setting("ORIGIN").endsWith("seatwise.example.com")) {
    missing.push("The address where people will open Seatwise. Write it into wrangler.toml (ORIGIN), with https:// and without a path.");
  }
  if (setting("MAIL_FROM").includes("example.com")) {
    missing.push("The sender of its letters. Write it into wrangler.toml (MAIL_FROM); your mail provider has to know the domain.");
  }
  if (!setting("MAIL_URL") && !/^\[\[send_email\]\]/m.test(config)) {
    missing.push("A way out for its letters. Set MAIL_URL in wrangler.toml, or put the [[send_email]] binding EMAIL back.");
  }
  return missing;
}

/** What Seatwise runs without, but not as well. */
function missingButNotNeeded() {
  if (!setting("MAIL_URL") || setSecrets.includes("MAIL_WEBHOOK_SECRET")) return [];
  const url = `${setting("ORIGIN")}/api/v1/mail-events`;
  return [`Nobody hears when a letter comes back. Let your mail provider tell it to ${url}, and set the secret that it signs with:  npx wrangler secret put MAIL_WEBHOOK_SECRET`];
}

/** The names of the secrets that are set. */
let setSecrets = [];

function missingAtCloudflare() {
  const who = ask("whoami", "--json") ?? ask("whoami");
  if (who === undefined || /not (logged in|authenticated)|"loggedIn":\s*false/i.test(who)) {
    return ["Access to your Cloudflare account. Sign in with `npx wrangler login`, or set CLOUDFLARE_API_TOKEN (and CLOUDFLARE_ACCOUNT_ID)."];
  }
  // Before the first deployment there is no Worker yet, so there are no secrets to list.
  setSecrets = parse(ask("secret", "list", "--format", "json")).map((secret) => secret.name);
  const needed = [
    ["TOKEN_KEY", "32 random bytes, which the links in letters are derived from:  openssl rand -base64 32 | tr '+/' '-_' | tr -d '=' | npx wrangler secret put TOKEN_KEY"],
    ["ADMINISTRATOR", "the e-mail address of the first account manager:  npx wrangler secret put ADMINISTRATOR"],
  ];
  if (setting("MAIL_URL")) needed.push(["MAIL_TOKEN", "your mail provider's key:  npx wrangler secret put MAIL_TOKEN"]);
  return needed.filter(([name]) => !setSecrets.includes(name)).map(([name, what]) => `The secret ${name}: ${what}`);
}

function parse(text) {
  try {
    return JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
}

const missing = [...missingInTheFile(), ...missingAtCloudflare()];
if (missing.length > 0) {
  console.error("Before Seatwise can go to Cloudflare, this is missing:\n");
  for (const line of missing) console.error(`  • ${line}`);
  console.error("\nThen run `make deploy` again. Nothing has been changed.");
  process.exit(1);
}

for (const line of missingButNotNeeded()) console.log(`\nNote: ${line}`);
act("1 of 3: building Worker and app", "The build failed; the lines above say why. Nothing has been changed.", "make", "--no-print-directory", "build", "FOR=people");
act("2 of 3: bringing the database up to date", "The migrations failed, so the Worker was not deployed; the one that runs goes on.", WRANGLER, "d1", "migrations", "apply", "DB", "--remote");
act("3 of 3: deploying Worker and app", "The deployment failed; the lines above say why. The database is up to date, so running `make deploy` again is enough.", WRANGLER, "deploy");
console.log(`\nSeatwise is at ${setting("ORIGIN")}. If no mail arrives, Mail at the desk says why.`);
