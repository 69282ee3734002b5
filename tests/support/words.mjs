// The texts of a language as the catalogue has them, so that a test says which text it means and not how it is put.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../worker/local/places.mjs";

const FOLDERS = { de: "german", fr: "french", es: "spanish", ar: "arabic" };

/** All languages but English. */
export const OTHERS = Object.keys(FOLDERS);

/** One section of the catalogue in a language: templates by name. */
export function words(language, section) {
  const file = join(ROOT, "domain/src/texts", FOLDERS[language] ?? "", `${section}.rs`);
  const lines = readFileSync(file, "utf8").matchAll(/^\s+([a-z_0-9]+)(?:\([^=]*\))? = ("(?:[^"\\]|\\.)*");$/gm);
  return Object.fromEntries(Array.from(lines, ([, key, text]) => [key, JSON.parse(text)]));
}

/** A template as a pattern: parameters are whatever stands there. */
export function pattern(template) {
  const forms = template.split(" | ").map((form) => form.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+"));
  return new RegExp(`^(?:${forms.join("|")})$`);
}
