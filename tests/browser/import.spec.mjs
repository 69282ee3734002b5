// Users come from a file: what a manager sees before anything is added, and what happens when it doesn't go smoothly.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/seatwise.mjs";

const heading = (page, name) => page.getByRole("heading", { level: 2, name, exact: true });
const figure = (page, name) => page.locator(".tally > div").filter({ has: page.locator("dt", { hasText: name }) }).locator("dd");
const starts = (page, name) => page.getByRole("button", { name, exact: true });

async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

let counter = 0;

/** The lines of a file with so many people whom nobody knows yet. */
function people(count, more = []) {
  const batch = ++counter;
  const lines = Array.from({ length: count }, (_, index) => `new.${batch}.${index}@example.com,Ana,Silva ${index}`);
  return ["E-mail,First name,Last name", ...lines, ...more].join("\r\n");
}

/** A company with so many licences, its manager at the import page. */
async function atImport(page, seatwise, options) {
  const company = await seatwise.company(options);
  await seatwise.lendSession(page, company.manager);
  await page.goto("/users/import");
  await expect(heading(page, "Choose a file")).toBeVisible();
  return company;
}

const choose = (page, text, name = "new-starters.csv") =>
  page.getByLabel("Choose a file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** How many members a company has with an address like this. */
const countMembers = async (seatwise, company, like) =>
  (await seatwise.sql("SELECT count(*) AS count FROM members WHERE company_id = ?1 AND email LIKE ?2", company.id, like))[0].count;

test("a file with 30 people too many: the missing licences are requested, or the first ones imported", async ({ page, seatwise }) => {
  const company = await atImport(page, seatwise, { user: 120 });
  await expectAccessible(page);
  const text = people(150, ["jose@@northwind.example,José,Two", ",No,Address", `new.${counter + 1}.0@example.com,Ana,Again`]);
  await choose(page, text);
  await expect(page.getByText("150 new users, 120 licences available: 30 short.")).toBeVisible();
  await expect(page.getByText("Nothing has been added yet.")).toBeVisible();
  await expect(page).toHaveURL(/\/users\/import\/[^/]+$/);
  await expect(page.getByRole("list", { name: "Steps of the import" }).locator("[aria-current=step]")).toHaveText("2 Check");
  await expect(heading(page, "new-starters.csv")).toBeFocused();
  await expect(page.getByText("153 rows · columns matched: e-mail, first name, last name")).toBeVisible();
  await expect(figure(page, "New")).toHaveText("150");
  await expect(figure(page, "Repeated in the file")).toContainText("1");
  await expect(figure(page, "Can't be read")).toContainText("2");
  const refused = page.getByRole("region", { name: "Rows that can't be read" });
  await expect(refused.getByRole("row", { name: /152 jose@@northwind\.example Not an e-mail address: more than one @ sign/ })).toBeVisible();
  await expect(refused.getByRole("row", { name: /153 \(empty\) This row has no e-mail address/ })).toBeVisible();
  await expectAccessible(page);
  expect(await countMembers(seatwise, company, "new.%")).toBe(0);

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download with reasons" }).click()]);
  expect(await (await download.createReadStream()).toArray().then((chunks) => Buffer.concat(chunks).toString())).toContain("jose@@northwind.example");

  await page.getByRole("link", { name: "Request 30 licences" }).click();
  await expect(page).toHaveURL(/request=user&quantity=30&message=/);
  await page.goBack();
  await starts(page, "Import the first 120").click();
  await expect(heading(page, "The import is done")).toBeVisible();
  await expect(figure(page, "Added")).toHaveText("120");
  await expect(figure(page, "Left out")).toContainText("30");
  await expect(page.getByRole("link", { name: "Request 30 user licences" })).toBeVisible();
  await expectAccessible(page);
  expect(await company.figures()).toEqual([0, 0, 120, 120]);
  // The file's order decides who is among the first.
  const last = (index) => countMembers(seatwise, company, `new.${counter}.${index}@example.com`);
  expect([await last(119), await last(120)]).toEqual([1, 0]);
});

test("a file without an e-mail column waits until somebody says which it is", async ({ page, seatwise }) => {
  await atImport(page, seatwise, { user: 5 });
  let drafts = 0;
  page.on("request", (request) => request.url().endsWith("/imports/drafts") && drafts++);
  await choose(page, "Who,Contact\nAna,unknown\nBen,ben.columns@example.com\n");
  // What looks like an address further down may be found by itself.
  const asked = heading(page, "Which column has the e-mail address?");
  if (await asked.isVisible().catch(() => false)) {
    await expect(starts(page, "Go on")).toBeHidden();
    expect(drafts).toBe(0);
    await page.getByLabel("Contact is used as").selectOption("E-mail address");
    await starts(page, "Go on").click();
  }
  await expect(figure(page, "New")).toHaveText("1");
});

test("another column is chosen, and the file is read again into a new draft", async ({ page, seatwise }) => {
  const company = await atImport(page, seatwise, { user: 5 });
  await choose(page, "E-mail,Nickname,Full name\nkim.columns@example.com,Kimmy,Kim Park\n");
  await expect(figure(page, "New")).toHaveText("1");
  const first = page.url();
  let parts = 0;
  page.on("request", (request) => request.url().includes("/parts/") && parts++);
  await page.getByText("How the file was read").click();
  await page.getByLabel("Full name is used as").selectOption("Not used");
  await page.getByLabel("Nickname is used as").selectOption("Name");
  await expect(starts(page, "Import 1")).toBeHidden();
  await expectAccessible(page);
  await starts(page, "Read the file again").click();
  await expect(page).not.toHaveURL(first);
  await expect(page.getByText("1 row · columns matched: e-mail, name")).toBeVisible();
  expect(parts).toBe(1);
  await starts(page, "Import 1").click();
  await expect(heading(page, "The import is done")).toBeVisible();
  expect((await company.manager.get(company.path("members?search=kim.columns"))).body.items[0].name).toBe("Kimmy");
});

test("ticking brings back who was removed, and sends nothing of the file again", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 5 });
  const { member } = await company.add("was.here@example.com");
  await company.manager.post(company.path("members/removed"), { members: [member.id] });
  await seatwise.lendSession(page, company.manager);
  await page.goto("/users/import");
  await choose(page, "E-mail\nwas.here@example.com\nnever.here@example.com\n");
  await expect(figure(page, "Were here before")).toContainText("removed, left alone");
  await expect(starts(page, "Import 1")).toBeVisible();
  let parts = 0;
  page.on("request", (request) => request.url().includes("/parts/") && parts++);
  const box = page.getByLabel("Bring back the 1 who was removed");
  await box.check();
  await expect(starts(page, "Import 2")).toBeVisible();
  await expect(box).toBeFocused();
  await starts(page, "Import 2").click();
  await expect(figure(page, "Brought back")).toHaveText("1");
  await expect(figure(page, "Added")).toHaveText("1");
  expect(parts).toBe(0);
  expect(await company.figures()).toEqual([3, 0, 2, 5]);
});

