// The table of all routes, as the Worker itself has it.
import { execFileSync } from "node:child_process";
import { ROOT } from "../../worker/local/places.mjs";

/** @returns {{ action: string, method: string, path: string, who: string }[]} */
export function routes() {
  return JSON.parse(execFileSync("cargo", ["run", "-q", "-p", "seatwise-tests", "--bin", "routes"], { cwd: ROOT, encoding: "utf8" }));
}
