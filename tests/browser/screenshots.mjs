// Takes the README's pictures from the running app: a company with some history, light, dark and on a phone.
import { chromium } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import config from "./playwright.config.mjs";
import { addLearnersBySql } from "../support/database.mjs";
import { company } from "../support/company.mjs";
import { start } from "../support/start.mjs";

const PICTURES = join(import.meta.dirname, "pictures");
const DAY = 86_400_000;
const LOOKS = {
  light: { viewport: { width: 1280, height: 860 } },
  dark: { viewport: { width: 1280, height: 860 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
};

const daysAgo = (days) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

const place = await start({ host: "localhost" });
try {
  const northwind = await company(place, { name: "Northwind Learning" });
  for (const [quantity, days] of [[120, 312], [400, 250], [60, 160], [700, 75], [220, 2]]) {
    await northwind.give("user", quantity, { starts_on: daysAgo(days) });
  }
  await northwind.give("content", 800, { starts_on: daysAgo(75) });
  await addLearnersBySql(place, northwind.id, 1, 640);
  for (const [email, name] of [["tomasz@example.com", "Tomasz Wrona"], ["amara@example.com", "Amara Diallo"], ["jonas@example.com", "Jonas Lindqvist"]]) {
    await northwind.add(email, { name });
  }
  const learner = await northwind.learner("ines@example.com");
  await northwind.manager.post(northwind.path("orders"), { kind: "user", quantity: 300, reference: "PO 4711" });

  mkdirSync(PICTURES, { recursive: true });
  const browser = await chromium.launch(config.use.launchOptions);
  const pages = [
    ["dashboard", "/dashboard", northwind.manager],
    ["users", "/users", northwind.manager],
    ["orders", "/licences/orders", northwind.manager],
    ["request", "/licences/orders?request=user&quantity=30", northwind.manager],
    ["import", "/users/import", northwind.manager],
    ["sync", "/users/sync", northwind.manager],
    ["activity", "/activity", northwind.manager],
    ["settings", "/settings/licences", northwind.manager],
    ["my-licences", "/my-licences", learner],
    ["desk", "/desk", await place.desk()],
    // Last, because who has chosen a language keeps it.
    ["arabic", "/dashboard", northwind.manager, "ar"],
  ];
  for (const [look, options] of Object.entries(LOOKS)) {
    for (const [name, path, session, language = "en"] of pages) {
      const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London", ...options });
      await context.addCookies([
        { name: "__Host-session", value: session.cookies.get("__Host-session"), url: place.origin.replace("http:", "https:"), httpOnly: true, secure: true, sameSite: "Lax" },
      ]);
      await context.addInitScript((language) => localStorage.setItem("language", language), language);
      const page = await context.newPage();
      await page.goto(`${place.origin}${path}`);
      await page.getByRole("heading", { level: 1, includeHidden: true }).waitFor();
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: join(PICTURES, `${name}-${look}.png`) });
      await context.close();
      console.log(`  ${name}-${look}.png`);
    }
  }
  await browser.close();
} finally {
  await place.close();
}
