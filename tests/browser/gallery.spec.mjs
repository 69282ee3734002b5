// Every part of the interface in every state, as the page for developers shows them, compared with pictures. When a part is
// meant to look different: `playwright test --config tests/browser/playwright.config.mjs gallery --update-snapshots`, and look at the pictures.
import AxeBuilder from "@axe-core/playwright";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import config from "./playwright.config.mjs";
import { expect, test } from "./support/seatwise.mjs";

// What depends on the machine is taken away: its fonts, how it smooths them, its screen's colours.
const { launchOptions } = config.use;
test.use({ launchOptions: { ...launchOptions, args: [...launchOptions.args, "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"] } });

/** The style sheet's first choice of a font, as a file: the machine may have it or not. */
const FONT = fileURLToPath(import.meta.resolve("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"));
const STYLE = `
  @font-face { font-family: Inter; font-weight: 100 900; src: url(data:font/woff2;base64,${readFileSync(FONT, "base64")}); }
  :root { --mono: Inter; }
  /* The font lacks this arrow. */
  .opens::after { content: "v"; }
`;

const LOOKS = {
  light: { viewport: { width: 1000, height: 900 } },
  dark: { viewport: { width: 1000, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
  // The words stay English: fonts with other letters aren't the same everywhere.
  "right-to-left": { viewport: { width: 1000, height: 900 }, direction: "rtl" },
};

/** For the edges of letters, and nothing else. */
const SAME = { maxDiffPixelRatio: 0.001, threshold: 0.1, animations: "disabled", caret: "hide" };

async function open(browser, seatwise, { direction, ...look }) {
  const context = await browser.newContext({ baseURL: seatwise.origin, locale: "en-GB", timezoneId: "Europe/London", reducedMotion: "reduce", bypassCSP: true, ...look });
  const page = await context.newPage();
  await page.clock.install({ time: new Date("2027-03-14T12:00:00Z") });
  await page.goto("/ui");
  await expect(page.getByRole("heading", { level: 1, name: "Parts" })).toBeVisible();
  await page.addStyleTag({ content: STYLE });
  if (direction) await page.evaluate((direction) => document.documentElement.setAttribute("dir", direction), direction);
  await page.evaluate(async () => {
    await Promise.all([400, 500, 600, 700].map((weight) => document.fonts.load(`${weight} 16px Inter`)));
    await document.fonts.ready;
  });
  await page.clock.pauseAt(new Date("2027-03-14T13:00:00Z"));
  return page;
}

for (const [name, look] of Object.entries(LOOKS)) {
  test(`every part looks as it did: ${name}`, async ({ seatwise, browser }) => {
    const page = await open(browser, seatwise, look);
    for (const part of ["pressed", "typed", "shown", "told"]) {
      // In which order a day is written is the browser's language, which the machine decides.
      await expect.soft(page.locator(`#${part}`)).toHaveScreenshot(`${part}-${name}.png`, { ...SAME, mask: [page.locator('input[type="date"]')] });
    }
    await page.clock.resume();
    const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(width, "no wider than the window").toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
    await page.context().close();
  });
}

test("what opens over a page looks as it did", async ({ seatwise, browser }) => {
  const page = await open(browser, seatwise, { viewport: { width: 800, height: 500 } });
  const picture = (name) => expect.soft(page).toHaveScreenshot(`${name}.png`, SAME);
  await page.getByRole("button", { name: "Add users" }).click();
  await picture("menu");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Open a question" }).click();
  await expect(page.getByRole("dialog", { name: "Rename the group" })).toBeVisible();
  await picture("dialogue");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Open a panel" }).click();
  await expect(page.getByRole("dialog", { name: "Why is this −12?" })).toBeVisible();
  await picture("panel");
  await page.keyboard.press("Escape");
  for (const name of ["Tell something", "Offer to undo it", "Tell a lot"]) await page.getByRole("button", { name }).click();
  await page.getByRole("button", { name: "Lose the connection for a while" }).click();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await page.evaluate(() => scrollTo(0, 0));
  await picture("news");
  await page.context().close();
});

test("the parts are for developers: no page leads there, and nobody has to sign in", async ({ seatwise, page }) => {
  const company = await seatwise.company();
  await page.goto("/ui");
  await expect(page.getByRole("heading", { level: 1, name: "Parts" })).toBeVisible();
  await seatwise.lendSession(page, company.manager);
  await page.goto("/dashboard");
  await expect(page.getByRole("heading", { level: 1, name: "Dashboard" })).toBeVisible();
  await expect(page.locator('a[href="/ui"]')).toHaveCount(0);
});
