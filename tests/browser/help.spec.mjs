// The help: reached from where the question arises, and every way out of it leads somewhere.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/seatwise.mjs";

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });

const TOPICS = ["figures", "statuses", "users", "invites", "licences", "expiry", "import", "sync", "settings", "roles", "history", "keyboard"];
const DESK_TOPICS = ["orders", "companies", "figures", "statuses", "expiry", "roles", "mail", "keyboard"];

async function expectAccessible(page, where) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

/** Opens every page of the help, and then everything that their content links to. */
async function walk(page, home, topics) {
  const found = new Set();
  for (const path of [home, ...topics.map((topic) => `${home}/${topic}`)]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeHidden();
    for (const link of await page.locator("main a[href]").all()) found.add(await link.getAttribute("href"));
  }
  for (const topic of topics) expect(found, `${topic} is in the table of contents`).toContain(`${home}/${topic}`);
  expect(found.size).toBeGreaterThan(topics.length * 2);
  for (const address of found) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1, includeHidden: true })).toBeVisible();
    await expect(page.getByText("There is nothing at this address"), address).toBeHidden();
    const hash = address.split("#")[1];
    if (hash) await expect(page.locator(`h2[id="${hash}"]`), address).toBeFocused();
  }
}

test("every link of every help page leads somewhere: managers", async ({ page, seatwise }) => {
  test.setTimeout(180_000);
  await seatwise.lendSession(page, (await seatwise.company({ user: 2 })).manager);
  await walk(page, "/help", TOPICS);
});

test("every link of every help page leads somewhere: desk", async ({ page, seatwise }) => {
  test.setTimeout(180_000);
  await seatwise.lendSession(page, await seatwise.desk());
  await walk(page, "/desk/help", DESK_TOPICS);
});

test("help is reached from where the question arises", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 0 });
  await seatwise.lendSession(page, company.manager);
  const places = [
    ["/dashboard", "Help: Dashboard", "The figures"],
    ["/dashboard/user", "Help: User licences", "The figures"],
    ["/users", "Help: Users", "Users"],
    ["/users", "What these mean", "The statuses"],
    ["/users/groups", "Help: Groups", "Users"],
    ["/users/import", "Help: Import users", "Importing from a file"],
    ["/users/sync", "Help: Directory sync", "Directory sync"],
    ["/licences", "Help: Licences", "Licences and orders"],
    ["/licences/forecast", "Help: Licences", "When licences end"],
    ["/activity", "Help: Activity", "Activity and history"],
    ["/settings", "Help: Settings", "The settings"],
  ];
  for (const [path, link, title] of places) {
    await page.goto(path);
    await page.getByRole("main").getByRole("link", { name: link, exact: true }).click();
    await expect(heading(page, title)).toBeVisible();
  }
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Help" }).click();
  await expect(heading(page, "Help")).toBeFocused();
  await page.goto("/users?add=1");
  const dialog = page.getByRole("dialog", { name: "Add user" });
  await dialog.getByLabel("E-mail address").fill("blocked@example.com");
  await dialog.getByRole("button", { name: "Add and invite" }).click();
  await dialog.getByRole("link", { name: "Why adding can be blocked" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Why adding can be blocked" })).toBeFocused();
  await page.getByRole("link", { name: "Request content licences" }).click();
  await expect(page.getByRole("dialog", { name: "Request licences" }).getByLabel("Kind")).toHaveValue("content");
});

test("topics and headings are found in the palette, and an unknown topic leads back", async ({ page, seatwise }) => {
  await seatwise.lendSession(page, (await seatwise.company()).manager);
  await page.goto("/help/nothing");
  await page.getByRole("link", { name: "All topics" }).click();
  await expect(heading(page, "Help")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("negative");
  await expect(page.getByRole("listbox", { name: "Results" }).getByRole("option", { selected: true })).toContainText("Why a balance is negative");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/help\/figures#negative$/);
  await expect(page.getByRole("heading", { level: 2, name: "Why a balance is negative" })).toBeFocused();
  // Within the page, and back.
  await page.getByRole("navigation", { name: "On this page" }).getByRole("link", { name: "Two kinds of licence" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Two kinds of licence" })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 2, name: "Why a balance is negative" })).toBeFocused();
});

test("statuses are shown as they are elsewhere, and shortcuts can be switched off here too", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 2 });
  await company.add();
  await seatwise.lendSession(page, company.manager);
  await page.goto("/users");
  const pill = (text) => page.locator(".pill", { hasText: text }).first().evaluate((element) => `${element.textContent} ${element.dataset.tone}`);
  await expect(page.locator(".pill").first()).toBeVisible();
  const there = await pill("Pending invite");
  await page.getByRole("link", { name: "What these mean" }).click();
  await expect(heading(page, "The statuses")).toBeVisible();
  expect(await pill("Pending invite")).toBe(there);
  await page.goto("/help/keyboard");
  await page.getByLabel("Shortcuts of one key").uncheck();
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeHidden();
});

const LOOKS = {
  light: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
  arabic: { viewport: { width: 390, height: 844 }, locale: "ar-EG" },
};

for (const [look, options] of Object.entries(LOOKS)) {
  test(`the help is readable: ${look}`, async ({ browser, seatwise }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({ baseURL: seatwise.origin, ...options });
    const page = await context.newPage();
    await seatwise.lendSession(page, (await seatwise.company()).manager);
    for (const path of ["/help", ...TOPICS.map((topic) => `/help/${topic}`)]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page, path);
      const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(width, `${path} is no wider than the window`).toBeLessThanOrEqual(0);
    }
    await context.close();
  });
}
