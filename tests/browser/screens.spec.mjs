// Every screen, for everybody: readable by WCAG 2.2 AA in light, dark and on a phone, without an error in the console.
import AxeBuilder from "@axe-core/playwright";
import { expect, SUBJECT, linkIn, test } from "./support/seatwise.mjs";

const LOOKS = {
  light: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
};

/** Opens a page in a browser of its own, and says what the console complained about. */
async function open(browser, seatwise, look, session) {
  const context = await browser.newContext({ baseURL: seatwise.origin, ...LOOKS[look] });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  if (session) await seatwise.lendSession(page, session);
  return { page, complaints };
}

async function expectAccessible(page, where) {
  // A letter in its frame runs no script, so axe can't look into it.
  const { violations } = await new AxeBuilder({ page }).exclude("iframe").withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

const MANAGER = {
  "/dashboard": "Dashboard",
  "/users": "Users",
  "/users?add=1": "Users",
  "/users/groups": "Groups",
  "/dashboard/user": "Dashboard",
  "/licences": "Licences",
  "/licences/forecast": "Licences",
  "/licences/history": "Licences",
  "/licences/orders": "Licences",
  "/licences/orders?request=content&quantity=12": "Licences",
  "/settings": "Settings",
  "/settings/licences": "Settings",
  "/settings/invites": "Settings",
  "/settings/people": "Settings",
  "/settings/look": "Settings",
  "/settings/notices": "Settings",
  "/help": "Help",
  "/help/statuses": "The statuses",
  "/help/keyboard": "Keyboard",
  "/nothing/here": "Page not found",
};

for (const look of Object.keys(LOOKS)) {
  test(`managers find every page readable: ${look}`, async ({ seatwise, browser }) => {
    const company = await seatwise.company({ user: 5, content: 3 });
    await company.learner();
    await company.add();
    const { page, complaints } = await open(browser, seatwise, look, company.manager);
    for (const [path, heading] of Object.entries(MANAGER)) {
      await page.goto(path);
      await expect(page.getByRole("heading", { name: heading, level: 1, includeHidden: true })).toBeVisible();
      await page.waitForLoadState("networkidle");
      await expectAccessible(page, path);
      const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(width, `${path} is no wider than the window`).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
  });

  test(`account managers find every page readable: ${look}`, async ({ seatwise, browser }) => {
    const company = await seatwise.company({ user: 2 });
    await company.give("content", 9, { starts_on: new Date(Date.now() - 300 * 86_400_000).toISOString().slice(0, 10) });
    await company.manager.post(company.path("orders"), { kind: "content", quantity: 7, message: "For the new course" });
    const { page, complaints } = await open(browser, seatwise, look, await seatwise.desk());
    const pages = {
      "/desk?all=1": "Orders waiting",
      "/desk/companies?all=1": "Companies",
      [`/desk/companies/${company.id}/users`]: company.name,
      [`/desk/companies/${company.id}/settings`]: company.name,
      "/desk/ending": "Ending",
      "/desk/overdrawn": "Overdrawn",
      "/desk/staff": "Staff",
      "/desk/mail": "Mail",
      "/desk/help": "Help",
      "/desk/help/orders": "Orders at the desk",
    };
    for (const [path, heading] of Object.entries(pages)) {
      await page.goto(path);
      await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
      await expectAccessible(page, path);
      const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(width, `${path} is no wider than the window`).toBeLessThanOrEqual(0);
    }
    // The frame of a letter lets nothing run, and axe tries to.
    expect(complaints.filter((text) => !text.includes("Blocked script execution"))).toEqual([]);
  });

  test(`account managers, learners and visitors find every page readable: ${look}`, async ({ seatwise, browser }) => {
    const company = await seatwise.company({ user: 2 });
    const learner = await company.learner();
    await company.manager.post(company.path("orders"), { kind: "content", quantity: 7, message: "For the new course" });
    await company.add("visitor.to.be@example.com").catch(() => undefined);
    const pages = [
      [await seatwise.desk(), "/desk", "Orders waiting"],
      [await seatwise.desk(), "/desk/companies", "Companies"],
      [await seatwise.desk(), `/desk/companies/${company.id}`, company.name],
      [learner, "/my-licences", "My licences"],
      [null, "/sign-in", "Sign in"],
      [null, "/invite#nonsense", "This invite link doesn't work"],
    ];
    for (const [session, path, heading] of pages) {
      const { page, complaints } = await open(browser, seatwise, look, session);
      await page.goto(path);
      await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
      await expectAccessible(page, path);
      // The browser itself notes every answer of 404 and the like; an unknown invite is one.
      expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
      await page.context().close();
    }
  });
}

test("an invite that was accepted before shows the way in", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 1 });
  const learner = await company.learner();
  const { page } = await open(browser, seatwise, "phone");
  await page.goto(linkIn(await seatwise.newestLetter(learner.address, SUBJECT.invite)));
  await expect(page.getByRole("heading", { name: "You have accepted this invite already" })).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("the link of a sign-in letter signs in by a press of a button, in the browser that asked", async ({ seatwise, browser }) => {
  const company = await seatwise.company();
  const { page } = await open(browser, seatwise, "light");
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/sign-in\?to=%2Fsettings/);
  await page.getByLabel("E-mail address").fill(company.managerAddress);
  const mailed = await seatwise.mailedSignIn(company.managerAddress, () => page.getByRole("button", { name: "Send me a link" }).click());

  const other = await open(browser, seatwise, "light");
  await other.page.goto(mailed.link);
  await other.page.getByRole("button", { name: "Sign in" }).click();
  await expect(other.page.getByRole("alert")).toContainText("Another browser asked for this link");

  await page.goto(mailed.link);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect((await page.context().cookies()).some(({ name }) => name === "__Host-session"), "opening it does nothing").toBe(false);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Dashboard" })).toBeVisible();
  expect(page.url()).not.toContain("#");
});

