// Licences that end and are renewed, orders as their managers see them, and the letters that go out about them.
import AxeBuilder from "@axe-core/playwright";
import { assign } from "../../worker/local/steps.mjs";
import { DESK } from "../support/start.mjs";
import { expect, SUBJECT, test } from "./support/seatwise.mjs";

const DAY = 86_400_000;
const daysAgo = (days) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });

/** A company, and its manager at a page. */
async function at(page, seatwise, path, options) {
  const company = await seatwise.company(options);
  await seatwise.lendSession(page, company.manager);
  await page.goto(path);
  return company;
}

test("a lot that ends soon is renewed: all is filled in, and the order says what it renews", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/licences");
  await company.give("user", 120, { starts_on: daysAgo(312) });
  await company.give("content", 50);
  await page.reload();
  const lot = page.getByRole("row", { name: /ORD-0001/ });
  await expect(lot).toContainText("120 user licences");
  await expect(page.getByRole("row", { name: /ORD-0002/ }).getByRole("link", { name: /Renew/ })).toHaveCount(0);
  await expectAccessible(page);
  await lot.getByRole("link", { name: "Renew ORD-0001" }).click();

  const dialog = page.getByRole("dialog", { name: "Request licences" });
  await expect(dialog).toContainText("Renews ORD-0001: 120 user licences until");
  await expect(dialog).toContainText("The new term starts when the old one ends.");
  await expect(dialog.getByLabel("How many?")).toHaveValue("120");
  await expectAccessible(page);
  await dialog.getByLabel("How many?").fill("100");
  await dialog.getByLabel("Your own reference").fill("PO 4711");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("ORD-0003 is on its way: 100 user licences.")).toBeVisible();

  await page.getByRole("link", { name: "ORD-0003" }).click();
  await expect(heading(page, "ORD-0003")).toBeVisible();
  await expect(page).toHaveTitle(/^ORD-0003 /);
  for (const said of ["Requested", "100 user licences", "PO 4711", "Sam Okafor", /ORD-0001, until/, "Robin Hale"]) {
    await expect(page.getByRole("main").getByText(said).first()).toBeVisible();
  }
  await expect(page.getByText("requested 100 user licences (ORD-0003)")).toBeVisible();
  await expectAccessible(page);

  await page.goto("/licences");
  await expect(lot.getByRole("link", { name: "Renewal requested: ORD-0003" })).toBeVisible();
  await page.goto("/dashboard");
  await expect(page.getByText("A renewal is requested: ORD-0003.")).toBeVisible();
});

test("what is open of an order is cancelled, and what is assigned stays", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/licences/orders");
  const { body: order } = await company.manager.post(company.path("orders"), { kind: "user", quantity: 100 });
  await assign(company.desk, order.id, { quantity: 60, open: 100, note: "The rest follows next week" });
  await page.reload();
  await expect(page.getByRole("row", { name: /ORD-0001/ })).toContainText("Partly assigned · 60 of 100");
  await expectAccessible(page);
  await page.getByRole("link", { name: "ORD-0001" }).click();
  await expect(page.getByText("Partly assigned · 60 of 100")).toBeVisible();
  await expect(page.getByText("The rest follows next week", { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Cancel request" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel request" });
  await expect(dialog).toContainText("ORD-0001 is taken back: 40 user licences are no longer asked for.");
  await expect(dialog).toContainText("The 60 licences that are assigned stay.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Cancel request" }).click();
  await dialog.getByRole("button", { name: "Cancel request" }).click();
  await expect(page.getByText("ORD-0001 is cancelled.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel request" })).toBeHidden();
  expect(await company.figures()).toEqual([60, 0, 0, 60]);
});

test("who wants to cancel what was assigned meanwhile is told so, and sees it", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/licences/orders");
  const { body: order } = await company.manager.post(company.path("orders"), { kind: "content", quantity: 1 });
  await page.goto(`/licences/orders/${order.id}`);
  await page.getByRole("button", { name: "Cancel request" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel request" });
  await expect(dialog).toContainText("1 content licence is no longer asked for");
  await assign(company.desk, order.id);
  await dialog.getByRole("button", { name: "Cancel request" }).click();
  await expect(dialog.getByRole("alert")).toContainText("This order is settled");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByRole("main").getByText("Assigned", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel request" })).toHaveCount(0);
});

test("a declined order says why", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/licences/orders");
  const { body: order } = await company.manager.post(company.path("orders"), { kind: "user", quantity: 9 });
  await company.desk.post(`/api/v1/desk/orders/${order.id}/refusal`, { reason: "The budget code is missing" });
  await page.reload();
  await expect(page.getByRole("row", { name: /ORD-0001/ })).toContainText("The budget code is missing");
  await page.getByRole("link", { name: "ORD-0001" }).click();
  await expect(page.getByText("Your account manager declined this order")).toBeVisible();
  await expectAccessible(page);
});

for (const width of [1280, 390]) {
  test(`the account manager is one press away, ${width} pixels wide`, async ({ page, seatwise }) => {
    await page.setViewportSize({ width, height: 844 });
    await at(page, seatwise, "/users");
    await expect(heading(page, "Users")).toBeVisible();
    const robin = page.getByText("Robin Hale", { exact: true });
    await expect(robin).toBeHidden();
    await page.getByRole("button", { name: "Your account manager" }).click();
    await expect(robin).toBeVisible();
    await expect(robin).toBeInViewport();
    await expect(page.getByRole("link", { name: DESK })).toHaveAttribute("href", `mailto:${DESK}`);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(robin).toBeHidden();
    await page.getByRole("button", { name: "Your account manager" }).click();
    await page.getByRole("link", { name: "Request licences" }).click();
    await expect(page.getByRole("dialog", { name: "Request licences" })).toBeVisible();
    await expect(robin).toBeHidden();
  });
}

test("a group's licences are requested for the group", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/users/groups");
  await company.manager.post(company.path("groups"), { name: "North" });
  await page.reload();
  await page.getByRole("button", { name: "More for North" }).click();
  await page.getByRole("link", { name: "Request licences" }).click();
  const dialog = page.getByRole("dialog", { name: "Request licences" });
  await expect(dialog.getByRole("combobox", { name: "For whom" }).locator("option:checked")).toHaveText("North");
  await dialog.getByLabel("How many?").fill("5");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row", { name: /ORD-0001/ })).toContainText("for North");
});

