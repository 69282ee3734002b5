// The settings of a company: found by their addresses, explained, counted, and never lost.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/seatwise.mjs";
import { png } from "../support/pictures.mjs";

async function at(page, seatwise, path, options) {
  const company = await seatwise.company(options);
  await seatwise.lendSession(page, company.manager);
  await page.goto(path);
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  return company;
}

const save = (page) => page.getByRole("button", { name: "Save" }).click();
const tab = (page, name) => page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name, exact: true });

async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

test("settings say what they would do before they are saved, and what was changed afterwards", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/settings/licences", { user: 4, content: 1 });
  await company.learner();
  await company.add();
  await seatwise.sql("UPDATE members SET active_on = active_on - 40 WHERE company_id = ?1 AND standing = 'in_use'", company.id);
  await page.reload();
  await page.getByLabel("Every new user also gets a content licence").check();
  await expect(page.getByText("At least 2 people hold a user licence and no content licence.")).toBeVisible();
  await expect(page.getByText("0 users would count as inactive today.")).toBeVisible();
  await page.getByRole("spinbutton", { name: "Days without activity" }).fill("30");
  await expect(page.getByText("1 user would count as inactive today.")).toBeVisible();
  await expect(page.getByText("Not saved yet")).toBeVisible();
  await expectAccessible(page);
  await save(page);
  await expect(page.getByText("2 settings saved: Every new user also gets a content licence, Days without activity")).toBeVisible();
  await expect(page.getByText("Not saved yet")).toBeHidden();
  await tab(page, "Invites").click();
  await page.getByLabel("Days for which an invite is open").fill("14");
  await expect(page.getByText("1 open invite keeps its date.")).toBeVisible();
  await save(page);
  await expect(page.getByText("Saved. Days for which an invite is open: 30 → 14")).toBeVisible();
});

test("whoever leaves with unsaved changes is asked", async ({ page, seatwise }) => {
  await at(page, seatwise, "/settings/invites");
  const days = page.getByLabel("Days for which an invite is open");
  await days.fill("14");
  const asked = [];
  let answer = false;
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    return answer ? dialog.accept() : dialog.dismiss();
  });
  await tab(page, "Company").click();
  await expect(page).toHaveURL(/\/settings\/invites$/);
  await expect(days).toHaveValue("14");
  expect(asked).toEqual(["confirm"]);
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(days).toHaveValue("30");
  await tab(page, "Company").click();
  await expect(page).toHaveURL(/\/settings$/);
  expect(asked, "nothing is changed, nothing is asked").toEqual(["confirm"]);
  await tab(page, "Invites").click();
  await days.fill("20");
  answer = true;
  await tab(page, "Company").click();
  await expect(page).toHaveURL(/\/settings$/);
  await tab(page, "Invites").click();
  await expect(days).toHaveValue("30");
  await days.fill("21");
  await page.reload();
  expect(asked, "closing and loading anew ask as well").toEqual(["confirm", "confirm", "beforeunload"]);
});

test("when somebody else has saved meanwhile, both are shown and nothing is lost", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/settings/licences");
  await page.getByLabel("Those that end last").check();
  await page.getByLabel("Nobody moves on").check();
  await page.getByRole("spinbutton", { name: "Days without activity" }).fill("30");
  const { body: settings } = await company.manager.get(company.path("settings"));
  await company.manager.put(company.path("settings"), { ...settings, carry_over: "all", inactive_days: 60, sync_shortage: "wait", invite_days: 9 });
  await save(page);
  const banner = page.getByRole("alert").filter({ hasText: "Somebody else has saved meanwhile" });
  await expect(banner).toContainText("When licences end and others are free: theirs is Everybody moves on, yours is Nobody moves on.");
  await expect(banner).toContainText("Days without activity: theirs is 60, yours is 30.");
  await expect(banner).not.toContainText("Which licences are given out first");
  await expect(page.getByLabel("The person waits"), "what only they have changed").toBeChecked();
  await expect(page.getByLabel("Those that end last"), "what only I have changed").toBeChecked();
  await expect(page.getByRole("spinbutton", { name: "Days without activity" })).toHaveValue("30");
  await expectAccessible(page);
  await banner.getByRole("button", { name: "Take theirs: When licences end and others are free" }).click();
  await expect(page.getByLabel("Everybody moves on")).toBeChecked();
  await save(page);
  await expect(page.getByText("2 settings saved: Which licences are given out first, Days without activity")).toBeVisible();
  await expect(page.getByLabel("Those that end last"), "the form stands as it was saved").toBeChecked();
  await page.getByRole("spinbutton", { name: "Days without activity" }).fill("31");
  await save(page);
  await expect(page.getByText("Saved. Days without activity: 30 → 31")).toBeVisible();
  const { body: after } = await company.manager.get(company.path("settings"));
  expect([after.draw_order, after.carry_over, after.inactive_days, after.sync_shortage, after.invite_days]).toEqual(["last_to_end", "all", 31, "wait", 9]);
});

