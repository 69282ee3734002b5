// What learners see, most of them on a phone: the invite, what they hold, and whom to ask; in the look of their company.
import AxeBuilder from "@axe-core/playwright";
import { expect, SUBJECT, linkIn, test } from "./support/seatwise.mjs";
import { giveLogo } from "../support/pictures.mjs";

const LOOKS = {
  light: { viewport: { width: 390, height: 844 } },
  dark: { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
  desktop: { viewport: { width: 1280, height: 860 } },
};

async function phone(browser, seatwise, session, look = "light") {
  const page = await (await browser.newContext({ baseURL: seatwise.origin, ...LOOKS[look] })).newPage();
  if (session) await seatwise.lendSession(page, session);
  return page;
}

async function expectReadable(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(width, "no wider than the window").toBeLessThanOrEqual(0);
}

const inviteOf = async (seatwise, address) => linkIn(await seatwise.newestLetter(address, SUBJECT.invite));
const background = (locator) => locator.evaluate((element) => getComputedStyle(element).backgroundColor);
const licence = (page, name = "User licence") => page.locator("section.licence", { has: page.getByRole("heading", { name, exact: true }) });

// Colours that would be unreadable as they are: too pale, too dark, and in between.
for (const accent of ["#ffe000", "#101010", "#808080"]) {
  for (const look of Object.keys(LOOKS)) {
    test(`invite and licences can be read in ${accent}: ${look}`, async ({ seatwise, browser }) => {
      const company = await seatwise.company({ user: 1 });
      await giveLogo(company);
      await company.manager.put(company.path("look"), { accent });
      const { member } = await company.add(`reader.${look}.${accent.slice(1)}@example.com`, { name: "Ines Carvalho" });
      const page = await phone(browser, seatwise, null, look);
      await page.goto(await inviteOf(seatwise, member.email));
      await expect(page.getByRole("button", { name: "Accept the invite" })).toBeVisible();
      const logo = page.locator("img.logo");
      await expect(logo).toBeVisible();
      expect(await logo.evaluate((image) => image.naturalWidth), "the logo is there").toBe(120);
      await expectReadable(page);
      await page.getByRole("button", { name: "Accept the invite" }).click();
      await expect(page.getByRole("heading", { name: "You're in", level: 1 })).toBeVisible();
      const way = page.getByRole("link", { name: "Go to the learning platform" });
      await expect(way).toBeVisible();
      expect(await background(way)).not.toBe(look === "dark" ? "rgb(138, 168, 255)" : "rgb(31, 79, 209)");
      await expectReadable(page);
    });
  }
}

test("an invite says who invites to what, what happens then, until when, and whom to ask", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 1 });
  const { member } = await company.add("curious@example.com", { name: "Ines Carvalho" });
  const page = await phone(browser, seatwise);
  await page.goto(await inviteOf(seatwise, member.email));
  await expect(page.getByRole("heading", { name: `Your invite from ${company.name}` })).toBeVisible();
  await expect(page.getByText("Hello Ines Carvalho, Sam Okafor has reserved a licence")).toBeVisible();
  await expect(page.getByRole("heading", { name: "What happens then" })).toBeVisible();
  await expect(page.getByText("You need no password")).toBeVisible();
  await expect(page.getByText(/It is open until .* \(30 more days\)/)).toBeVisible();
  const ask = page.getByRole("link", { name: company.managerAddress });
  expect(await ask.getAttribute("href")).toBe(`mailto:${company.managerAddress}?subject=${encodeURIComponent(`Your invite from ${company.name}`)}`);
  await page.getByRole("button", { name: "Accept the invite" }).click();
  await expect(page.getByText("Welcome, Ines Carvalho.")).toBeVisible();
  await expect(licence(page)).toContainText("days left");
  await page.reload();
  await expect(licence(page)).toContainText("In use");
});

test("an invite that was withdrawn while it was looked at says so, and whom to ask", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 1 });
  const { member } = await company.add("too.late@example.com");
  const page = await phone(browser, seatwise);
  await page.goto(await inviteOf(seatwise, member.email));
  await expect(page.getByRole("button", { name: "Accept the invite" })).toBeVisible();
  await company.manager.post(company.path("licences/taken-back"), { members: [member.id], pending_only: true });
  await page.getByRole("button", { name: "Accept the invite" }).click();
  await expect(page.getByRole("heading", { name: "This invite was withdrawn" })).toBeVisible();
  await expect(page.getByRole("link", { name: company.managerAddress })).toBeVisible();
  await expectReadable(page);
});

test("whoever signs in after an invite stays in the company's look", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 1 });
  await giveLogo(company);
  await company.manager.put(company.path("look"), { accent: "#7a1fd1" });
  const learner = await company.learner();
  const page = await phone(browser, seatwise);
  await page.goto(await inviteOf(seatwise, learner.address));
  await expect(page.getByRole("heading", { name: "You have accepted this invite already" })).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.locator("img.logo")).toBeVisible();
  expect(await background(page.getByRole("button", { name: "Send me a link" }))).toBe("rgb(122, 31, 209)");
  await page.goto("/sign-in");
  await expect(page.locator(".brand"), "and whoever comes from nowhere is at Seatwise").toHaveText(/Seatwise/);
  await expect(page.locator("img.logo")).toHaveCount(0);
});

test("an expired licence says when it ended and whom to ask", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 1, content: 1 });
  const learner = await company.learner();
  await seatwise.endLots(company.id);
  const page = await phone(browser, seatwise, learner);
  await page.goto("/my-licences");
  await expect(licence(page)).toContainText("You can no longer sign in to the learning platform. It ended on");
  await expect(page.getByRole("link", { name: "Go to the learning platform" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Ask for a new one" })).toBeVisible();
  await expect(page.getByRole("link", { name: company.managerAddress })).toHaveAttribute("href", /^mailto:.*subject=My%20licence/);
  await expectReadable(page);
});

test("somebody in several companies goes from one to the other", async ({ seatwise, browser }) => {
  const [one, other] = [await seatwise.company({ user: 1 }), await seatwise.company({ user: 1 })];
  const address = "both.companies@example.com";
  const learner = await one.learner(address);
  await other.add(address);
  const page = await phone(browser, seatwise, learner);
  await seatwise.sql("UPDATE members SET joined_at = 1 WHERE email = ?1 AND company_id = ?2", address, other.id);
  await page.goto("/my-licences");
  await expect(page.locator(".brand")).toHaveText(new RegExp(one.name));
  await page.getByRole("button", { name: `${other.name}: Learner` }).click();
  await expect(page.locator(".brand")).toHaveText(new RegExp(other.name));
  await expect(licence(page)).toContainText("Reserved for you");
  await expectReadable(page);
});
