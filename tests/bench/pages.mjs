// How soon a page can be used in a real browser: on a phone over a slow line, from page to page, and in a long list. In front
// of the Worker stands what the edge does: it compresses.
import { chromium } from "@playwright/test";
import config from "../browser/playwright.config.mjs";
import { company } from "../support/company.mjs";
import { addLearnersBySql } from "../support/database.mjs";
import { edge } from "../support/edge.mjs";
import { start } from "../support/start.mjs";

/** A mid-range phone: a quarter of this machine's speed, 1.6 Mbit/s, 150 ms. */
const PHONE = { slower: 4, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const TIMES = 5;
const PEOPLE = 100_000;

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** @param {(name: string, value: string | number, unit: string) => void} say */
export async function pages(say) {
  const place = await start({ host: "localhost" });
  const front = await edge(place.origin);
  const chrome = await chromium.launch(config.use.launchOptions);
  try {
    const here = await company(place, { user: PEOPLE + 1000, content: 100 });
    for (let from = 1; from <= PEOPLE; from += 10_000) await addLearnersBySql(place, here.id, from, from + 9_999);
    const visitor = async () => {
      const context = await chrome.newContext({ viewport: { width: 1280, height: 900 } });
      await context.addCookies([
        { name: "__Host-session", value: here.manager.cookies.get("__Host-session"), url: front.origin.replace("http:", "https:"), httpOnly: true, secure: true, sameSite: "Lax" },
      ]);
      return { context, page: await context.newPage() };
    };
    const shown = async (page, path, what) => {
      const begun = performance.now();
      await page.goto(`${front.origin}${path}`, { waitUntil: "commit" });
      await page.locator(what).first().waitFor();
      return performance.now() - begun;
    };
    const [cold, warm] = [[], []];
    await shown((await visitor()).page, "/dashboard", ".figures dd");
    for (let time = 0; time < TIMES; time += 1) {
      const { context, page } = await visitor();
      const phone = await context.newCDPSession(page);
      await phone.send("Network.enable");
      await phone.send("Network.emulateNetworkConditions", { offline: false, ...PHONE });
      await phone.send("Emulation.setCPUThrottlingRate", { rate: PHONE.slower });
      cold.push(await shown(page, "/dashboard", ".figures dd"));
      warm.push(await shown(page, "/dashboard", ".figures dd"));
      await context.close();
    }
    say("phone_dashboard_usable_cold", (median(cold) / 1000).toFixed(2), "s");
    say("phone_dashboard_usable_warm", (median(warm) / 1000).toFixed(2), "s");

    const { page } = await visitor();
    await shown(page, "/dashboard", ".figures dd");
    const between = [];
    for (const path of ["/users", "/licences", "/settings", "/dashboard", "/users", "/dashboard", "/licences", "/settings"]) {
      await page.waitForLoadState("networkidle");
      between.push(
        await page.evaluate(
          (path) =>
            new Promise((done) => {
              const before = document.querySelector("h1").textContent;
              const begun = performance.now();
              const look = new MutationObserver(() => {
                const now = document.querySelector("h1")?.textContent;
                if (now && now !== before) requestAnimationFrame(() => done(performance.now() - begun), look.disconnect());
              });
              look.observe(document.body, { subtree: true, childList: true, characterData: true });
              document.querySelector(`nav a[href="${path}"]`).click();
            }),
          path,
        ),
      );
    }
    say("page_to_page_first_time", Math.max(...between.slice(0, 3)).toFixed(0), "ms");
    say("page_to_page", Math.max(...between.slice(3)).toFixed(0), "ms");

    await page.goto(`${front.origin}/users`);
    await page.locator("tbody tr").first().waitFor();
    const scrolled = await page.evaluate(async () => {
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const count = () => Number(document.querySelectorAll("tbody tr").length);
      let most = 0;
      // First down, as fast as the list goes on; then up and down again through what is there.
      for (let still = 0; still < 30 && scrollY < 150_000; still += 1) {
        const before = scrollY;
        scrollBy(0, 2000);
        await new Promise((done) => setTimeout(done, 40));
        if (scrollY !== before) still = 0;
        most = Math.max(most, count());
      }
      const rows = Math.round(scrollY / 60);
      const frames = [];
      for (const step of [-120, 120]) {
        let last = await frame();
        for (let i = 0; i < 400; i += 1) {
          scrollBy(0, step);
          const now = await frame();
          frames.push(now - last);
          last = now;
          most = Math.max(most, count());
        }
      }
      frames.sort((a, b) => a - b);
      return { rows, most, usual: frames[Math.floor(frames.length / 2)], late: frames.filter((time) => time > 25).length / frames.length };
    });
    say("users_scrolled_through", scrolled.rows, "rows");
    say("users_most_rows_in_document", scrolled.most, "rows");
    say("users_scroll_frames_per_second", (1000 / scrolled.usual).toFixed(0), "1/s");
    say("users_scroll_late_frames", (scrolled.late * 100).toFixed(1), "%");
  } finally {
    await chrome.close();
    front.close();
    await place.close();
  }
}
