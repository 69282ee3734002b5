// What a manager does about licences and finds out about them, and what the desk checks: in the browser, step by step.
import AxeBuilder from "@axe-core/playwright";
import { addLearnersBySql, overdrawBySql } from "../support/database.mjs";
import { expect, linkIn, SUBJECT, test } from "./support/seatwise.mjs";

const DAY = 86_400_000;
const date = (days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const idOf = async (company, address) =>
  (await company.manager.get(company.path(`members?search=${encodeURIComponent(address)}`))).body.items[0].id;

/** The numbers of a row of a table, in order. A dash is nothing. */
async function numbers(row) {
  const texts = await row.locator("td.num").allInnerTexts();
  return texts.map((text) => Number(text.replaceAll(",", "").replace("\u2212", "-").replace("+", "").replace("–", "0")));
}

async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

test("each figure leads to the orders whose sum it is and to what moved it, and both add up", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 8 });
  await company.give("user", 5, { starts_on: date(-100) });
  for (let count = 0; count < 3; count++) await company.learner();
  const { member } = await company.add();
  await company.manager.post(company.path("members/removed"), { members: [member.id] });
  await company.add();
  const figures = await company.figures();
  await seatwise.lendSession(page, company.manager);
  await page.goto("/dashboard");
  await page.getByRole("link", { name: /^In use: 3\./ }).click();
  const panel = page.getByRole("dialog", { name: "User licences: where they are" });
  await expect(panel).toBeVisible();
  await expect(page).toHaveURL(/\/dashboard\/user$/);

  const [available, inUse, pending, total] = figures;
  for (const name of ["The sum of these orders", "What moved it"]) {
    const rows = panel.getByRole("region", { name }).locator("tbody tr");
    await expect(rows.last()).toContainText(name === "What moved it" ? "Now" : "Together");
    const lines = [];
    for (const row of await rows.all()) lines.push(await numbers(row));
    const sum = lines.slice(0, -1).reduce((sums, line) => sums.map((value, index) => value + (line[index] ?? 0)), [0, 0, 0, 0]);
    expect(lines.at(-1), name).toEqual([available, inUse, pending, total]);
    expect(sum, `${name} adds up`).toEqual([available, inUse, pending, total]);
  }
  await expect(panel.getByRole("row", { name: /Invites accepted/ })).toBeVisible();
  await expectAccessible(page);
  // Counted from today, the same movements lead from nothing to now.
  await panel.getByLabel("Since").fill(date(0));
  await expect(panel.getByText(/^Before .* \(UTC\)$/)).toBeVisible();
  await panel.getByRole("button", { name: "Close" }).click();
  await expect(panel).toBeHidden();
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("closing what was opened leads back to where it was opened, and no step further", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 3 });
  await company.learner();
  await seatwise.lendSession(page, company.manager);
  await page.goto("/users");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Dashboard" }).click();
  await page.getByRole("link", { name: /^In use: 1\./ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/users$/);
  await page.goForward();
  await page.getByRole("main").getByRole("link", { name: "Request licences", exact: true }).first().click();
  await page.getByRole("dialog", { name: "Request licences" }).getByRole("button", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(heading(page, "Dashboard")).toBeVisible();
  // Where nobody knows what was before, it goes on to the page below.
  await page.goto("/licences/orders?request=user");
  await page.getByRole("dialog", { name: "Request licences" }).getByRole("button", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/\/licences\/orders$/);
  await page.goto("/dashboard/user");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("the name of each figure leads to what it counts", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 3, content: 2 });
  const learner = await company.learner();
  await company.add("still.pending@example.com");
  const id = await idOf(company, learner.address);
  await company.manager.post(company.path("licences/given"), { members: [id], kind: "content" });
  expect(await company.figures("content")).toEqual([1, 1, 0, 2]);
  await seatwise.lendSession(page, company.manager);
  const card = (kind) => page.locator("section", { has: page.getByRole("heading", { name: kind, exact: true }) });
  const rows = page.locator("tbody tr");
  const expectOnly = async (address) => {
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(address);
  };
  await page.goto("/dashboard");
  await card("User licences").getByRole("link", { name: "In use", exact: true }).click();
  await expect(page).toHaveURL(/\/users\?standing=in_use$/);
  await expectOnly(learner.address);
  await page.goBack();
  await card("User licences").getByRole("link", { name: "Pending invite", exact: true }).click();
  await expectOnly("still.pending@example.com");
  await page.goBack();
  await card("Content licences").getByRole("link", { name: "In use", exact: true }).click();
  await expect(page.getByLabel("Kind")).toHaveValue("content");
  await expectOnly(learner.address);
  await page.goBack();
  await card("Content licences").getByRole("link", { name: "Total licences", exact: true }).click();
  await expect(page).toHaveURL(/\/licences$/);
  await expect(rows).toHaveCount(2);
});

