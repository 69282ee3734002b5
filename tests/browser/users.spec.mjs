// The list of users: found, narrowed down, and worked on many at once.
import AxeBuilder from "@axe-core/playwright";
import { addLearnersBySql } from "../support/database.mjs";
import { expect, test } from "./support/seatwise.mjs";

async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

const rows = (page) => page.getByRole("region", { name: "Users", exact: true }).locator("tbody tr");
const row = (page, name) => rows(page).filter({ hasText: name });

/** A company with a few users in several places, its manager at the list. */
async function atUsers(page, seatwise, query = "") {
  const company = await seatwise.company({ user: 400 });
  for (const [email, name] of [["petra", "Petra Pending"], ["paul", "Paul Pending"], ["wendy", "Wendy Without"]]) {
    await company.add(`${email}.${company.id}@example.com`, { name });
  }
  const { body } = await company.manager.get(company.path("members?search=wendy"));
  await company.manager.post(company.path("licences/taken-back"), { members: [body.items[0].id] });
  await seatwise.lendSession(page, company.manager);
  await page.goto(`/users${query}`);
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  return company;
}

test("a search, a filter and an order stand in the address, and can be sent to somebody", async ({ page, seatwise }) => {
  const company = await atUsers(page, seatwise);
  await expect(rows(page)).toHaveCount(4);
  await expectAccessible(page);
  await page.getByRole("link", { name: /^Pending 2/ }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(page).toHaveURL(/standing=pending/);
  const asked = [];
  page.on("request", (request) => /\/members\?/.test(request.url()) && asked.push(request.url()));
  await page.getByRole("searchbox").pressSequentially("pending", { delay: 20 });
  await expect(page).toHaveURL(/search=pending/);
  await expect(rows(page)).toHaveCount(2);
  expect(asked.length, "a pause in typing asks, not every letter").toBeLessThanOrEqual(2);
  await page.getByRole("searchbox").fill("petra");
  await expect(rows(page)).toHaveCount(1);
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await expect(row(page, "Petra Pending")).toContainText(`petra.${company.id}@example.com`);
  await page.getByRole("searchbox").fill("nobody is called so");
  await expect(page.getByText("Nobody found")).toBeVisible();
  // Somebody is called so, and stands elsewhere.
  await page.getByRole("searchbox").fill("wendy");
  await expect(page.getByText("With this status or group, no name or e-mail address starts like this.")).toBeVisible();
  await page.getByRole("link", { name: "Search among everybody" }).click();
  await expect(row(page, "Wendy Without")).toBeVisible();
  await page.goto("/users?group=nope");
  await expect(rows(page)).toHaveCount(4);
  await expect(page).toHaveURL(/\/users$/);
});

test("everybody of a list is chosen, moved to a group with a view of what changes, and back again", async ({ page, seatwise }) => {
  const company = await atUsers(page, seatwise);
  await company.manager.post(company.path("groups"), { name: "North" });
  await addLearnersBySql(seatwise, company.id, 1, 120);
  await page.goto("/users?standing=in_use");
  await expect(rows(page)).toHaveCount(30);
  await page.locator("thead input[type=checkbox]").check();
  await page.getByRole("button", { name: "Select all 120" }).click();
  await expect(page.getByText("120 selected")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Move to group" }).click();
  const dialog = page.getByRole("dialog", { name: "Move to group" });
  await expect(dialog.getByText("120 people can be moved.")).toBeVisible();
  await dialog.getByLabel("Group").selectOption("North");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Move to group" }).click();
  await expect(page.getByText("Move to group: done for 120 people.")).toBeVisible();
  const inNorth = async () => (await seatwise.sql("SELECT count(*) AS n FROM members WHERE company_id = ?1 AND group_id IS NOT NULL", company.id))[0].n;
  expect(await inNorth()).toBe(120);
  // Also from another page.
  await page.getByRole("link", { name: "Licences", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Licences", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("It is as it was before.")).toBeVisible();
  expect(await inNorth()).toBe(0);
});

test("removing says how many licences go back, leaves managers alone, and can be undone", async ({ page, seatwise }) => {
  const company = await atUsers(page, seatwise);
  await page.locator("thead input[type=checkbox]").check();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Remove" });
  await expect(dialog.getByText(/^3 people are removed/)).toBeVisible();
  await expect(dialog.getByText("1 of the selected manages licences and is left alone.")).toBeVisible();
  await expect(dialog).toContainText("398");
  await expect(dialog).toContainText("400");
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(rows(page)).toHaveCount(1);
  expect(await company.figures()).toEqual([400, 0, 0, 400]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows(page)).toHaveCount(4);
  expect(await company.figures()).toEqual([398, 0, 2, 400]);
});

test("an invite is sent again, and a person's page says what became of it", async ({ page, seatwise }) => {
  const company = await atUsers(page, seatwise, "?standing=pending");
  const email = `petra.${company.id}@example.com`;
  await expect.poll(() => seatwise.countLetters(email)).toBe(1);
  await row(page, "Petra Pending").getByRole("checkbox").check();
  await page.getByRole("button", { name: "Send the invite again" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send the invite again" }).click();
  await expect.poll(() => seatwise.countLetters(email)).toBe(2);
  await page.getByRole("link", { name: "Petra Pending" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Petra Pending" })).toBeVisible();
  await expect(page.getByText(/sent/i).first()).toBeVisible();
  await expectAccessible(page);
});

test("a list is exported as it is narrowed down", async ({ page, seatwise }) => {
  await atUsers(page, seatwise, "?standing=pending");
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /CSV/ }).click()]);
  expect(download.suggestedFilename()).toBe("users.csv");
  const text = Buffer.concat(await (await download.createReadStream()).toArray()).toString();
  expect(text.trimEnd().split("\r\n")).toHaveLength(3);
});

test("of a long list only the rows near the window are in the document, and all of them can be reached", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 1_000 });
  await addLearnersBySql(seatwise, company.id, 1, 900);
  await seatwise.lendSession(page, company.manager);
  await page.goto("/users");
  await expect(rows(page).first()).toBeVisible();
  const names = await page.evaluate(async () => {
    const seen = new Set();
    const pause = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
    const look = () => {
      const inDocument = [...document.querySelectorAll("tbody tr")];
      if (inDocument.length > 200) throw new Error(`${inDocument.length} rows`);
      for (const row of inDocument) {
        const { top, bottom } = row.getBoundingClientRect();
        if (bottom > 0 && top < innerHeight) seen.add(row.querySelector("a").textContent);
      }
    };
    look();
    for (let still = 0; still < 60; ) {
      const before = scrollY;
      scrollBy(0, 500);
      await pause();
      look();
      still = scrollY === before ? still + 1 : 0;
    }
    return [...seen];
  });
  // Everybody was seen, in order: 900, the manager.
  expect(names.filter((name) => name.startsWith("Learner "))).toHaveLength(900);
  await expect(page.getByRole("table", { name: "Users" })).toHaveAttribute("aria-rowcount", "902");
  await expect(rows(page).last()).toHaveAttribute("aria-rowindex", "902");
  await page.evaluate(() => scrollTo(0, 0));
  await expect(page.getByRole("link", { name: "Learner 1", exact: true })).toBeInViewport();
  await expect(rows(page).first()).toHaveAttribute("aria-rowindex", "2");
  expect(await rows(page).count()).toBeLessThanOrEqual(200);
});

test("a long list goes on by itself, and on a phone too", async ({ page, seatwise }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const company = await atUsers(page, seatwise);
  await addLearnersBySql(seatwise, company.id, 1, 100);
  await page.goto("/users");
  await expect(rows(page).first()).toBeVisible();
  await expect(async () => {
    await rows(page).last().scrollIntoViewIfNeeded();
    await expect(page.getByRole("table", { name: "Users" })).toHaveAttribute("aria-rowcount", "105", { timeout: 500 });
  }).toPass();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test("Back shows a long list as it was left: its rows, its ticks and its place, and what has changed since", async ({ page, seatwise }) => {
  const company = await seatwise.company({ user: 400 });
  await addLearnersBySql(seatwise, company.id, 1, 200);
  await seatwise.lendSession(page, company.manager);
  await page.goto("/users");
  await expect(rows(page).first()).toBeVisible();
  const table = page.getByRole("table", { name: "Users" });
  await expect(async () => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await expect(table).toHaveAttribute("aria-rowcount", "202", { timeout: 500 });
  }).toPass();
  await page.evaluate(() => scrollTo(0, 4_000));
  const inTheMiddle = () => [...document.querySelectorAll("tbody tr")].find((row) => row.getBoundingClientRect().top > innerHeight / 2)?.querySelector("a").textContent;
  let name;
  await expect.poll(async () => (name = await page.evaluate(inTheMiddle))).toMatch(/^Learner /);
  const person = page.getByRole("link", { name, exact: true });
  await rows(page).filter({ has: person }).getByRole("checkbox").check();
  await expect(page.getByText("1 selected")).toBeVisible();
  const place = await page.evaluate(() => scrollY);
  await person.click();
  await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
  await company.manager.post(company.path("licences/taken-back"), { members: [page.url().split("/").at(-1)] });
  await page.goBack();
  await expect(table).toHaveAttribute("aria-rowcount", "202");
  await expect(person).toBeInViewport();
  expect(Math.abs((await page.evaluate(() => scrollY)) - place)).toBeLessThan(100);
  await expect(rows(page).filter({ has: person }).getByRole("checkbox")).toBeChecked();
  await expect(rows(page).filter({ has: person })).not.toContainText("In use");
  await page.goForward();
  await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
  await page.goBack();
  await expect(person).toBeInViewport();
  // By a link it is opened anew.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Dashboard" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Dashboard" })).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Users" }).click();
  await expect(rows(page)).toHaveCount(30);
  await expect(page.getByText("1 selected")).toBeHidden();
  expect(await page.evaluate(() => scrollY)).toBe(0);
});