test("a wrong code says so at the field and keeps what was typed", async ({ seatwise, browser }) => {
  const company = await seatwise.company();
  const { page } = await open(browser, seatwise, "light");
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill("no address");
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByText("Not an e-mail address: the @ sign is missing.")).toBeVisible();
  await page.getByLabel("E-mail address").fill(company.managerAddress);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await page.getByLabel("Code from the mail").fill("0000 0000");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText(/4 tries are left/)).toBeVisible();
  await expect(page.getByLabel("Code from the mail")).toHaveValue("0000 0000");
});

test("when licences are short, the refusal says how many and leads to more", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 1 });
  await company.add();
  const { page } = await open(browser, seatwise, "light", company.manager);
  await page.goto("/users?add=1");
  const dialog = page.getByRole("dialog", { name: "Add user" });
  await expect(dialog).toContainText("User licences available: 0");
  await dialog.getByLabel("E-mail address").fill("late@example.com");
  await dialog.getByRole("button", { name: "Add and invite" }).click();
  await expect(dialog.getByRole("alert")).toContainText("You are 1 short");
  await expect(dialog.getByLabel("E-mail address")).toHaveValue("late@example.com");
  await dialog.getByRole("link", { name: "Request 1" }).click();
  const request = page.getByRole("dialog", { name: "Request licences" });
  await expect(request.getByLabel("How many?")).toHaveValue("1");
  await expect(request.getByLabel("Kind")).toHaveValue("user");
});

test("with the content setting, a refusal offers both ways out, and one of them helps", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 3 });
  const { page } = await open(browser, seatwise, "light", company.manager);
  await page.goto("/settings/licences");
  await page.getByLabel("Every new user also gets a content licence").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Every new user also gets a content licence: off → on")).toBeVisible();
  await page.goto("/users?add=1");
  const dialog = page.getByRole("dialog", { name: "Add user" });
  await dialog.getByLabel("E-mail address").fill("both@example.com");
  await dialog.getByRole("button", { name: "Add and invite" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Every new user also gets a content licence");
  await expect(dialog.getByRole("link", { name: "Request 1" })).toHaveAttribute("href", /request=content/);
  await dialog.getByRole("link", { name: "Change the setting" }).click();
  await page.getByLabel("Every new user also gets a content licence").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await page.goto("/users?add=1");
  await dialog.getByLabel("E-mail address").fill("both@example.com");
  await dialog.getByRole("button", { name: "Add and invite" }).click();
  await expect(page.getByRole("row", { name: /both@example\.com/ })).toContainText("Pending invite");
});

