// Runs every test there is, one runner after the other, and adds up what they say. It goes on after a failure and ends
// with one line that counts: `N passed, N failed`. A runner that crashes, or runs no test at all, is a failure.
// Names of runners as arguments run only those: node tests/run.mjs api browser
import { spawn } from "node:child_process";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../worker/local/places.mjs";

const REPORT = join(ROOT, "tests/results/browser.json");
const apiTests = readdirSync(join(ROOT, "tests/api")).filter((name) => name.endsWith(".test.mjs")).map((name) => `tests/api/${name}`);

const RUNNERS = [
  { name: "format", says: "Formatting", command: ["cargo", "fmt", "--all", "--check"], count: asOne },
  { name: "clippy", says: "Clippy, native", command: ["cargo", "clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"], count: asOne },
  {
    name: "clippy-wasm",
    says: "Clippy, Wasm",
    command: ["cargo", "clippy", "-p", "seatwise-app", "-p", "seatwise-worker", "--features", "seatwise-app/gallery", "--target", "wasm32-unknown-unknown", "--quiet", "--", "-D", "warnings"],
    count: asOne,
  },
  { name: "native", says: "Native tests", command: ["cargo", "test", "--workspace", "--no-fail-fast"], count: asCargo },
  { name: "api", says: "API tests", command: ["node", "--test", "--test-concurrency=2", "--test-reporter=spec", ...apiTests], count: asNode },
  { name: "browser", says: "Browser tests", command: ["playwright", "test", "--config", "tests/browser/playwright.config.mjs"], count: asPlaywright },
];

/** Formatters and linters: one test each. */
function asOne(code) {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** `test result: ok. 12 passed; 0 failed; …`, once for each test binary. */
function asCargo(_code, output) {
  const sums = { passed: 0, failed: 0 };
  for (const [, passed, failed] of output.matchAll(/^test result: .*? (\d+) passed; (\d+) failed/gm)) {
    sums.passed += Number(passed);
    sums.failed += Number(failed);
  }
  return sums;
}

/** `ℹ pass 12`, `ℹ fail 0`, `ℹ cancelled 0` at the end. */
function asNode(_code, output) {
  const last = (word) => Number([...output.matchAll(new RegExp(`^(?:ℹ|#) ${word} (\\d+)`, "gm"))].at(-1)?.[1] ?? 0);
  return { passed: last("pass"), failed: last("fail") + last("cancelled") };
}

/** Playwright writes its figures into a file. A test that passes only when repeated has failed. */
function asPlaywright() {
  try {
    const { stats } = JSON.parse(readFileSync(REPORT, "utf8"));
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

/** Runs one, shows what it says as it says it, and keeps it for counting. */
function run({ command: [program, ...args] }) {
  return new Promise((resolve) => {
    const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT, CARGO_TERM_COLOR: "never" };
    delete env.NODE_TEST_CONTEXT;
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const [from, to] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      from.setEncoding("utf8");
      from.on("data", (text) => {
        output += text;
        to.write(text);
      });
    }
    child.once("error", (error) => resolve({ code: 127, output: String(error) }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !RUNNERS.some((runner) => runner.name === name));
if (unknown.length) {
  console.error(`No such runner: ${unknown.join(", ")}. There are: ${RUNNERS.map((runner) => runner.name).join(", ")}.`);
  process.exit(2);
}
const chosen = RUNNERS.filter((runner) => wanted.length === 0 || wanted.includes(runner.name));
rmSync(REPORT, { force: true });

const sums = { passed: 0, failed: 0 };
const lines = [];
for (const [index, runner] of chosen.entries()) {
  console.log(`\n━━ ${index + 1} of ${chosen.length}: ${runner.says}`);
  const begun = Date.now();
  const { code, output } = await run(runner);
  const counted = runner.count(code, output);
  let remark = "";
  if (code !== 0 && counted.failed === 0) {
    counted.failed = 1;
    remark = `: it ended with code ${code} without naming a failed test`;
  } else if (counted.passed + counted.failed === 0) {
    counted.failed = 1;
    remark = ": it ran no test";
  }
  sums.passed += counted.passed;
  sums.failed += counted.failed;
  const seconds = ((Date.now() - begun) / 1000).toFixed(0);
  lines.push(`${counted.failed ? "✗" : "✓"} ${runner.says.padEnd(16)} ${counted.passed} passed, ${counted.failed} failed, ${seconds} s${remark}`);
}
console.log(`\n${lines.join("\n")}\n\n${sums.passed} passed, ${sums.failed} failed`);
process.exitCode = sums.failed > 0 || sums.passed === 0 ? 1 : 0;