test("a negative balance says which sync added whom and what settles it", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 3 });
  const [first, second] = [await company.learner("first.sync@example.com"), await company.learner("second.sync@example.com")];
  const [firstId, secondId] = [await idOf(company, first.address), await idOf(company, second.address)];
  await overdrawBySql(seatwise, company, secondId, Date.now() - 60_000);
  await overdrawBySql(seatwise, company, firstId, Date.now() - 3_600_000);
  expect(await company.figures("content")).toEqual([-2, 2, 0, 0]);
  await seatwise.lendSession(page, company.manager);
  await page.goto("/dashboard");
  await page.getByRole("link", { name: "Why is this negative?" }).click();
  const panel = page.getByRole("dialog");
  await expect(panel.getByText("2 content licences overdrawn")).toBeVisible();
  await expect(panel.locator(".people li").first()).toContainText("first.sync@example.com");
  await expect(panel.locator(".people li").first()).toContainText("by the directory sync · sync 7");
  await expectAccessible(page);
  await panel.getByRole("link", { name: "Request 2 content licences" }).click();
  await expect(page).toHaveURL(/request=content&quantity=2$/);
  // One comes: the oldest settles, the other goes on being overdrawn.
  await company.give("content", 1);
  expect(await company.figures("content")).toEqual([-1, 2, 0, 1]);
  await page.goto(`/users/${firstId}`);
  await expect(page.getByText(/^In use since .*, from ORD-\d+, until /).nth(1)).toBeVisible();
  await page.goto(`/users/${secondId}`);
  await expect(page.getByText(/without a licence to draw on/)).toBeVisible();
});

test("what is overdrawn is told though a group has licences set aside", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 3 });
  const { address } = await company.learner("outside.group@example.com");
  const north = (await company.manager.post(company.path("groups"), { name: "North" })).body;
  await company.give("content", 10, { group: north.id });
  await overdrawBySql(seatwise, company, await idOf(company, address), Date.now() - 60_000);
  await seatwise.lendSession(page, company.manager);
  await page.goto("/dashboard");
  const attention = page.locator("section.card", { hasText: "Needs attention" });
  await expect(attention.getByText("1 content licence overdrawn")).toBeVisible();
  await attention.getByRole("link", { name: "Request 1", exact: true }).click();
  await expect(page).toHaveURL(/request=content&quantity=1$/);
  await page.goto("/licences");
  await expect(page.getByRole("row", { name: /0 content licences.*Overdrawn/ })).toContainText("−1");
  await page.goto(`/users/${await idOf(company, address)}`);
  await expect(page.getByText("Overdrawn", { exact: true }).first()).toBeVisible();
});

