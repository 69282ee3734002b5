// scim2-tester, a test suite for SCIM servers that others have written, through its command line: every check has to pass.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ROOT } from "../../worker/local/places.mjs";
import { company } from "../support/company.mjs";
import { directory } from "../support/directory.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => {
  place = await start();
});
after(() => place.close());

/** Runs the tester against a directory's address: its exit code, and what it says of each check. */
function tester({ token }) {
  return new Promise((resolve) => {
    const env = { ...process.env, SCIM_CLI_HEADERS: `Authorization: Bearer ${token}`, NO_COLOR: "1" };
    const child = spawn(join(ROOT, ".tools/scim/bin/scim2"), ["--url", `${place.origin}/scim/v2`, "test", "--verbose"], { env });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.once("error", (error) => resolve({ code: 127, output: String(error) }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

test("scim2-tester finds nothing wrong and skips nothing", { timeout: 300_000 }, async () => {
  const c = await company(place, { user: 500 });
  const { code, output } = await tester(await directory(place, c));
  const checks = (status) => output.split("\n").filter((line) => line.startsWith(`${status} `));
  const wrong = output.split("\n").filter((line, index, lines) => !/^SUCCESS|^ {2}/.test(line) || /^(ERROR|CRITICAL|SKIPPED)/.test(lines[index - 1] ?? ""));
  assert.equal(code, 0, wrong.join("\n").slice(0, 8000));
  assert.deepEqual(["ERROR", "CRITICAL", "SKIPPED"].flatMap(checks), []);
  assert.ok(checks("SUCCESS").length > 100, `only ${checks("SUCCESS").length} checks ran`);
});
