// Files to import, and the requests that import them.
import { expectStatus } from "../../worker/local/steps.mjs";

let files = 0;

/** A CSV file with so many people whom no other file names. */
export function csv(rows, { prefix = `file${++files}`, groups = 0 } = {}) {
  const lines = [groups ? "email,name,group" : "email,name"];
  for (let i = 1; i <= rows; i++) lines.push(`${prefix}-${i}@import.example,Person ${i}${groups ? `,Group ${i % groups}` : ""}`);
  return `${lines.join("\r\n")}\r\n`;
}

export const importFile = (here, raw, query = "", type = "text/csv") =>
  here.manager.post(here.path(`imports${query}`), undefined, { raw, headers: { "content-type": type } });

export const plan = async (here, id, query = "") => expectStatus(await here.manager.get(here.path(`imports/${id}/plan${query}`)), 200).body;

export const startImport = (here, id, body) => here.manager.post(here.path(`imports/${id}/start`), body);

export const step = (here, id) => here.manager.post(here.path(`imports/${id}/step`), {});

/** Starts a planned import and works it off to its end. */
export async function steps(here, planned, choices = {}) {
  const id = planned.import.id;
  let now = expectStatus(await startImport(here, id, { stamp: planned.stamp, ...choices }), 200).body;
  while (now.state === "running") now = expectStatus(await step(here, id), 200).body;
  return now;
}
