// Imports and lists, measured in the Worker with a real D1.
import { expectStatus } from "../../worker/local/steps.mjs";
import { company } from "../support/company.mjs";
import { addLearnersBySql } from "../support/database.mjs";
import { csv, importFile, steps } from "../support/imports.mjs";
import { start } from "../support/start.mjs";

const MANY = 100_000;

/** @param {(name: string, value: string | number, unit: string) => void} say */
export async function imports(say) {
  const place = await start();
  try {
    await throughput(place, say);
    await lists(place, say);
  } finally {
    await place.close();
  }
}

async function throughput(place, say) {
  const here = await company(place, { user: MANY });
  const file = csv(MANY);
  say("import_file", (Buffer.byteLength(file) / 1e6).toFixed(1), "MB");
  let begun = performance.now();
  const plan = expectStatus(await importFile(here, file), 201).body;
  const planned = performance.now() - begun;
  say("import_read_and_planned", (MANY / (planned / 1000)).toFixed(0), "rows/s");
  begun = performance.now();
  const done = await steps(here, plan);
  const took = performance.now() - begun;
  if (done.added !== MANY) throw new Error(JSON.stringify(done));
  say("import_applied", (MANY / (took / 1000)).toFixed(0), "rows/s");
  say("import_whole", (MANY / ((took + planned) / 1000)).toFixed(0), "rows/s");
  await place.sql("DELETE FROM outbox WHERE state = 'queued'");
}

async function lists(place, say) {
  const here = await company(place, { user: MANY });
  await addLearnersBySql(place, here.id, 1, MANY);
  const database = await place.database();
  const bare = async () => {
    const begun = performance.now();
    await database.prepare("SELECT id FROM members WHERE company_id = ?1 AND id > 'm' ORDER BY id LIMIT 30").bind(here.id).all();
    return performance.now() - begun;
  };
  const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
  for (const [name, query] of [["by_name", ""], ["by_end", "?sort=end"], ["by_activity", "?sort=active"], ["in_use", "?standing=in_use"], ["search", "?search=learner%2099"], ["inactive", "?standing=inactive"]]) {
    const [times, floors] = [[], []];
    let rows;
    for (let round = 0; round < 21; round++) {
      floors.push(await bare());
      const begun = performance.now();
      const answer = expectStatus(await here.manager.get(here.path(`members${query}`)), 200);
      times.push(performance.now() - begun);
      rows = answer.rowsRead;
    }
    say(`list_${name}_rows_read`, rows, "rows");
    say(`list_${name}_over_bare_query`, (median(times) / median(floors)).toFixed(2), "ratio");
  }
  say("list_counts_rows_read", expectStatus(await here.manager.get(here.path("members/counts")), 200).rowsRead, "rows");
}
