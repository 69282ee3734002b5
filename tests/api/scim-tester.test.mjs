// scim2-tester and scim-sanity, test suites for SCIM servers that others have written, through their command lines: every
// check has to pass.
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

/** Runs one of them: its exit code, and what it says. */
function run(name, parameters, more = {}) {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: "1", ...more };
    const child = spawn(join(ROOT, ".tools/scim/bin", name), parameters, { env });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.once("error", (error) => resolve({ code: 127, output: String(error) }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

const address = () => `${place.origin}/scim/v2`;

test("scim2-tester finds nothing wrong and skips nothing", { timeout: 300_000 }, async () => {
  const c = await company(place, { user: 500 });
  const { token } = await directory(place, c);
  const { code, output } = await run("scim2", ["--url", address(), "test", "--verbose"], { SCIM_CLI_HEADERS: `Authorization: Bearer ${token}` });
  const checks = (status) => output.split("\n").filter((line) => line.startsWith(`${status} `));
  const wrong = output.split("\n").filter((line, index, lines) => !/^SUCCESS|^ {2}/.test(line) || /^(ERROR|CRITICAL|SKIPPED)/.test(lines[index - 1] ?? ""));
  assert.equal(code, 0, wrong.join("\n").slice(0, 8000));
  assert.deepEqual(["ERROR", "CRITICAL", "SKIPPED"].flatMap(checks), []);
  assert.ok(checks("SUCCESS").length > 100, `only ${checks("SUCCESS").length} checks ran`);
});

test("scim-sanity finds nothing wrong, and skips only what no SCIM server has to have", { timeout: 300_000 }, async () => {
  const c = await company(place, { user: 50 });
  const { token } = await directory(place, c);
  const { code, output } = await run("scim-sanity", ["probe", address(), "--token", token, "--i-accept-side-effects"]);
  const checks = (status) => output.split("\n").filter((line) => line.trim().startsWith(`[${status}]`)).map((line) => line.trim());
  assert.equal(code, 0, output.slice(-8000));
  assert.deepEqual(["FAIL", "ERROR", "WARN"].flatMap(checks), []);
  assert.ok(checks("PASS").length > 20, output.slice(-8000));
  // A draft's resource types for programs that act by themselves.
  assert.ok(checks("SKIP").every((line) => /Agent/.test(line)), checks("SKIP").join("\n"));
});