test("an import is stopped, goes on from where it was, and also after the page was loaded anew", async ({ page, seatwise }) => {
  const company = await atImport(page, seatwise, { user: 12_000 });
  // Pauses between the steps leave time for pressing buttons.
  await page.route(/\/step$/, async (route) => {
    await new Promise((done) => setTimeout(done, 2_500));
    await route.continue();
  });
  await choose(page, people(12_000));
  await starts(page, "Import 12,000").click();
  await expect(heading(page, "Import")).toBeFocused();
  await expect(page.getByRole("progressbar", { name: "Progress of the import" })).toBeVisible();
  await expectAccessible(page);
  await starts(page, "Stop").click();
  await expect(heading(page, "The import is stopped")).toBeVisible();
  await expect(page.getByText(/^Somebody stopped it\./)).toBeVisible();
  await expectAccessible(page);
  const until = await countMembers(seatwise, company, "new.%");
  expect(until).toBeLessThan(12_000);

  await starts(page, "Go on").click();
  await page.getByRole("button", { name: /^Import [\d,]+$/ }).click();
  await expect(starts(page, "Stop")).toBeVisible();
  await page.reload();
  await expect(heading(page, "The import is done")).toBeVisible({ timeout: 45_000 });
  await expect(figure(page, "Added")).toHaveText("12,000");
  expect(await countMembers(seatwise, company, "new.%")).toBe(12_000);
  expect(await company.figures()).toEqual([0, 0, 12_000, 12_000]);
});