test("users are found by the start of their name or address", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 3 });
  await company.add("zoe.search@example.com", { name: "Zoë Searle" });
  await company.add("other.search@example.com", { name: "Adam Other" });
  const { page } = await open(browser, seatwise, "light", company.manager);
  await page.goto("/users");
  await expect(page.getByRole("row", { name: /Adam Other/ })).toBeVisible();
  await page.getByLabel("Search users").fill("zo");
  await expect(page.getByRole("row", { name: /Adam Other/ })).toBeHidden();
  await expect(page.getByRole("row", { name: /Zoë Searle/ })).toBeVisible();
  await page.getByLabel("Search users").fill("nobody at all");
  await expect(page.getByText("Nobody found")).toBeVisible();
});

test("what isn't there is said within the frame, with the way back to its list", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 1 });
  const { page } = await open(browser, seatwise, "light", company.manager);
  const heading = (name) => page.getByRole("heading", { level: 1, name, exact: true });
  for (const [path, list, name] of [
    ["/users/nope", "Users", "Users"],
    ["/users/import/nope", "Import users", "Import users"],
    ["/licences/orders/nope", "Orders", "Licences"],
    ["/licences/lots/nope", "Expiries", "Licences"],
  ]) {
    await page.goto(path);
    await expect(heading("Page not found")).toBeVisible();
    await expect(page).toHaveTitle("Page not found · Seatwise");
    await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
    await expectAccessible(page, path);
    await page.getByRole("main").getByRole("link", { name: list, exact: true }).last().click();
    await expect(heading(name)).toBeFocused();
  }
  const desk = await open(browser, seatwise, "light", await seatwise.desk());
  await desk.page.goto("/desk/companies/nope");
  await expect(desk.page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  await expect(desk.page.getByRole("navigation", { name: "Company" })).toHaveCount(0);
  await desk.page.getByRole("main").getByRole("link", { name: "Companies", exact: true }).last().click();
  await expect(desk.page.getByRole("heading", { level: 1, name: "Companies" })).toBeFocused();
});

test("the tab says which page of a section it is", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 1 });
  const { page } = await open(browser, seatwise, "light", company.manager);
  for (const [path, title] of Object.entries({
    "/licences": "Overview · Licences · Seatwise",
    "/licences/orders": "Orders · Licences · Seatwise",
    "/licences/forecast": "Expiries · Licences · Seatwise",
    "/licences/history": "History · Licences · Seatwise",
    "/settings": "Company · Settings · Seatwise",
    "/settings/licences": "Licences · Settings · Seatwise",
    "/settings/notices": "Notices · Settings · Seatwise",
    "/dashboard/user": "User licences: where they are · Seatwise",
  })) {
    await page.goto(path);
    await expect(page).toHaveTitle(title);
  }
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page).toHaveTitle("Dashboard · Seatwise");
  const desk = await open(browser, seatwise, "light", await seatwise.desk());
  await desk.page.goto(`/desk/companies/${company.id}/users`);
  await expect(desk.page).toHaveTitle(`Users · ${company.name} · Seatwise`);
  await desk.page.getByRole("navigation", { name: "Company" }).getByRole("link", { name: "Activity" }).click();
  await expect(desk.page).toHaveTitle(`Activity · ${company.name} · Seatwise`);
});

test("the main job of a manager can be done with the keyboard alone", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 2 });
  const { page } = await open(browser, seatwise, "light", company.manager);
  await page.goto("/dashboard");
  await expect(page.getByRole("heading", { name: "Dashboard" })).toBeVisible();
  const tabTo = async (name) => {
    for (let step = 0; step < 40; step++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((wanted) => document.activeElement?.textContent?.trim() === wanted, name)) return;
    }
    throw new Error(`Tab doesn't reach ${name}`);
  };
  await tabTo("Add users");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("E-mail address")).toBeFocused();
  await page.keyboard.type("keyboard@example.com");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("row", { name: /keyboard@example\.com/ })).toBeVisible();
  await page.goto("/licences/orders?request=user");
  await expect(page.getByLabel("How many?")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page).toHaveURL(/\/licences\/orders$/);
});

test("a lost connection says so, keeps what was typed, and goes on", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 2 });
  const { page } = await open(browser, seatwise, "light", company.manager);
  await page.goto("/users?add=1");
  const dialog = page.getByRole("dialog", { name: "Add user" });
  await dialog.getByLabel("E-mail address").fill("offline@example.com");
  await page.context().setOffline(true);
  await dialog.getByRole("button", { name: "Add and invite" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Nothing was lost");
  await expect(dialog.getByLabel("E-mail address")).toHaveValue("offline@example.com");
  await page.context().setOffline(false);
  await dialog.getByRole("button", { name: "Add and invite" }).click();
  await expect(page.getByRole("row", { name: /offline@example\.com/ })).toBeVisible();
  expect(await company.figures()).toEqual([1, 0, 1, 2]);
});

