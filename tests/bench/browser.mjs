// A large file in a real browser: how long it takes until it is checked, how long the browser was ever kept busy, and how
// fast it is imported from there. The Worker's memory is that of the whole runtime, database and all.
import { chromium } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import config from "../browser/playwright.config.mjs";
import { company } from "../support/company.mjs";
import { start } from "../support/start.mjs";

const ROWS = 100_000;
const SCRIPTS = ["Zoë Müller, \"Straße\" 5", "Ελένη Παπαδοπούλου", "Иван Петров", "محمد بن عبد الله", "李小龙 王芳", "さくら 田中"];

/** @param {(name: string, value: string | number, unit: string) => void} say */
export async function browser(say) {
  const place = await start({ host: "localhost" });
  const folder = mkdtempSync(join(tmpdir(), "seatwise-bench-"));
  const chrome = await chromium.launch(config.use.launchOptions);
  try {
    const here = await company(place, { user: ROWS });
    const file = join(folder, "large.csv");
    const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
    const notes = SCRIPTS.map((text) => quoted(`${text} `.repeat(12).slice(0, 220)));
    const lines = Array.from({ length: ROWS }, (_, i) => `${quoted(`large-${i}@import.example`)},${quoted(`${["Ana", "Иван", "李", "Zoë"][i % 4]} ${i}`)},${notes[i % notes.length]}`);
    writeFileSync(file, `"email","name","note"\r\n${lines.join("\r\n")}\r\n`);
    const context = await chrome.newContext();
    await context.addCookies([
      { name: "__Host-session", value: here.manager.cookies.get("__Host-session"), url: place.origin.replace("http:", "https:"), httpOnly: true, secure: true, sameSite: "Lax" },
    ]);
    const page = await context.newPage();
    await page.goto(`${place.origin}/users/import`);
    await page.getByLabel("Choose a file").waitFor();
    await page.evaluate(() => {
      globalThis.longest = 0;
      new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (globalThis.longest = Math.max(globalThis.longest, duration)))).observe({ type: "longtask", buffered: false });
    });
    let begun = performance.now();
    await page.getByLabel("Choose a file").setInputFiles(file);
    const button = page.getByRole("button", { name: `Import ${ROWS.toLocaleString("en-GB")}`, exact: true });
    await button.waitFor({ timeout: 120_000 });
    say("browser_import_checked", ((performance.now() - begun) / 1000).toFixed(1), "s");
    say("browser_import_longest_task", (await page.evaluate(() => globalThis.longest)).toFixed(0), "ms");
    begun = performance.now();
    await button.click();
    await page.getByRole("heading", { level: 2, name: "The import is done", exact: true }).waitFor({ timeout: 300_000 });
    say("browser_import_applied", (ROWS / ((performance.now() - begun) / 1000)).toFixed(0), "rows/s");
    const peaks = execFileSync("sh", ["-c", "cat $(pgrep workerd | sed 's#.*#/proc/&/status#') 2>/dev/null | grep VmHWM || true"], { encoding: "utf8" });
    const peak = Math.max(0, ...Array.from(peaks.matchAll(/(\d+) kB/g), ([, size]) => Number(size)));
    say("browser_import_runtime_peak", (peak / 1000).toFixed(0), "MB");
  } finally {
    await chrome.close();
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