test("a lost connection only makes it take longer", async ({ page, seatwise }) => {
  const company = await atImport(page, seatwise, { user: 10 });
  let lost = 2;
  await page.route(/\/parts\/0$|\/step$/, (route) => (lost-- > 0 ? route.abort() : route.continue()));
  await choose(page, people(10));
  await expect(page.getByText("The file is sent on as soon as there is one again.")).toBeVisible();
  await expect(starts(page, "Import 10")).toBeVisible();
  lost = 2;
  await starts(page, "Import 10").click();
  await expect(page.getByText("The import goes on by itself as soon as there is one again.")).toBeVisible();
  await expect(heading(page, "The import is done")).toBeVisible();
  expect(await company.figures()).toEqual([0, 0, 10, 10]);
});

test("an import is undone, but not for those who have accepted", async ({ page, seatwise }) => {
  const company = await atImport(page, seatwise, { user: 3 });
  await choose(page, "E-mail\nundo.one@example.com\nundo.two@example.com\n");
  await starts(page, "Import 2").click();
  await expect(heading(page, "The import is done")).toBeVisible();
  expect(await company.figures()).toEqual([1, 0, 2, 3]);
  await starts(page, "Import another file").click();
  await expect(page.getByRole("row", { name: /new-starters\.csv.*Done.*2 added/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Undo the import of new-starters.csv" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Whoever has accepted stays.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Undo the import" }).click();
  await expect(heading(page, "The import is undone")).toBeVisible();
  await expect(page.getByText(/^2 people were taken back\./)).toBeVisible();
  expect(await company.figures()).toEqual([3, 0, 0, 3]);
});

test("what somebody else changes meanwhile is shown before anything is added", async ({ page, seatwise }) => {
  const company = await atImport(page, seatwise, { user: 10 });
  await choose(page, "E-mail\nmeanwhile.one@example.com\nmeanwhile.two@example.com\nmeanwhile.three@example.com\n");
  await expect(starts(page, "Import 3")).toBeVisible();
  // Another browser adds one of them.
  await company.add("meanwhile.two@example.com");
  await starts(page, "Import 3").click();
  await expect(page.getByText("While you looked, somebody added 1 person: 2 new instead of 3.")).toBeVisible();
  await expect(page.getByRole("row", { name: "New 3 2", exact: true })).toBeVisible();
  await expectAccessible(page);
  expect(await company.figures()).toEqual([9, 0, 1, 10]);
  await starts(page, "Import 2").click();
  await expect(heading(page, "The import is done")).toBeVisible();
  expect(await company.figures()).toEqual([7, 0, 3, 10]);
});

test("rows are pasted from a spreadsheet", async ({ page, seatwise }) => {
  const company = await atImport(page, seatwise, { user: 2 });
  await page.getByText("Paste instead").click();
  await expectAccessible(page);
  await page.getByLabel("Rows to import").fill("pasted.one@example.com\tAna\npasted.two@example.com\tBen\n");
  await starts(page, "Read these rows").click();
  await expect(heading(page, "Pasted rows")).toBeVisible();
  await starts(page, "Import 2").click();
  await expect(heading(page, "The import is done")).toBeVisible();
  expect(await company.figures()).toEqual([0, 0, 2, 2]);
});

test("a draft can be looked at again after a reload, and everything fits on a phone", async ({ page, seatwise }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await atImport(page, seatwise, { user: 3 });
  await choose(page, "E-mail\nphone.one@example.com\nnobody\n");
  await expect(starts(page, "Import 1")).toBeVisible();
  await page.reload();
  await expect(figure(page, "New")).toHaveText("1");
  await expect(page.getByRole("link", { name: "Download with reasons" })).toBeVisible();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await starts(page, "Import 1").click();
  await expect(heading(page, "The import is done")).toBeVisible();
  await page.getByRole("link", { name: "See the users" }).click();
  await expect(page).toHaveURL(/\/users$/);
});