test("the forecast says who will be left without a licence, and afterwards who was", async ({ page, seatwise }) => {
  const company = await seatwise.company();
  await company.give("user", 3, { starts_on: date(-300) });
  for (const address of ["ana.left@example.com", "ben.left@example.com", "eve.left@example.com"]) await company.learner(address);
  await company.give("user", 1, { starts_on: date(-10) });
  // Ben was active longest ago, so he is the one who would not move on, with Eve.
  for (const [address, days] of [["ana.left@example.com", 0], ["ben.left@example.com", 200], ["eve.left@example.com", 20]]) {
    await seatwise.sql("UPDATE licences SET active_on = ?1 WHERE company_id = ?2 AND member_id = ?3", Math.floor(Date.now() / DAY) - days, company.id, await idOf(company, address));
  }
  await seatwise.lendSession(page, company.manager);
  await page.goto("/licences/forecast");
  const row = page.getByRole("region", { name: "By order" }).getByRole("row", { name: /ORD-0001/ });
  await expect(row).toBeVisible();
  expect(await numbers(row)).toEqual([3, 1, 2, 0]);
  await expectAccessible(page);
  await row.getByRole("link", { name: /don't move on/ }).click();
  await expect(heading(page, "Who doesn't move on")).toBeVisible();
  await expect(page.getByText(/^As things are today, 2 people would be left/)).toBeVisible();
  const people = page.getByRole("region", { name: "Who doesn't move on" }).locator("tbody tr");
  await expect(people).toHaveCount(2);
  await expect(people.nth(0)).toContainText("ben.left@example.com");
  await expect(people.nth(1)).toContainText("eve.left@example.com");
  await expectAccessible(page);
  // The lot ends. Nobody has run anything; whoever looks finds it as it must be.
  const [lot] = await seatwise.sql("SELECT id, ends_at FROM lots WHERE company_id = ?1 AND quantity = 3 AND overdraft = 0", company.id);
  const database = await seatwise.database();
  const over = Date.now() - 1_000;
  await database.batch([
    database.prepare("UPDATE licences SET ends_at = ?1 WHERE company_id = ?2 AND lot_id = ?3").bind(over, company.id, lot.id),
    database.prepare("UPDATE lots SET ends_at = ?1 WHERE company_id = ?2 AND id = ?3").bind(over, company.id, lot.id),
  ]);
  await page.reload();
  await expect(page.getByText(/^2 people held a licence .* and didn't move on/)).toBeVisible();
  await expect(people.nth(0)).toContainText("ben.left@example.com");
  expect(await company.figures()).toEqual([0, 1, 0, 1]);
  await people.nth(0).getByRole("link").click();
  await expect(page.getByText(/had not been active for 90 days/)).toBeVisible();
});

test("the history says who held a licence on a day", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 2 });
  await company.learner("held.today@example.com");
  await seatwise.lendSession(page, company.manager);
  await page.goto("/licences/history");
  await expect(page.getByRole("row", { name: /held\.today@example\.com.*In use/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Who held a licence on").fill(date(-1));
  await expect(page.getByText("Nobody held one")).toBeVisible();
});

test("where hardly anybody held a licence, the history asks before it looks on for ever", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 1300 });
  await addLearnersBySql(seatwise, company.id, 1, 1200);
  let looks = 0;
  page.on("request", (request) => (looks += Number(request.url().includes("/holders/content"))));
  await seatwise.lendSession(page, company.manager);
  await page.goto("/licences/history?kind=content");
  await expect.poll(() => looks, { timeout: 20_000 }).toBe(21);
  await page.waitForTimeout(500);
  expect(looks).toBe(21);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(page.getByText("Nobody held one", { exact: true })).toBeVisible();
});

test("the day and the kind of the history stand in the address, and people in the order of names", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 3 });
  for (const [email, name] of [["first", "Zoë Last"], ["second", "Émile Middle"], ["third", "Ada First"]]) {
    await company.add(`${email}.${company.id}@example.com`, { name });
  }
  await seatwise.lendSession(page, company.manager);
  await page.goto("/licences/history");
  const rows = page.getByRole("region", { name: "Holders" }).locator("tbody tr");
  await expect(rows).toContainText(["Ada First", "Émile Middle", "Zoë Last"]);
  await page.getByLabel("Who held a licence on").fill(date(-1));
  await expect(page).toHaveURL(`/licences/history?on=${date(-1)}&kind=user`);
  await page.getByLabel("Kind").selectOption("content");
  await expect(page).toHaveURL(`/licences/history?on=${date(-1)}&kind=content`);
  await page.reload();
  await expect(page.getByLabel("Who held a licence on")).toHaveValue(date(-1));
  await expect(page.getByLabel("Kind")).toHaveValue("content");
  await page.goBack();
  await expect(page.getByLabel("Kind")).toHaveValue("user");
  // What no day is, or one to come, is today.
  await page.goto("/licences/history?on=2026-13-45");
  await expect(page.getByLabel("Who held a licence on")).toHaveValue(date(0));
  await expect(rows).toHaveCount(3);
});

