// `make mail`: prints the newest letter that Seatwise "sent" on this machine.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MAIL_FOLDER } from "./places.mjs";

const newest = texts().sort().at(-1);
if (newest) {
  console.log(readFileSync(join(MAIL_FOLDER, newest), "utf8").trimEnd());
} else {
  console.log("No letters yet. Start Seatwise with `make run`, then ask to sign in or add somebody.");
}

function texts() {
  try {
    return readdirSync(MAIL_FOLDER).filter((name) => name.endsWith(".txt"));
  } catch {
    return [];
  }
}