test("the company's page says whom learners ask, and tries the learning platform", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/settings", { user: 1 });
  await expect(page.getByRole("link", { name: "Try it" })).toHaveAttribute("href", "https://learn.example.com");
  await expect(page.getByLabel("Whoever invited them")).toBeChecked();
  await page.getByLabel("A mailbox").check();
  await page.getByLabel("E-mail address of the mailbox").fill("nonsense");
  await save(page);
  await expect(page.getByText("Not an e-mail address: the @ sign is missing.")).toBeVisible();
  await page.getByLabel("E-mail address of the mailbox").fill("help@example.com");
  await save(page);
  await expect(page.getByText("Saved. Whom learners ask: Whoever invited them → help@example.com")).toBeVisible();
  await page.getByLabel("One of the managers").check();
  await expect(page.getByLabel("Which manager")).toContainText("Sam Okafor");
  await save(page);
  await expect(page.getByText("help@example.com → One of the managers")).toBeVisible();
  const learner = await company.learner();
  expect((await learner.get("/api/v1/me/licences")).body.contact.email).toBe(company.managerAddress);
  await page.getByLabel("Language of mails").selectOption("Deutsch");
  await save(page);
  await expect(page.getByText("Saved. Language of mails: English → Deutsch")).toBeVisible();
});

test("managers come and go, but for the last", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/settings/people", { user: 1 });
  await expect(page.getByText("You are the only one who can.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^No longer a manager/ })).toHaveCount(0);
  const learner = await company.learner();
  await page.getByRole("button", { name: "Add a manager" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a manager" });
  await dialog.getByLabel("E-mail address").fill(company.managerAddress);
  await dialog.getByRole("button", { name: "Add a manager" }).click();
  await expect(dialog.getByText("manages your licences already")).toBeVisible();
  await dialog.getByLabel("E-mail address").fill(learner.address);
  await dialog.getByRole("button", { name: "Add a manager" }).click();
  await expect(page.getByText(`${learner.address} manages your licences now.`)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: `No longer a manager: ${learner.address}` }).click();
  const leaving = page.getByRole("dialog", { name: "No longer a manager" });
  await expect(leaving).toContainText("stays a user and keeps every licence");
  await leaving.getByRole("button", { name: "No longer a manager" }).click();
  await expect(page.getByText(`${learner.address} no longer manages your licences.`)).toBeVisible();
  await page.getByRole("button", { name: "Add a manager" }).click();
  await dialog.getByLabel("E-mail address").fill(learner.address);
  await dialog.getByRole("button", { name: "Add a manager" }).click();
  await page.getByRole("button", { name: "No longer a manager: Sam Okafor" }).click();
  await expect(leaving).toContainText("This is you.");
  await leaving.getByRole("button", { name: "No longer a manager" }).click();
  await expect(page).toHaveURL(/\/my-licences$/);
  await expect(page.getByRole("heading", { name: "My licences" })).toBeVisible();
});

test("logo and colour are tried, explained and saved", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/settings/look");
  await expect(page.getByText("No logo: the first letter")).toBeVisible();
  await page.getByLabel("Choose a logo").setInputFiles({ name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") });
  await expect(page.getByRole("alert").filter({ hasText: "This picture can't be taken" })).toBeVisible();
  await page.getByLabel("Choose a logo").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: png(160, 40) });
  await expect(page.getByText("The logo is saved.")).toBeVisible();
  const logo = page.getByRole("img", { name: `The logo of ${company.name}` }).first();
  expect(await logo.evaluate((image) => image.naturalWidth)).toBe(160);
  const colour = page.getByLabel("Colour", { exact: true });
  await colour.fill("#ffe000");
  await expect(page.getByText("Too pale for text on white, so we use a darker tone there.")).toBeVisible();
  await expect(page.getByText("Can be read as it is.")).toBeVisible();
  const samples = page.locator(".ground .button.main");
  expect(await samples.evaluateAll((all) => all.map((sample) => getComputedStyle(sample).backgroundColor))).toEqual([expect.not.stringMatching("rgb\\(255, 224, 0\\)"), "rgb(255, 224, 0)"]);
  await expectAccessible(page);
  await colour.fill("#12");
  await save(page);
  await expect(page.getByText("Enter a colour as # and six digits")).toBeVisible();
  await colour.fill("#7a1fd1");
  await save(page);
  await expect(page.getByText("The colour is saved.")).toBeVisible();
  await page.reload();
  await expect(colour).toHaveValue("#7a1fd1");
  await page.getByRole("button", { name: "Remove the logo" }).click();
  await expect(page.getByText("The logo is removed.")).toBeVisible();
  expect((await company.manager.get(company.path("look"))).body).toMatchObject({ accent: "#7a1fd1", look: { logo: null } });
});

test("what can't be saved for want of a connection is saved as soon as there is one", async ({ page, seatwise }) => {
  await at(page, seatwise, "/settings/invites");
  const days = page.getByLabel("Days for which an invite is open");
  await days.fill("14");
  await page.context().setOffline(true);
  await save(page);
  const card = page.getByRole("alert").filter({ hasText: "Nothing was lost" });
  const strip = page.getByText("There is no connection. What you typed is still here; we keep trying.");
  await expect(card).toBeVisible();
  await expect(strip).toBeVisible();
  await expect(days).toHaveValue("14");
  await page.context().setOffline(false);
  await expect(page.getByText("Saved. Days for which an invite is open: 30 → 14")).toBeVisible({ timeout: 15_000 });
  await expect(card).toBeHidden();
  await expect(strip).toBeHidden();
});

test("what is typed after a save that didn't arrive isn't saved by itself", async ({ page, seatwise }) => {
  const company = await at(page, seatwise, "/settings/invites");
  const days = page.getByLabel("Days for which an invite is open");
  await days.fill("14");
  await page.context().setOffline(true);
  await save(page);
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was lost" })).toBeVisible();
  await days.fill("15");
  await page.context().setOffline(false);
  // Longer than it takes to try again.
  await page.waitForTimeout(7_000);
  expect((await company.manager.get(company.path("settings"))).body.invite_days).toBe(30);
  await save(page);
  await expect(page.getByText("Saved. Days for which an invite is open: 30 → 15")).toBeVisible();
});