test("the audit at the desk finds a wrong counter and puts it right", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 4 });
  await company.learner();
  await seatwise.lendSession(page, company.desk);
  await page.goto(`/desk/companies/${company.id}/settings`);
  await page.getByRole("button", { name: "Run the audit" }).click();
  await expect(page.getByText("All is well")).toBeVisible();
  await seatwise.sql("UPDATE lots SET pending = 2 WHERE company_id = ?1 AND quantity = 4", company.id);
  await page.getByRole("button", { name: "Run the audit" }).click();
  await expect(page.getByRole("row", { name: /A lot's counters.*2 pending, 1 in use.*0 pending, 1 in use/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Put the counters right" }).click();
  await expect(page.getByText("All is well")).toBeVisible();
  expect(await company.figures()).toEqual([3, 1, 0, 4]);
});

test("a manager removes somebody, brings them back, and gives the licence on", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 1 });
  const learner = await company.learner("kim@example.com");
  await seatwise.lendSession(page, company.manager);
  await page.goto("/users");
  await page.getByRole("link", { name: "kim@example.com" }).click();
  await expect(heading(page, "kim@example.com")).toBeVisible();
  await expect(page.getByText(/^In use since .*, from ORD-0001, until /)).toBeVisible();
  await expectAccessible(page);

  const dialog = page.getByRole("dialog");
  const act = async (name) => {
    await page.getByRole("button", { name, exact: true }).click();
    await expectAccessible(page);
    await dialog.getByRole("button", { name, exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  await act("Remove");
  await expect(page.getByText("Sam Okafor took it back on").first()).toBeVisible();
  expect(await company.figures()).toEqual([1, 0, 0, 1]);
  expect((await learner.get("/api/v1/me/licences")).status).toBe(401);
  await act("Bring back");
  await expect(page.getByText("kim@example.com is back.")).toBeVisible();
  expect(await company.figures()).toEqual([0, 1, 0, 1]);

  await page.getByRole("button", { name: "Give to somebody else" }).click();
  await dialog.getByLabel("E-mail address").fill("lee@example.com");
  await dialog.getByRole("button", { name: "Give to somebody else" }).click();
  await expect(heading(page, "lee@example.com")).toBeVisible();
  await expect(page.getByText(/^Reserved since .* The invite can be accepted until /)).toBeVisible();
  expect(await company.figures()).toEqual([0, 0, 1, 1]);
  const invite = linkIn(await seatwise.newestLetter("lee@example.com", SUBJECT.invite));

  await act("Withdraw the invite");
  await expect(page.getByText(/^Sam Okafor withdrew the invite on /)).toBeVisible();
  expect(await company.figures()).toEqual([1, 0, 0, 1]);
  const visitor = await page.context().browser().newPage();
  await visitor.goto(invite);
  await expect(visitor.getByText("This invite was withdrawn")).toBeVisible();
  await visitor.close();
  await page.goto(`/users/${await seatwise.sql("SELECT id FROM members WHERE company_id = ?1 AND email = 'kim@example.com'", company.id).then(([row]) => row.id)}`);
  await expect(page.getByText(/^Sam Okafor gave it to lee@example\.com on /)).toBeVisible();
});

test("adding somebody who was removed offers to bring them back", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 2 });
  const { member } = await company.add("again@example.com");
  await company.manager.post(company.path("members/removed"), { members: [member.id] });
  await seatwise.lendSession(page, company.manager);
  await page.goto("/users?add=1");
  await page.getByLabel("E-mail address").fill("again@example.com");
  await page.getByRole("button", { name: "Add and invite" }).click();
  await expect(page.getByText("Was here before")).toBeVisible();
  await page.getByRole("button", { name: "Bring back" }).click();
  await expect(heading(page, "again@example.com")).toBeVisible();
  await expect(page.getByText(/^Reserved since /)).toBeVisible();
  expect(await company.figures()).toEqual([1, 0, 1, 2]);
});

