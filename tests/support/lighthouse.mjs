// Lighthouse looks at a page as somebody who is signed in sees it, on the phone that it emulates.
import { chromium } from "@playwright/test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import config from "../browser/playwright.config.mjs";

/**
 * A browser for Lighthouse, with the session of an API browser, if one is given.
 * @param {{ origin: string, session?: { cookies: Map<string, string> } }} options
 */
export async function lighthouse({ origin, session }) {
  // The first import takes seconds, and writes nothing.
  const { default: run } = await import("lighthouse");
  const folder = mkdtempSync(join(tmpdir(), "seatwise-lighthouse-"));
  const { executablePath, args } = config.use.launchOptions;
  // Not one of Playwright's own contexts: Lighthouse opens its page in the browser's.
  const browser = await chromium.launchPersistentContext(folder, { executablePath, args: [...args, "--remote-debugging-port=0", "--lang=en-GB"], viewport: null });
  if (session) {
    await browser.addCookies([
      { name: "__Host-session", value: session.cookies.get("__Host-session"), url: origin.replace("http:", "https:"), httpOnly: true, secure: true, sameSite: "Lax" },
    ]);
  }
  const port = Number(readFileSync(join(folder, "DevToolsActivePort"), "utf8").split("\n")[0]);
  return {
    /**
     * What Lighthouse says about a page: points by category (of a hundred), and each audit of them that is not passed.
     * @param {string[]} categories
     */
    async look(path, categories) {
      const look = async () => (await run(`${origin}${path}`, { port, onlyCategories: categories, logLevel: "silent", output: "json" })).lhr;
      let lhr = await look();
      // Now and then the browser's trace of a page misses its beginning. Lighthouse itself says to look again.
      for (let times = 1; times < 3 && lhr.runtimeError?.code === "NO_NAVSTART"; times += 1) lhr = await look();
      if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
      const points = Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round(score * 100)]));
      const counts = Object.values(lhr.categories).flatMap(({ auditRefs }) => auditRefs);
      const open = counts
        .filter(({ id }) => lhr.audits[id].score !== null && lhr.audits[id].score < 1)
        .map(({ id, weight }) => `${id} (weight ${weight}): ${lhr.audits[id].title} ${lhr.audits[id].displayValue ?? ""}`.trim());
      return { points, open, shown: lhr.finalDisplayedUrl, audits: lhr.audits };
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