test("an answer that is lost on the way is asked for again, and nothing is done twice", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 2 });
  const { page } = await open(browser, seatwise, "light", company.manager);
  await page.goto("/users?add=1");
  const dialog = page.getByRole("dialog", { name: "Add user" });
  await dialog.getByLabel("E-mail address").fill("lost.answer@example.com");
  let lost = false;
  await page.route(/\/members$/, async (route) => {
    if (lost || route.request().method() !== "POST") return route.continue();
    lost = true;
    await route.fetch();
    return route.abort();
  });
  await dialog.getByRole("button", { name: "Add and invite" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Nothing was lost");
  await expect(page.getByRole("row", { name: /lost\.answer@example\.com/ })).toBeVisible({ timeout: 15_000 });
  await expect(dialog).toBeHidden();
  expect(await company.figures()).toEqual([1, 0, 1, 2]);
});

test("a server that fails is not called a lost connection", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 2 });
  const { page } = await open(browser, seatwise, "light", company.manager);
  await page.goto("/users");
  await expect(page.getByRole("row", { name: /Sam Okafor/ })).toBeVisible();
  const api = /\/api\/v1\/companies\//;
  await page.route(api, (route) => route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad Gateway</h1>" }));
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Licences" }).click();
  const strip = page.getByText("Seatwise has a problem. What you typed is still here; we keep trying.");
  await expect(strip).toBeVisible();
  await expect(page.getByText("There is no connection.")).toBeHidden();
  await page.unroute(api);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("row", { name: /ORD-0001/ }).first()).toBeVisible();
  await expect(strip).toBeHidden();
});

test("signed out while a dialogue is filled in, somebody finds what was typed, and nobody else does", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 2 });
  const { page } = await open(browser, seatwise, "light", company.manager);
  const dialog = page.getByRole("dialog", { name: "Add user" });
  const email = dialog.getByLabel("E-mail address");
  await page.goto("/users?add=1");
  await email.fill("typed@example.com");
  await dialog.getByLabel("Name", { exact: true }).fill("Tess Typed");
  await seatwise.sql("DELETE FROM sessions WHERE company_id = ?", company.id);
  await dialog.getByRole("button", { name: "Add and invite" }).click();
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await expect(page.getByText("You were signed out. Sign in and go on.")).toBeVisible();
  await page.getByLabel("E-mail address").fill(company.managerAddress);
  const mailed = await seatwise.mailedSignIn(company.managerAddress, () => page.getByRole("button", { name: "Send me a link" }).click());
  await page.getByLabel("Code from the mail").fill(mailed.code);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(email).toHaveValue("typed@example.com");
  await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("Tess Typed");
  await dialog.getByRole("button", { name: "Add and invite" }).click();
  await expect(page.getByRole("row", { name: /Tess Typed/ })).toBeVisible();
  // What was sent or cancelled is forgotten, and nobody sees what somebody else has typed.
  await page.goto("/users?add=1");
  await expect(email).toHaveValue("");
  await email.fill("cancelled@example.com");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await page.goto("/users?add=1");
  await expect(email).toHaveValue("");
  await email.fill("mine@example.com");
  await page.reload();
  await expect(email).toHaveValue("mine@example.com");
  await seatwise.lendSession(page, (await seatwise.company({ user: 1 })).manager);
  await page.goto("/users?add=1");
  await expect(email).toHaveValue("");
});

test("signed out meanwhile, somebody comes back to the same page", async ({ seatwise, browser }) => {
  const company = await seatwise.company({ user: 2 });
  const { page } = await open(browser, seatwise, "light", company.manager);
  await page.goto("/licences");
  await expect(page.getByRole("heading", { name: "Licences", level: 1 })).toBeVisible();
  await seatwise.sql("DELETE FROM sessions WHERE company_id = ?", company.id);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Users" }).click();
  await expect(page).toHaveURL(/\/sign-in\?to=%2Fusers/);
  await page.getByLabel("E-mail address").fill(company.managerAddress);
  const mailed = await seatwise.mailedSignIn(company.managerAddress, () => page.getByRole("button", { name: "Send me a link" }).click());
  await page.getByLabel("Code from the mail").fill(mailed.code);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/users$/);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/users");
  await expect(page).toHaveURL(/\/sign-in/);
});
