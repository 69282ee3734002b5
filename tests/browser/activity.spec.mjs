// The activity page: what happened, narrowed down, in the address.
import AxeBuilder from "@axe-core/playwright";
import { addMembersBySql, learnerId } from "../support/database.mjs";
import { csv, importFile } from "../support/imports.mjs";
import { expect, test } from "./support/seatwise.mjs";

const DAY = 86_400_000;
const dayBefore = (days) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

const lines = (page) => page.locator(".activity .log > li");
const chips = (page) => page.getByRole("navigation", { name: "Filters" }).getByRole("link");

/** A company where a few things have happened, its manager at the page. */
async function atActivity(page, seatwise, query = "") {
  const company = await seatwise.company({ user: 40 });
  const petra = (await company.add(`petra.${company.id}@example.com`, { name: "Petra Pending" })).member;
  await company.add(`gus.${company.id}@example.com`, { name: "Gus Gone" });
  await importFile(company, csv(3), "?apply=true");
  await company.manager.post(company.path("licences/taken-back"), { members: [petra.id] });
  await seatwise.lendSession(page, company.manager);
  await page.goto(`/activity${query}`);
  await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
  return { company, petra };
}

test("what happened stands there in plain words, day by day, with links to whom and what it was about", async ({ page, seatwise }) => {
  const { company, petra } = await atActivity(page, seatwise);
  await expect(page.getByRole("heading", { level: 2, name: "Today" })).toBeVisible();
  const line = lines(page).filter({ hasText: "took back 1 user licence of Petra Pending" });
  await expect(line).toHaveCount(1);
  await expect(line.getByRole("link", { name: "Sam Okafor" })).toBeVisible();
  await line.getByRole("group").locator("summary").click();
  await expect(line.getByText("By hand")).toBeVisible();
  await expect(line.getByText(/^Entry \d+, sealed/)).toBeVisible();
  await expectAccessible(page);
  await expect(lines(page).filter({ hasText: "requested 40 user licences" }).getByRole("link", { name: /^ORD-/ })).toBeVisible();
  await line.locator("> span").getByRole("link", { name: "Petra Pending" }).click();
  await expect(page).toHaveURL(new RegExp(`/users/${petra.id}$`));
  // And from there to all that the person's page has no room for.
  await page.getByRole("link", { name: "All activity" }).click();
  await expect(page).toHaveURL(new RegExp(`/activity\\?person=${petra.id}$`));
  await expect(chips(page)).toHaveText([/^Petra Pending/]);
  await expect(lines(page).filter({ hasText: "Gus Gone" })).toHaveCount(0);
  await page.goto("/dashboard");
  await page.getByRole("link", { name: "All activity" }).click();
  await expect(page).toHaveURL(/\/activity$/);
  expect(company.id).toBeTruthy();
});

