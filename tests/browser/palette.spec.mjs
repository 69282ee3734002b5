// The command palette and the keyboard: everything is a few keys away, and nothing happens while somebody types.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/seatwise.mjs";

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const field = (page) => page.getByRole("combobox", { name: "Search or go to" });
const list = (page) => page.getByRole("listbox", { name: /^(Results|النتائج)$/ });
const option = (page, name) => list(page).getByRole("option", { name });
const chosen = (page) => list(page).getByRole("option", { selected: true });

/** A page of somebody who manages, and the company. */
async function managing(page, seatwise, path = "/dashboard", options = { user: 5 }) {
  const company = await seatwise.company(options);
  await seatwise.lendSession(page, company.manager);
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, includeHidden: true })).toBeVisible();
  return company;
}

async function atTheDesk(page, seatwise, path = "/desk") {
  await seatwise.lendSession(page, await seatwise.desk());
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

test("the palette opens by keys and by the button, and its pieces come only then", async ({ page, seatwise }) => {
  const files = [];
  page.on("request", (request) => files.push(new URL(request.url()).pathname));
  await managing(page, seatwise);
  expect(files.filter((file) => file.includes("palette")), "nothing of it comes with the dashboard").toEqual([]);
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  expect(files.filter((file) => file.endsWith("/palette.txt"))).toHaveLength(1);
  await page.keyboard.press("Escape");
  await expect(field(page)).toBeHidden();
  const button = page.getByRole("button", { name: "Search or go to" });
  await expect(button).toContainText("Ctrl K");
  await button.click();
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(field(page), "the same keys close it").toBeHidden();
  await expect(button, "the focus is where it was").toBeFocused();
});

test("what is typed before the palette is there isn't lost", async ({ page, seatwise }) => {
  await managing(page, seatwise);
  await page.route(/pieces-[^/]+\/\d+\.wasm$/, async (route) => {
    await new Promise((done) => setTimeout(done, 500));
    await route.continue();
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("activ");
  await expect(field(page)).toHaveValue("activ");
  await expect(chosen(page)).toHaveText("Activity");
});

test("a page and an action are found by parts of their words, and reached by keyboard alone", async ({ page, seatwise }) => {
  await managing(page, seatwise);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("expir");
  await expect(option(page, /^Expiries/)).toBeVisible();
  while ((await chosen(page).textContent()).trim().startsWith("Expiries") === false) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/licences\/forecast$/);
  await expect(heading(page, "Licences")).toBeFocused();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("lic req");
  await expect(chosen(page)).toHaveText("Request licences");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Request licences" }).getByLabel("How many?")).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(field(page), "not above an open dialogue").toBeHidden();
  await page.keyboard.press("Escape");

  await page.keyboard.press("Control+k");
  const group = (name) => page.getByRole("group", { name, exact: true });
  await expect(group("Used lately").getByRole("option").first(), "the newest first").toHaveText("Request licences");
  await page.keyboard.press("End");
  const options = list(page).getByRole("option");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(options.first(), "from the last to the first").toHaveAttribute("aria-selected", "true");
  await page.keyboard.type("no such thing");
  await expect(page.getByText("Nothing is called “no such thing”")).toBeVisible();
  await expect(list(page).getByRole("option")).toHaveCount(0);
});

test("members and orders are found as one types, and stale answers change nothing", async ({ page, seatwise }) => {
  const company = await managing(page, seatwise);
  await company.add("zoe.palette@example.com", { name: "Zoë Palette" });
  await company.manager.post(company.path("orders"), { kind: "content", quantity: 7, message: "For the spring course" });
  await page.keyboard.press("Control+k");
  // The answer to what was typed first comes last.
  await page.route(/members\?search=z$/, async (route) => {
    await new Promise((done) => setTimeout(done, 1_500));
    await route.continue();
  });
  await page.keyboard.type("z");
  await page.waitForRequest(/members\?search=z$/);
  await field(page).fill("zoë pal");
  await expect(option(page, /Zoë Palette/)).toBeVisible();
  await expect(option(page, /Zoë Palette/)).toContainText("zoe.palette@example.com · Pending invite");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Zoë Palette")).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("spring");
  await expect(option(page, /ORD-0002/)).toContainText("7 content licences");
  await field(page).fill("2");
  await expect(option(page, /ORD-0002/)).toHaveCount(1);
  await field(page).fill("ord-0002");
  await expect(chosen(page)).toContainText("ORD-0002");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/licences\/orders\/[^/]+$/);
  await expect(heading(page, "ORD-0002")).toBeVisible();
});

test("at the desk companies and waiting orders are found, and a company is created", async ({ page, seatwise }) => {
  const company = await seatwise.company({ name: "Ärgern & Palette" });
  await company.manager.post(company.path("orders"), { kind: "user", quantity: 41, message: "Night school" });
  await atTheDesk(page, seatwise);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("palette");
  await expect(page.getByRole("group", { name: "Companies" }).getByRole("option", { name: /Ärgern & Palette/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(heading(page, "Ärgern & Palette")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("night");
  await expect(page.getByRole("group", { name: "Orders" }).getByRole("option", { name: /41 user licences · Ärgern & Palette/ })).toBeVisible();
  await field(page).fill("create comp");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Create company" })).toBeVisible();
  await expect(page, "asked for once").toHaveURL(/\/desk\/companies$/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("invite a");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Invite a colleague" })).toBeVisible();
});

test("it can be left with the mouse, and signs out", async ({ page, seatwise }) => {
  await managing(page, seatwise);
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeVisible();
  await page.mouse.click(10, 450);
  await expect(field(page)).toBeHidden();
  await page.keyboard.press("Control+k");
  await option(page, /^Groups/).first().click();
  await expect(heading(page, "Groups")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("sign out");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Sign in")).toBeVisible();
});

test("keys lead to pages and through lists, and can be switched off", async ({ page, seatwise }) => {
  const company = await managing(page, seatwise);
  await company.add("anna.first@example.com", { name: "Anna First" });
  await company.add("bert.second@example.com", { name: "Bert Second" });
  await page.keyboard.press("g");
  await page.keyboard.press("u");
  await expect(heading(page, "Users")).toBeVisible();
  await expect(page.getByRole("row", { name: /Bert Second/ })).toBeVisible();
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "Anna First" })).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByRole("checkbox", { name: "Select Bert Second" })).toBeChecked();
  await page.keyboard.press("k");
  await expect(page.getByRole("link", { name: "Anna First" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading(page, "Anna First")).toBeVisible();

  await page.keyboard.press("g");
  await page.keyboard.press("u");
  await expect(page.getByRole("row", { name: /Bert Second/ })).toBeVisible();
  await page.keyboard.press("/");
  const search = page.getByLabel("Search users");
  await expect(search).toBeFocused();
  await page.keyboard.type("gd?nr");
  await expect(search, "letters are letters while one types").toHaveValue("gd?nr");
  await expect(page.getByRole("dialog")).toBeHidden();
  await search.fill("");
  await heading(page, "Users").focus();
  await page.keyboard.press("Control+Alt+n");
  await expect(page.getByRole("dialog"), "nor with other keys").toBeHidden();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: "Add user" });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog"), "nor while a dialogue is open").toHaveCount(1);
  await page.keyboard.press("Escape");

  await page.keyboard.press("?");
  const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(shortcuts).toContainText("Request licences");
  await shortcuts.getByLabel("Shortcuts of one key").uncheck();
  await page.keyboard.press("Escape");
  await expect(shortcuts).toBeHidden();
  await page.keyboard.press("n");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.reload();
  await expect(heading(page, "Users")).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog"), "the browser remembers it").toBeHidden();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("keyboard short");
  await page.keyboard.press("Enter");
  await shortcuts.getByLabel("Shortcuts of one key").check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await expect(page.getByRole("dialog", { name: "Request licences" })).toBeVisible();
});

test("at the desk a row's order is assigned by keyboard, and n creates what the page is about", async ({ page, seatwise }) => {
  const company = await seatwise.company({ name: "Keyboard Works" });
  await company.manager.post(company.path("orders"), { kind: "user", quantity: 3 });
  await atTheDesk(page, seatwise);
  const row = page.getByRole("row", { name: /Keyboard Works/ });
  await expect(row).toBeVisible();
  const link = row.getByRole("link", { name: "Keyboard Works" });
  await page.keyboard.press("j");
  while (!(await link.evaluate((element) => element === document.activeElement))) await page.keyboard.press("j");
  await page.keyboard.press("a");
  await expect(page.getByRole("dialog", { name: /Keyboard Works/ }).or(page.getByRole("dialog", { name: /Assign/ })).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(heading(page, "Companies")).toBeVisible();
  await page.keyboard.press("n");
  await expect(page.getByRole("dialog", { name: "Create company" })).toBeVisible();
});

test("changes that aren't saved are asked about before a key leaves the page", async ({ page, seatwise }) => {
  await managing(page, seatwise, "/settings/licences");
  await page.getByLabel("Every new user also gets a content licence").check();
  let asked = 0;
  page.on("dialog", (dialog) => {
    asked += 1;
    return asked === 1 ? dialog.dismiss() : dialog.accept();
  });
  await heading(page, "Settings").focus();
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await expect.poll(() => asked).toBe(1);
  await expect(heading(page, "Settings")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dashboard");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Dashboard")).toBeVisible();
  expect(asked).toBe(2);
});

const LOOKS = {
  light: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
  arabic: { viewport: { width: 1280, height: 900 }, locale: "ar-EG" },
};

for (const [look, options] of Object.entries(LOOKS)) {
  test(`palette and shortcuts are readable: ${look}`, async ({ browser, seatwise }) => {
    const context = await browser.newContext({ baseURL: seatwise.origin, ...options });
    const page = await context.newPage();
    const company = await seatwise.company({ user: 3 });
    await company.add("palette.look@example.com", { name: "Paula Look" });
    await seatwise.lendSession(page, company.manager);
    await page.goto("/dashboard");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    // Another alphabet's keyboard: the key is where K is.
    if (look === "arabic") await page.evaluate(() => dispatchEvent(new KeyboardEvent("keydown", { key: "ن", code: "KeyK", ctrlKey: true, bubbles: true })));
    else if (look === "phone") await page.getByRole("button", { name: "Search or go to" }).click();
    else await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.type("paula");
    await expect(option(page, /Paula Look/)).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("xyzzy");
    await expect(list(page).getByRole("option")).toHaveCount(0);
    await expect(page.locator(".palette .empty")).toBeVisible();
    await expectAccessible(page);
    if (look === "phone") await page.getByRole("button", { name: "Close" }).click();
    else await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(width).toBeLessThanOrEqual(0);
    await context.close();
  });
}
