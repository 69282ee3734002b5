// `make bench`: sizes and speeds, `name value unit`, one a line. Sizes and row counts are exact. Times depend on the
// machine, so each stands beside a ratio to something of the same run that does hardly any work.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { DIST_FOLDER, FIRST_LOAD, WORKER_BUILD } from "../../worker/local/places.mjs";
import { address, company } from "../support/company.mjs";
import { addLearnersBySql } from "../support/database.mjs";
import { start } from "../support/start.mjs";
import { browser } from "./browser.mjs";
import { engine } from "./engine.mjs";
import { imports } from "./imports.mjs";
import { lighthouse } from "./lighthouse.mjs";
import { mail } from "./mail.mjs";
import { pages } from "./pages.mjs";
import { sync } from "./sync.mjs";

const say = (name, value, unit) => console.log(`${name} ${value} ${unit}`);
const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

sizes();
await database();
await engine(say);
await imports(say);
await mail(say);
await sync(say);
await browser(say);
await pages(say);
await lighthouse(say);

/** What a first visit fetches, as the edge compresses it, by who comes; and what Cloudflare stores of the Worker. */
function sizes() {
  const edge = (path) => brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
  const sum = (files) => files.reduce((bytes, file) => bytes + edge(join(DIST_FOLDER, file)), 0);
  const first = JSON.parse(readFileSync(FIRST_LOAD, "utf8"));
  for (const part of ["html", "wasm", "js", "css"]) {
    say(`app_first_load_${part}`, kilobytes(sum(first.dashboard.filter((file) => file.endsWith(`.${part}`)))), "kB");
  }
  say("app_first_load", kilobytes(sum(first.dashboard)), "kB");
  for (const [who, files] of Object.entries(first)) say(`app_first_load_of_${who}`, kilobytes(sum(files)), "kB");
  const folder = join(WORKER_BUILD, "..");
  const wasm = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".wasm"));
  say("worker_wasm_gzipped", kilobytes(wasm.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length, 0)), "kB");
}

async function database() {
  const place = await start();
  try {
    const large = await company(place, { user: 5000 });
    for (const [from, to] of [[1, 5], [6, 5000]]) {
      await addLearnersBySql(place, large.id, from, to);
      say(`dashboard_rows_read_${to}_learners`, (await large.manager.get(large.path("dashboard"))).rowsRead, "rows");
    }
    const here = await company(place, { user: 1000 });
    const times = 200;
    const session = await perSecond(times, () => here.manager.get("/api/v1/session"));
    const added = await perSecond(times, () => here.manager.post(here.path("members"), { email: address("bench") }));
    say("session_reads_per_second", session.toFixed(0), "1/s");
    say("members_added_per_second", added.toFixed(0), "1/s");
    say("session_reads_per_member_added", (session / added).toFixed(2), "ratio");
  } finally {
    await place.close();
  }
}

/** How often something can be done in a second, ten at a time, after a few that don't count. */
async function perSecond(times, work) {
  for (let warm = 0; warm < 10; warm++) await work();
  let left = times;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      while (left-- > 0) {
        const answer = await work();
        if (answer.status >= 400) throw new Error(`${answer.status}: ${answer.text}`);
      }
    }),
  );
  return times / ((performance.now() - begun) / 1000);
}
