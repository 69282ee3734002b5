// The account manager's desk: orders settled, companies looked after, colleagues, and how letters leave.
import AxeBuilder from "@axe-core/playwright";
import { assign, requestLicences, signIn } from "../../worker/local/steps.mjs";
import { overdrawBySql } from "../support/database.mjs";
import { expect, test } from "./support/seatwise.mjs";

const DAY = 86_400_000;
const date = (days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const table = (page, name) => page.getByRole("region", { name, exact: true });
const row = (page, name, text) => table(page, name).locator("tbody tr").filter({ hasText: text });
const dialog = (page, name) => page.getByRole("dialog", { name, exact: true });

async function expectAccessible(page) {
  // A letter in its frame runs no script, so axe can't look into it.
  const { violations } = await new AxeBuilder({ page }).exclude("iframe").withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

/** Opens a page of the desk. */
async function atDesk(page, seatwise, path, session) {
  await seatwise.lendSession(page, session ?? (await seatwise.desk()));
  await page.goto(path);
}

/** Invites somebody to the desk through the API, and signs them in. */
async function colleague(seatwise, name) {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;
  const invited = await (await seatwise.desk()).post("/api/v1/desk/staff", { email, name });
  expect(invited.status, invited.text).toBe(201);
  return { email, browser: await signIn(seatwise, email) };
}

test("an order is assigned in part, and then the rest", async ({ page, seatwise }) => {
  const company = await seatwise.company();
  await company.manager.post(company.path("orders"), { kind: "user", quantity: 300, reference: "PO 4711", message: "For the new course" });
  await atDesk(page, seatwise, "/desk");
  await expect(heading(page, "Orders waiting")).toBeVisible();
  const order = row(page, "Orders waiting", company.name);
  await expect(order).toContainText("300 user");
  await expect(order).toContainText("PO 4711");
  await expect(order).toContainText("For the new course");
  await expect(order).toContainText("0 → 300");
  await expectAccessible(page);

  await page.getByRole("button", { name: `Assign ORD-0001 of ${company.name}` }).click();
  const assigning = dialog(page, "Assign licences");
  await expect(assigning.getByLabel("How many?")).toHaveValue("300");
  await assigning.getByLabel("How many?").fill("100");
  await expect(assigning).toContainText("200 stay open.");
  await expect(assigning).toContainText("User licences available: 0 → 100");
  await expectAccessible(page);
  await assigning.getByLabel("Note to the managers").fill("The rest comes on Monday.");
  await assigning.getByRole("button", { name: "Assign", exact: true }).click();
  await expect(page.getByText(`100 user licences assigned to ${company.name}. 200 stay open.`)).toBeVisible();
  await expect(order).toContainText("200 of 300 user");
  await expect(order).toContainText("100 → 300");
  expect(await company.figures()).toEqual([100, 0, 0, 100]);

  await page.getByRole("button", { name: `Assign ORD-0001 of ${company.name}` }).click();
  await expect(assigning.getByLabel("How many?")).toHaveValue("200");
  await assigning.getByLabel("How many?").fill("201");
  await assigning.getByRole("button", { name: "Assign", exact: true }).click();
  await expect(assigning.getByLabel("How many?")).toHaveAttribute("aria-invalid", "true");
  await assigning.getByLabel("How many?").fill("200");
  await assigning.getByRole("button", { name: "Assign", exact: true }).click();
  await expect(order).toHaveCount(0);
  expect(await company.figures()).toEqual([300, 0, 0, 300]);
});

test("an order that somebody else has just assigned a part of is not assigned by mistake", async ({ page, seatwise }) => {
  const company = await seatwise.company();
  const { id } = await requestLicences(company.manager, company.id, "content", 40);
  await atDesk(page, seatwise, "/desk");
  await page.getByRole("button", { name: `Assign ORD-0001 of ${company.name}` }).click();
  await assign(company.desk, id, { quantity: 15, open: 40 });
  await dialog(page, "Assign licences").getByRole("button", { name: "Assign", exact: true }).click();
  await expect(dialog(page, "Assign licences").getByRole("alert")).toContainText("The order has changed meanwhile");
  await page.keyboard.press("Escape");
  await expect(row(page, "Orders waiting", company.name)).toContainText("25 of 40 content");
  expect(await company.figures("content")).toEqual([15, 0, 0, 15]);
});

test("a renewal starts at the old end unless told otherwise, for the group that it was requested for", async ({ page, seatwise }) => {
  const company = await seatwise.company();
  const group = (await company.manager.post(company.path("groups"), { name: "North" })).body;
  await company.give("user", 10, { starts_on: date(-330) });
  const lot = (await company.manager.get(company.path("lots"))).body.items[0];
  const renewal = { kind: "user", quantity: 10, group: group.id, renews: lot.id };
  expect((await company.manager.post(company.path("orders"), renewal)).status).toBe(201);
  await atDesk(page, seatwise, "/desk");
  const order = row(page, "Orders waiting", company.name);
  await expect(order).toContainText("renews ORD-0001");
  await expect(order).toContainText("for North");
  await page.getByRole("button", { name: `Assign ORD-0002 of ${company.name}` }).click();
  const assigning = dialog(page, "Assign licences");
  await expect(assigning).toContainText("Left empty: when the old licences end");
  await expect(assigning).toContainText("when they come into force");
  await expect(assigning.getByLabel("For whom")).toHaveValue("requested");
  await assigning.getByLabel("For whom").selectOption({ label: "Everybody" });
  await assigning.getByRole("button", { name: "Assign", exact: true }).click();
  await expect(order).toHaveCount(0);
  const lots = (await company.manager.get(company.path("lots"))).body.items;
  expect(lots.map(({ group_id, starts_at }) => [group_id, starts_at])).toEqual([[null, lot.starts_at], [null, lot.ends_at]]);
});

test("an order is declined with a reason that its managers read", async ({ page, seatwise }) => {
  const company = await seatwise.company();
  const order = await requestLicences(company.manager, company.id, "user", 7);
  await atDesk(page, seatwise, "/desk?all=1");
  await page.getByRole("button", { name: `Decline ORD-0001 of ${company.name}` }).click();
  const declining = dialog(page, "Decline the order");
  await declining.getByRole("button", { name: "Decline", exact: true }).click();
  await expect(declining.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await declining.getByLabel("Reason").fill("The budget code is missing.");
  await declining.getByRole("button", { name: "Decline", exact: true }).click();
  await expect(row(page, "Orders waiting", company.name)).toHaveCount(0);
  const { body } = await company.manager.get(company.path(`orders/${order.id}`));
  expect([body.order.status, body.order.reason]).toEqual(["declined", "The budget code is missing."]);
});

test("a company is created with its first manager, found by a word of its name, and settled on its page", async ({ page, seatwise }) => {
  await atDesk(page, seatwise, "/desk/companies");
  await expect(heading(page, "Companies")).toBeVisible();
  await page.getByRole("button", { name: "Create company" }).first().click();
  const creating = dialog(page, "Create company");
  await creating.getByLabel("Name of the company").fill("Blue Harbour Academy");
  await creating.getByLabel("Name", { exact: true }).fill("Mina Sato");
  await creating.getByLabel("E-mail address").fill("no address");
  await expectAccessible(page);
  await creating.getByRole("button", { name: "Create company" }).click();
  await expect(creating.getByLabel("E-mail address")).toHaveAttribute("aria-invalid", "true");
  await creating.getByLabel("E-mail address").fill("mina.sato@example.com");
  await creating.getByLabel("Every new user also gets a content licence").check();
  await creating.getByLabel("Language of mails").selectOption("Deutsch");
  await creating.getByRole("button", { name: "Create company" }).click();
  await expect(heading(page, "Blue Harbour Academy")).toBeVisible();
  await expect(page.getByText("mina.sato@example.com")).toBeVisible();
  await expect(page.getByText("Invited", { exact: true })).toBeVisible();
  expect((await seatwise.newestLetter("mina.sato@example.com")).html).toContain('lang="de"');
  await expectAccessible(page);

  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await expect(page.getByLabel("Every new user also gets a content licence")).toBeChecked();
  await page.getByLabel("Days for which an invite is open").fill("20");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByLabel("Name of the company").fill("Blue Harbour College");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(heading(page, "Blue Harbour College")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Days for which an invite is open")).toHaveValue("20");
  await expectAccessible(page);

  await page.goto("/desk/companies");
  await page.getByRole("searchbox").pressSequentially("harb", { delay: 20 });
  await expect(page).toHaveURL(/search=harb/);
  await expect(table(page, "Companies").locator("tbody tr")).toHaveCount(1);
  await expectAccessible(page);
  await page.getByRole("searchbox").fill("nobody is called so");
  await expect(page.getByText("No company like this")).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export as CSV" }).click()]);
  expect(download.suggestedFilename()).toBe("companies.csv");
});

test("a company is handed over to a colleague, who then finds it among their own", async ({ page, browser, seatwise }) => {
  const company = await seatwise.company();
  await requestLicences(company.manager, company.id, "user", 4);
  const dana = await colleague(seatwise, "Dana Petrov");
  const context = await browser.newContext({ baseURL: seatwise.origin });
  const theirs = await context.newPage();
  await atDesk(theirs, seatwise, "/desk", dana.browser);
  await expect(theirs.getByText("None of your companies' orders wait")).toBeVisible();
  await theirs.getByRole("main").getByRole("link", { name: "Show all" }).click();
  await expect(row(theirs, "Orders waiting", company.name)).toHaveCount(1);

  await atDesk(page, seatwise, `/desk/companies/${company.id}`);
  await page.getByRole("button", { name: "Hand over" }).click();
  const handing = dialog(page, "Hand over");
  await handing.getByLabel("To whom").selectOption({ label: "Dana Petrov · 0 companies" });
  await expectAccessible(page);
  await handing.getByRole("button", { name: "Hand over" }).click();
  await expect(page.getByText(`Dana Petrov looks after ${company.name} now.`)).toBeVisible();
  await expect(page.getByText(dana.email)).toBeVisible();

  await theirs.goto("/desk");
  await expect(row(theirs, "Orders waiting", company.name)).toHaveCount(1);
  await theirs.getByRole("link", { name: "Companies" }).click();
  await expect(table(theirs, "Companies").locator("tbody tr")).toHaveCount(1);
  await theirs.getByRole("link", { name: "Staff" }).click();
  await expect(heading(theirs, "Staff")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Invite a colleague" })).toHaveCount(0);
  await context.close();
});

test("on a company's page an order is assigned, a lot reduced and another one extended, each with a reason", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 20 });
  await company.add();
  await requestLicences(company.manager, company.id, "content", 6);
  await atDesk(page, seatwise, `/desk/companies/${company.id}`);
  await page.getByRole("button", { name: `Assign ORD-0002 of ${company.name}` }).click();
  await dialog(page, "Assign licences").getByRole("button", { name: "Assign", exact: true }).click();
  await expect(row(page, "Licences by order", "6 content")).toHaveCount(1);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Correct the licences of ORD-0001" }).click();
  await page.getByRole("button", { name: "Reduce" }).click();
  const reducing = dialog(page, "Reduce");
  await expect(reducing).toContainText("1 of them is held");
  await reducing.getByLabel("New quantity").fill("0");
  await reducing.getByLabel("Reason").fill("Two too many were ordered.");
  await reducing.getByRole("button", { name: "Reduce" }).click();
  await expect(reducing.getByRole("alert")).toContainText("more of its licences are held than would be left");
  await reducing.getByLabel("New quantity").fill("18");
  await expect(reducing).toContainText("Available from this order: 19 → 17.");
  await expectAccessible(page);
  await reducing.getByRole("button", { name: "Reduce" }).click();
  await expect(row(page, "Licences by order", "18 user")).toHaveCount(1);
  expect(await company.figures()).toEqual([17, 0, 1, 18]);

  const before = (await company.manager.get(company.path("lots"))).body.items.find(({ kind }) => kind === "user").ends_at;
  await page.getByRole("button", { name: "Correct the licences of ORD-0001" }).click();
  await page.getByRole("button", { name: "Let it end later" }).click();
  const extending = dialog(page, "Let it end later");
  await extending.getByLabel("First day without a licence").fill(new Date(before + 40 * DAY).toISOString().slice(0, 10));
  await extending.getByLabel("Reason").fill("As agreed on the phone.");
  await expectAccessible(page);
  await extending.getByRole("button", { name: "Let it end later" }).click();
  await expect(page.getByText("The licences of ORD-0001 end later now.")).toBeVisible();
  const after = (await company.manager.get(company.path("lots"))).body.items.find(({ kind }) => kind === "user").ends_at;
  expect(after - before).toBeGreaterThan(38 * DAY);
  await expect(page.getByText("As agreed on the phone.")).toBeVisible();

  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(table(page, "Users").locator("tbody tr")).toHaveCount(2);
  await page.getByLabel("Which users are shown").selectOption("pending");
  await expect(table(page, "Users").locator("tbody tr")).toHaveCount(1);
  await expectAccessible(page);
});

test("what ends soon and what is overdrawn stand in lists of their own, and can be exported", async ({ page, seatwise }) => {
  const company = await seatwise.company({ content: 2 });
  await company.give("user", 12, { starts_on: date(-300) });
  await company.learner();
  const [{ id }] = (await company.manager.get(company.path("members?standing=in_use"))).body.items;
  await overdrawBySql(seatwise, company, id, Date.now() - 3 * DAY);
  await atDesk(page, seatwise, "/desk/ending");
  await expect(heading(page, "Ending")).toBeVisible();
  const ending = row(page, "Ending", company.name);
  await expect(ending).toContainText("12 user licences");
  await expect(ending).toContainText("None yet");
  await expectAccessible(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export as CSV" }).click()]);
  expect(download.suggestedFilename()).toBe("ending.csv");

  await page.getByRole("link", { name: "Overdrawn" }).click();
  await expect(heading(page, "Overdrawn")).toBeVisible();
  const overdrawn = row(page, "Overdrawn", company.name);
  await expect(overdrawn).toContainText("1 content");
  await expect(overdrawn).toContainText("100");
  await expectAccessible(page);
  await page.getByRole("main").getByRole("link", { name: "All", exact: true }).click();
  await expect(page).toHaveURL(/all=1/);
  await expect(overdrawn).toHaveCount(1);
});

test("a colleague is invited, changed, and removed when another takes over", async ({ page, seatwise }) => {
  await atDesk(page, seatwise, "/desk/staff");
  await page.getByRole("button", { name: "Invite a colleague" }).click();
  const inviting = dialog(page, "Invite a colleague");
  await inviting.getByLabel("Name", { exact: true }).fill("Noor Haddad");
  await inviting.getByLabel("E-mail address").fill("desk@example.com");
  await inviting.getByRole("button", { name: "Invite" }).click();
  await expect(inviting.getByLabel("E-mail address")).toHaveAttribute("aria-invalid", "true");
  await inviting.getByLabel("E-mail address").fill("noor.haddad@example.com");
  await expectAccessible(page);
  await inviting.getByRole("button", { name: "Invite" }).click();
  const noor = row(page, "Staff", "Noor Haddad");
  await expect(noor).toContainText("Account manager");
  await page.getByRole("button", { name: "Edit Noor Haddad" }).click();
  await dialog(page, "Edit").getByLabel("Telephone").fill("+44 20 7946 0018");
  await dialog(page, "Edit").getByRole("button", { name: "Save" }).click();
  await expect(noor).toContainText("+44 20 7946 0018");

  const company = await seatwise.company();
  const { body } = await (await seatwise.desk()).get("/api/v1/desk/staff");
  const [{ id }, robin] = ["Noor Haddad", "Robin Hale"].map((who) => body.items.find(({ name }) => name === who));
  expect((await company.desk.put(`/api/v1/desk/companies/${company.id}/account-manager`, { staff: id })).status).toBe(200);
  await page.reload();
  await page.getByRole("button", { name: "Remove Noor Haddad" }).click();
  const removing = dialog(page, "Remove");
  await removing.getByLabel("Who takes over the 1 company").selectOption(robin.id);
  await expectAccessible(page);
  await removing.getByRole("button", { name: "Remove" }).click();
  await expect(noor).toHaveCount(0);
  await expect(page.getByText("removed Noor Haddad")).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/desk/companies/${company.id}`);
  await expect(page.getByText("Robin Hale").first()).toBeVisible();
});

test("the mail page says how letters leave, what is missing, and what letters look like", async ({ page, seatwise }) => {
  await atDesk(page, seatwise, "/desk/mail");
  await expect(heading(page, "Mail")).toBeVisible();
  await expect(page.getByText("Through a mail provider")).toBeVisible();
  await page.getByLabel("Letter", { exact: true }).selectOption({ label: "Licences ready" });
  await expect(page.frameLocator("iframe").locator("body")).toContainText(/licences/);
  await expectAccessible(page);
  await page.getByRole("link", { name: "As plain text" }).click();
  await expect(page).toHaveURL(/letter=licences_ready&as=text/);
  await expect(page.frameLocator("iframe").locator("body")).toContainText(/licences/);
});

test("while no letter can leave, every page of the desk says so", async ({ page, seatwise }) => {
  const state = {
    transport: null, from: "Seatwise <seatwise@example.com>", missing: ["transport", "sender"], queued: 3, oldest: Date.now() - 5 * 3_600_000,
    paused: { since: Date.now() - 7_200_000, until: Date.now() + 600_000, reason: "503 Service Unavailable" }, failed: [], letters: [],
  };
  await page.route("**/api/v1/desk/mail", (route) => route.fulfill({ json: state }));
  await atDesk(page, seatwise, "/desk");
  await expect(page.getByText("Letters can't leave at the moment.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "See what is missing" }).click();
  await expect(page.getByText("Letters have no way out")).toBeVisible();
  await expect(page.getByText("The sender is still an example")).toBeVisible();
  await expect(page.getByText(/503 Service Unavailable/)).toBeVisible();
  await expectAccessible(page);
});