test("filters stand in the address, are taken off one by one, and go back and forth", async ({ page, seatwise }) => {
  const { petra } = await atActivity(page, seatwise);
  await page.getByLabel("About").selectOption({ label: "People and groups" });
  await expect(page).toHaveURL(/topic=people/);
  await expect(lines(page).filter({ hasText: "took back" })).toHaveCount(0);
  await page.getByLabel("Way in").selectOption({ label: "Import" });
  await expect(page).toHaveURL(/door=import/);
  await expect(lines(page).filter({ hasText: "added Petra" })).toHaveCount(0);
  await expect(lines(page).filter({ hasText: "imported 3 users" })).toHaveCount(1);
  await expect(chips(page)).toHaveCount(3);
  await chips(page).filter({ hasText: "Import" }).click();
  await expect(page).not.toHaveURL(/door=/);
  await expect(lines(page).filter({ hasText: "added Petra" })).toHaveCount(1);
  await page.goBack();
  await expect(page.getByLabel("Way in")).toHaveValue("import");
  await expect(lines(page).filter({ hasText: "added Petra" })).toHaveCount(0);
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/activity$/);
  await expect(chips(page)).toHaveCount(0);
  await page.getByLabel("Person", { exact: true }).fill("petra");
  await expect(page.locator("#people option")).toHaveCount(1);
  await page.getByLabel("Person", { exact: true }).press("Enter");
  await expect(page).toHaveURL(new RegExp(`person=${petra.id}`));
  await expect(chips(page)).toHaveText([/^Petra Pending/]);
  await page.getByLabel("Until").fill(dayBefore(3));
  await expect(page).toHaveURL(/until=/);
  await expect(page.getByText("Nothing in the history fits all these filters.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("main").getByRole("link", { name: "Clear filters" }).last().click();
  await expect(lines(page).filter({ hasText: "took back" })).toHaveCount(1);
});

test("a day that there isn't narrows nothing down", async ({ page, seatwise }) => {
  await atActivity(page, seatwise, "?from=2026-13-45");
  await expect(lines(page).filter({ hasText: "took back" })).toHaveCount(1);
  await expect(chips(page)).toHaveCount(0);
});

test("a long history goes on where it is asked to, and a search through it goes on by itself", async ({ page, seatwise }) => {
  const company = await seatwise.company();
  await addMembersBySql(seatwise, company.id, 1, 1);
  await seatwise.sql(
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 699)
     INSERT INTO events (company_id, at, door, what, member_id) SELECT ?1, ?2 + i * 1000, 'scheduled_run', CASE i WHEN 3 THEN 'invite_sent' ELSE 'member_reminded' END, ?3 FROM n`,
    company.id, Date.now() - 2 * DAY, learnerId(1),
  );
  await seatwise.lendSession(page, company.manager);
  await page.goto("/activity");
  await expect(lines(page)).toHaveCount(30);
  await expect(page.getByRole("status").filter({ hasText: "30 lines are shown; there are more." })).toBeVisible();
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(lines(page)).toHaveCount(60);
  // The one that is wanted is hundreds of lines down.
  await page.goto(`/activity?person=${learnerId(1)}&topic=invites`);
  await expect(lines(page)).toHaveCount(1);
  await expect(page.getByRole("status").filter({ hasText: "1 line is shown." })).toBeVisible();
});

test("a day of the history leads to who held a licence then, and back", async ({ page, seatwise }) => {
  await atActivity(page, seatwise);
  await page.getByRole("link", { name: "Who held a licence on this day" }).click();
  await expect(page).toHaveURL(`/licences/history?on=${dayBefore(0)}`);
  await expect(page.getByLabel("Who held a licence on")).toHaveValue(dayBefore(0));
  await page.goto(`/licences/history?on=${dayBefore(9)}`);
  await expect(page.getByLabel("Who held a licence on")).toHaveValue(dayBefore(9));
  await page.getByRole("link", { name: "What happened on this day" }).click();
  await expect(page).toHaveURL(`/activity?from=${dayBefore(9)}&until=${dayBefore(9)}`);
  await expect(page.getByText("Nothing found")).toBeVisible();
});

test("the file holds what is shown", async ({ page, seatwise }) => {
  await atActivity(page, seatwise, "?topic=people&door=import");
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /^As CSV/ }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("activity.csv");
  const rows = (await (await file.createReadStream()).toArray()).join("").trim().split("\r\n");
  expect(rows).toHaveLength(1 + 4);
});

test("the account manager sees the same of a company, without links to pages that only its managers have", async ({ page, seatwise }) => {
  const { company } = await atActivity(page, seatwise);
  await seatwise.lendSession(page, company.desk);
  await page.goto(`/desk/companies/${company.id}`);
  await page.getByRole("navigation", { name: "Company" }).getByRole("link", { name: "Activity" }).click();
  await expect(lines(page).filter({ hasText: "took back 1 user licence of Petra Pending" })).toHaveCount(1);
  await expect(lines(page).getByRole("link")).toHaveCount(0);
  await page.getByLabel("Way in").selectOption({ label: "Account manager" });
  await expect(page).toHaveURL(`/desk/companies/${company.id}/activity?door=desk`);
  await expect(lines(page).filter({ hasText: "took back" })).toHaveCount(0);
  await expectAccessible(page);
});

test("on a phone everything has its place", async ({ page, seatwise }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await atActivity(page, seatwise, "?topic=people");
  await expect(lines(page).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Activity" })).toBeInViewport();
  await expectAccessible(page);
});

test("Back shows the history as it was left", async ({ page, seatwise }) => {
  const company = await seatwise.company();
  await addMembersBySql(seatwise, company.id, 1, 1);
  await seatwise.sql(
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99)
     INSERT INTO events (company_id, at, door, what, member_id) SELECT ?1, ?2 + i * 1000, 'scheduled_run', 'member_reminded', ?3 FROM n`,
    company.id, Date.now() - 2 * DAY, learnerId(1),
  );
  await seatwise.lendSession(page, company.manager);
  await page.goto("/activity");
  await expect(lines(page)).toHaveCount(30);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(lines(page)).toHaveCount(60);
  const line = lines(page).nth(40);
  await line.evaluate((line) => line.scrollIntoView({ block: "center" }));
  const place = await page.evaluate(() => scrollY);
  await line.locator("> span").getByRole("link", { name: "Learner 1" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Learner 1" })).toBeVisible();
  await page.goBack();
  await expect(lines(page)).toHaveCount(60);
  await expect(line).toBeInViewport();
  expect(Math.abs((await page.evaluate(() => scrollY)) - place)).toBeLessThan(100);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(lines(page)).toHaveCount(90);
});