test("licences end early for a group and for a person, and never later than their order", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 3 });
  await company.learner("grouped@example.com");
  await seatwise.lendSession(page, company.manager);
  await page.goto("/users/groups");
  await expect(page.getByText("No groups yet")).toBeVisible();
  await page.getByRole("button", { name: "Create a group" }).first().click();
  await page.getByRole("dialog").getByLabel("Name of the group").fill("Finance");
  await page.getByRole("dialog").getByRole("button", { name: "Create a group" }).click();
  await expect(page.getByRole("row", { name: /Finance/ })).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/users/${await idOf(company, "grouped@example.com")}`);
  await page.getByRole("button", { name: "Choose a group" }).click();
  await page.getByRole("dialog").getByLabel("Group").selectOption("Finance");
  await page.getByRole("dialog").getByRole("button", { name: "Choose a group" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.goto("/users/groups");
  await page.getByRole("button", { name: "Set an end date for Finance" }).click();
  await page.getByRole("dialog").getByLabel("First day without a licence").fill(date(0));
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/^Choose a day after today/)).toBeVisible();
  await page.getByRole("dialog").getByLabel("First day without a licence").fill(date(30));
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The end date of Finance is changed.")).toBeVisible();
  const ends = async () => (await company.manager.get(company.path("members?search=grouped"))).body.items[0].user.ends_at;
  expect(new Date(await ends()).toISOString().slice(0, 10)).toBe(date(30));

  await page.goto(`/users/${await idOf(company, "grouped@example.com")}`);
  await page.getByRole("button", { name: "Set an end date" }).click();
  await page.getByRole("dialog").getByLabel("First day without a licence").fill("2099-01-01");
  await page.getByRole("dialog").getByRole("button", { name: "Set an end date" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  // The own date goes first, and the order's end before it.
  expect(new Date(await ends()).getUTCFullYear()).toBe(new Date().getUTCFullYear() + 1);
});

test("settings say what follows from them, and are kept", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 1 });
  await seatwise.lendSession(page, company.manager);
  await page.goto("/settings/licences");
  await expect(page.getByLabel("Those that end first")).toBeChecked();
  await expect(page.getByLabel("Whoever was active in the last 90 days moves on")).toBeChecked();
  await page.getByLabel("Those that end last").check();
  await page.getByLabel("Nobody moves on").check();
  await page.getByLabel("At most so many licences of each kind").fill("-3");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/^Enter a whole number from 0 to 1,000,000/)).toBeVisible();
  await page.getByLabel("The person waits").check();
  await expect(page.getByLabel("At most so many licences of each kind")).toBeHidden();
  await page.getByLabel("The balance becomes negative").check();
  await page.getByLabel("At most so many licences of each kind").fill("12");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/^3 settings saved: Which licences are given out first, /)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Those that end last")).toBeChecked();
  await expect(page.getByLabel("Nobody moves on")).toBeChecked();
  await expect(page.getByLabel("At most so many licences of each kind")).toHaveValue("12");
  await page.goto("/licences/forecast");
  await expect(page.getByText(/nobody moves on to others/)).toBeVisible();
});
