// Every language on the screen: the browser's, the one chosen, and what comes over the wire for it.
import AxeBuilder from "@axe-core/playwright";
import { OTHERS, pattern, words } from "../support/words.mjs";
import { expect, test } from "./support/seatwise.mjs";

async function open(browser, seatwise, locale, session, more = {}) {
  const context = await browser.newContext({ baseURL: seatwise.origin, locale, viewport: { width: 1280, height: 900 }, ...more });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  if (session) await seatwise.lendSession(page, session);
  return { page, complaints };
}

/** Everything that can be read or heard on the page. */
const shown = (page) =>
  page.evaluate(() => {
    const said = [...document.querySelectorAll("[aria-label], [title], [placeholder]")].flatMap((one) => ["aria-label", "title", "placeholder"].map((name) => one.getAttribute(name)));
    const empty = [...document.querySelectorAll("h1, h2, th, label, legend, dt, button, a, option")].filter(
      (one) => one.checkVisibility() && one.textContent.trim() === "" && !one.getAttribute("aria-label") && !one.querySelector("input, select, svg, img"),
    );
    return { text: `${document.body.innerText}\n${said.filter(Boolean).join("\n")}`, empty: empty.map((one) => one.outerHTML.slice(0, 200)) };
  });

const PAGES = [
  "/dashboard", "/dashboard/user", "/users", "/users?add=1", "/users/groups", "/users/import", "/users/sync",
  "/licences", "/licences/forecast", "/licences/orders", "/licences/history",
  "/settings", "/settings/licences", "/settings/invites", "/settings/notices", "/settings/people", "/settings/look",
];
/** What the sentences on them are from. */
const SECTIONS = ["screens", "importing", "syncing", "settings", "notices", "look"];

for (const language of OTHERS) {
  test(`a manager reads everything in ${language}`, async ({ seatwise, browser }) => {
    const company = await seatwise.company({ user: 1_500, content: 3 });
    await company.learner();
    await company.add();
    const { page, complaints } = await open(browser, seatwise, language, company.manager);
    const fetched = [];
    page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
    const here = words(language, "screens");
    await page.goto("/dashboard");
    await expect(page.getByRole("heading", { name: here.dashboard, level: 1 })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    await expect(page.locator("html")).toHaveAttribute("dir", language === "ar" ? "rtl" : "ltr");
    const number = { de: "1.500", fr: "1\u202f500", es: "1500", ar: "1,500" }[language];
    await expect(page.getByText(number, { exact: true }).first()).toBeVisible();
    // Sentences of some length would be the same only if they weren't translated.
    const sentences = SECTIONS.flatMap((section) => {
      const [theirs, ours] = [words("en", section), words(language, section)];
      return Object.keys(theirs).filter((key) => theirs[key].length > 25 && !theirs[key].includes("{") && ours[key] !== theirs[key]).map((key) => theirs[key]);
    });
    expect(sentences.length, "nearly every sentence differs").toBeGreaterThan(200);
    for (const path of PAGES) {
      await page.goto(path);
      await expect(page.locator("h1").first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      const { text, empty } = await shown(page);
      expect(empty, `${path}: nothing is without words`).toEqual([]);
      expect(sentences.filter((sentence) => text.includes(sentence)), `${path}: nothing is left in English`).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(width, `${path} is no wider than the window`).toBeLessThanOrEqual(0);
    }
    const texts = fetched.filter((path) => path.endsWith(".txt"));
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((path) => !path.includes(`/${language}/`)), "only the reader's language comes").toEqual([]);
    expect(complaints).toEqual([]);
  });
}

test("the language is chosen on the first screen, stays, and goes with the person to another browser", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 1 });
  const { page } = await open(browser, seatwise, "nl-NL");
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { name: words("en", "screens").sign_in, level: 1 })).toBeVisible();
  await page.getByLabel("Language").selectOption("العربية");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
  await seatwise.lendSession(page, company.manager);
  const kept = page.waitForResponse((answer) => answer.url().endsWith("/api/v1/session/language"));
  await page.goto("/dashboard");
  expect((await kept).status()).toBe(204);
  await expect(page.getByRole("heading", { name: words("ar", "screens").dashboard, level: 1 })).toBeVisible();

  const elsewhere = await open(browser, seatwise, "en-GB", company.manager);
  await elsewhere.page.goto("/dashboard");
  await expect(elsewhere.page.getByRole("heading", { name: words("ar", "screens").dashboard, level: 1 })).toBeVisible();
  await elsewhere.page.getByLabel(words("ar", "screens").your_language).selectOption("Français");
  await expect(elsewhere.page.getByRole("heading", { name: words("fr", "screens").dashboard, level: 1 })).toBeVisible();
});

for (const look of ["light", "dark", "phone"]) {
  test(`pages from right to left are readable: ${look}`, async ({ seatwise, browser }) => {
    const company = await seatwise.company({ user: 5, content: 3 });
    const learner = await company.learner();
    await company.add();
    const more = look === "phone" ? { viewport: { width: 390, height: 844 } } : { colorScheme: look };
    for (const [session, paths] of [[company.manager, PAGES], [learner, ["/my-licences"]], [undefined, ["/sign-in"]]]) {
      const { page, complaints } = await open(browser, seatwise, "ar", session, more);
      for (const path of paths) {
        await page.goto(path);
        await expect(page.locator("h1").first()).toBeVisible();
        await page.waitForLoadState("networkidle");
        const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
        expect(violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
        const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(width, `${path} is no wider than the window`).toBeLessThanOrEqual(0);
      }
      expect(complaints).toEqual([]);
    }
  });
}

test("the main job in Arabic: a manager adds a user, whose invite says so", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 2 });
  const { page } = await open(browser, seatwise, "ar", company.manager);
  const here = words("ar", "screens");
  await page.goto("/users?add=1");
  const email = `arabic.${Date.now()}@example.com`;
  const dialogue = page.getByRole("dialog");
  await dialogue.getByLabel(here.email, { exact: false }).first().fill(email);
  await dialogue.locator("button.main").click();
  await expect(page.getByText(email).first()).toBeVisible();
  expect(await company.figures()).toEqual([1, 0, 1, 2]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect(pattern(here.page_title).test(await page.title())).toBe(true);
});
