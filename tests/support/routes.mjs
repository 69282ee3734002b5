// The table of all routes, as the Worker itself has it.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../worker/local/places.mjs";

/** @returns {{ method: string, path: string, who: string }[]} */
export function routes() {
  if (existsSync(join(ROOT, "tests/src/bin/routes.rs"))) {
    return JSON.parse(execFileSync("cargo", ["run", "-q", "-p", "seatwise-tests", "--bin", "routes"], { cwd: ROOT, encoding: "utf8" }));
  }
  const table = readFileSync(join(ROOT, "domain/src/access.rs"), "utf8");
  return [...table.matchAll(/^ {4}\w+: (Get|Post|Put|Delete) "([^"]+)", (\w+), "/gm)].map(([, method, path, who]) => ({
    method: method.toUpperCase(),
    path,
    who,
  }));
}