test("which letters go to whom is kept, and a number that can't be is told at its field", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/settings");
  const [{ id: other }] = await seatwise.sql("SELECT id FROM members WHERE company_id = ?1", company.id);
  await page.getByRole("link", { name: "Notices" }).click();
  const box = (name) => page.getByRole("checkbox", { name, exact: true });
  await expect(box("Licences ready: Managers")).toBeChecked();
  await expect(page.getByLabel("First reminder, in days after the invite")).toHaveValue("3");
  await expectAccessible(page);
  await box("Own licence expired: Learners").uncheck();
  await box("Licences about to expire: Account manager").uncheck();
  await page.getByLabel("Second reminder, in days after the invite").fill("2");
  await page.getByLabel("Tell when fewer user licences are available than").fill("10");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/^Enter a whole number from 4/)).toBeVisible();
  await expect(page.getByLabel("Second reminder, in days after the invite")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Second reminder, in days after the invite").fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your notices are saved.")).toBeVisible();
  await page.reload();
  await expect(box("Own licence expired: Learners")).not.toBeChecked();
  await expect(box("Licences about to expire: Account manager")).not.toBeChecked();
  await expect(box("Licences about to expire: Managers")).toBeChecked();
  await expect(page.getByLabel("Second reminder, in days after the invite")).toHaveValue("");
  await expect(page.getByLabel("Tell when fewer user licences are available than")).toHaveValue("10");
  const { body } = await company.manager.get(company.path("notices"));
  expect(body.managers.map(({ id }) => id)).toEqual([other]);
});

test("of several managers single ones are left out", async ({ page, seatwise }) => {
  const company = await seatwise.company();
  await company.desk.post(`/api/v1/desk/companies/${company.id}/managers`, { email: `second.${company.id}@example.com`, name: "Alex Second" });
  const second = await seatwise.accept(`second.${company.id}@example.com`);
  await seatwise.lendSession(page, second);
  await page.goto("/settings/notices");
  const row = page.getByRole("row", { name: /^Licences ready/ });
  await row.getByText("Single managers").click();
  await row.getByRole("checkbox", { name: "Licences ready: Alex Second" }).uncheck();
  await expect(row).toContainText("1 manager left out");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your notices are saved.")).toBeVisible();
  await company.give("user", 3);
  await seatwise.newestLetter(company.managerAddress, SUBJECT.licencesReady);
  expect(seatwise.countLetters(`second.${company.id}@example.com`, SUBJECT.licencesReady)).toBe(0);
});

test("a wrong address is corrected, and the invite goes to the right one", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/users", { user: 3 });
  const [wrong, right] = [`inse.${company.id}@example.com`, `ines.${company.id}@example.com`];
  await company.add(wrong, { name: "Ines Carvalho" });
  await seatwise.newestLetter(wrong, SUBJECT.invite);
  await page.reload();
  await page.getByRole("link", { name: "Ines Carvalho" }).click();
  await page.getByRole("button", { name: "Correct the address" }).click();
  const dialog = page.getByRole("dialog", { name: "Correct the address" });
  await expect(dialog.getByLabel("E-mail address")).toHaveValue(wrong);
  await dialog.getByLabel("E-mail address").fill(company.managerAddress);
  await dialog.getByRole("button", { name: "Correct the address" }).click();
  await expect(dialog.getByText("Somebody with this e-mail address is a user already.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("E-mail address").fill(right);
  await dialog.getByRole("button", { name: "Correct the address" }).click();
  await expect(page.getByText(`The address is corrected: ${right}.`)).toBeVisible();
  await expect(page.locator(".person")).toContainText(right);
  await seatwise.newestLetter(right, SUBJECT.invite);
  await expectAccessible(page);
});

test("an invite that didn't arrive says so, and is sent again", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/users", { user: 3 });
  const email = `full.${company.id}@example.com`;
  const { member } = await company.add(email, { name: "Full Mailbox" });
  await seatwise.newestLetter(email, SUBJECT.invite);
  await seatwise.sql("UPDATE outbox SET state = 'failed', failure = 'The mailbox is full' WHERE company_id = ?1 AND receiver = ?2", company.id, email);
  await page.goto(`/users/${member.id}`);
  await expect(page.getByText("The invite didn't arrive")).toBeVisible();
  await expect(page.getByText(/The mailbox is full/).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send again", exact: true }).click();
  await expect(page.getByText("The letter is on its way again.")).toBeVisible();
  await expect(page.getByText("The invite didn't arrive")).toBeHidden();
});
