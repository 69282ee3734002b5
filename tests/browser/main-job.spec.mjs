// The main job, as people do it: from an order to a licence in use, and to its end.
import { expect, SUBJECT, linkIn, test } from "./support/seatwise.mjs";

const LICENCES = ["Available to assign", "In use", "Pending invite", "Total licences"];

/** The four figures of a kind, as they stand on the page. */
async function figures(page, kind = "User licences") {
  const card = page.locator("section", { has: page.getByRole("heading", { name: kind, exact: true }) });
  const values = [];
  for (const name of LICENCES) {
    const figure = card.locator("dl > div", { has: page.getByText(name, { exact: true }) });
    values.push(Number((await figure.locator("dd").innerText()).replaceAll(",", "").replace("−", "-")));
  }
  return values;
}

/** Waits until the dashboard shows these figures. */
async function expectFigures(page, values, kind) {
  await page.goto("/dashboard");
  await expect(page.getByRole("heading", { name: "Dashboard" })).toBeVisible();
  await expect.poll(() => figures(page, kind)).toEqual(values);
}

/** How people look at it who work with it: at a desk, and on the way, in the evening. */
const LOOKS = {
  "at a desk": { viewport: { width: 1280, height: 860 } },
  "on a phone, in the dark": { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
};

for (const [look, options] of Object.entries(LOOKS)) {
  test(`from an order to a licence in use, and to its end: ${look}`, ({ seatwise, browser }) => mainJob(seatwise, browser, options));
}

async function mainJob(seatwise, browser, look) {
  const newPage = async (options = look) => (await browser.newContext({ baseURL: seatwise.origin, ...options })).newPage();
  const name = `Main Job Learning ${look.viewport.width}`;
  const [sam, ines] = ["sam", "ines"].map((person) => `${person}.${look.viewport.width}@example.com`);
  const desk = await newPage();

  // 1. The account manager signs in at the desk, creates the company, and invites its first manager.
  await desk.goto("/desk");
  await expect(desk).toHaveURL(/\/sign-in/);
  await desk.getByLabel("E-mail address").fill(seatwise.deskAddress);
  const mailed = await seatwise.mailedSignIn(seatwise.deskAddress, () => desk.getByRole("button", { name: "Send me a link" }).click());
  await desk.getByLabel("Code from the mail").fill(mailed.code);
  await desk.getByRole("button", { name: "Sign in" }).click();
  await expect(desk).toHaveURL(/\/desk$/);
  await desk.getByRole("link", { name: "Companies" }).first().click();
  await desk.getByRole("button", { name: "Create company" }).first().click();
  const creation = desk.getByRole("dialog", { name: "Create company" });
  await creation.getByLabel("Name of the company").fill(name);
  await creation.getByLabel("Address of the learning platform").fill("https://learn.example.com/");
  await creation.getByRole("button", { name: "Create company" }).click();
  await expect(desk.getByRole("heading", { name: name })).toBeVisible();
  await desk.getByRole("button", { name: "Invite manager" }).click();
  const invitation = desk.getByRole("dialog", { name: "Invite manager" });
  await invitation.getByLabel("E-mail address").fill(sam);
  await invitation.getByLabel("Name", { exact: true }).fill("Sam Okafor");
  await invitation.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(desk.getByText("Invited", { exact: true })).toBeVisible();

  // 2. The manager follows the link, sees zeros, and requests 25 licences.
  const manager = await newPage();
  await manager.goto(linkIn(await seatwise.newestLetter(sam, SUBJECT.invite)));
  await expect(manager.getByRole("heading", { name: name })).toBeVisible();
  await manager.getByRole("button", { name: "Accept the invite" }).click();
  await expect(manager.getByRole("heading", { name: "Dashboard" })).toBeVisible();
  expect(manager.url(), "the secret has left the address").not.toContain("#");
  await expectFigures(manager, [0, 0, 0, 0]);
  expect(await figures(manager, "Content licences")).toEqual([0, 0, 0, 0]);
  await manager.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Licences" }).click();
  await manager.getByRole("link", { name: "Orders" }).click();
  await manager.getByRole("link", { name: "Request licences" }).click();
  const request = manager.getByRole("dialog", { name: "Request licences" });
  await expect(request).toContainText("Robin Hale, your account manager");
  await request.getByLabel("How many?").fill("25");
  await request.getByRole("button", { name: "Save" }).click();
  await expect(manager.getByRole("row", { name: /ORD-0001/ })).toContainText("Requested");

  // 3. The account manager sees the order at once and assigns it; the manager is told.
  await desk.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Orders" }).click();
  const order = desk.getByRole("row", { name: new RegExp(name) });
  await expect(order).toContainText("25 user");
  await expect(order).toContainText("0 → 25");
  await order.getByRole("button", { name: `Assign ORD-0001 of ${name}` }).click();
  await desk.getByRole("dialog", { name: "Assign licences" }).getByRole("button", { name: "Assign" }).click();
  await expect(order).toBeHidden();
  const ready = await seatwise.newestLetter(sam, SUBJECT.licencesReady);
  expect(ready.subject).toBe(`25 user licences ready for ${name}`);
  await expectFigures(manager, [25, 0, 0, 25]);

  // 4. The manager adds a learner, who gets a mail.
  await manager.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Users" }).click();
  await expect(manager.getByRole("row", { name: /Sam Okafor/ })).toBeVisible();
  await manager.getByText("Add users").click();
  await manager.getByRole("link", { name: /^Add user/ }).click();
  const adding = manager.getByRole("dialog", { name: "Add user" });
  await expect(adding).toContainText("25 → 24");
  await adding.getByLabel("E-mail address").fill(ines);
  await adding.getByLabel("Name", { exact: true }).fill("Ines Carvalho");
  await adding.getByRole("button", { name: "Add and invite" }).click();
  await expect(manager.getByRole("row", { name: /Ines Carvalho/ })).toContainText("Pending invite");
  await expectFigures(manager, [24, 0, 1, 25]);

  // 5. The learner opens the link on a phone, sees who invites to what, accepts, and sees the licence.
  const learner = await newPage({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  await learner.goto(linkIn(await seatwise.newestLetter(ines, SUBJECT.invite)));
  await expect(learner.getByText("Sam Okafor has reserved a licence")).toBeVisible();
  await expect(learner.getByText("User licence")).toBeVisible();
  await expectFigures(manager, [24, 0, 1, 25]);
  await learner.getByRole("button", { name: "Accept the invite" }).tap();
  await expect(learner.getByRole("heading", { name: "You're in" })).toBeVisible();
  const licence = learner.locator("section", { has: learner.getByRole("heading", { name: "User licence" }) });
  await expect(licence).toContainText("In use");
  await expect(licence).toContainText("Since");
  await expect(licence).toContainText("Until");
  await expect(learner.getByRole("link", { name: "Go to the learning platform" })).toHaveAttribute("href", "https://learn.example.com/");
  await expectFigures(manager, [24, 1, 0, 25]);

  // 6. Time passes the end of the lot. Everybody sees it at once, and is told by the scheduled run.
  const [{ id }] = await seatwise.sql("SELECT id FROM companies WHERE name = ?", name);
  await seatwise.endLots(id);
  await learner.reload();
  await expect(licence).toContainText("Expired");
  await expect(learner.getByRole("link", { name: "Go to the learning platform" })).toBeHidden();
  await expect(learner.getByText(sam), "whom to ask").toBeVisible();
  await expectFigures(manager, [0, 0, 0, 0]);
  await seatwise.scheduled();
  await seatwise.newestLetter(ines, SUBJECT.licenceExpired);
  await seatwise.newestLetter(sam, SUBJECT.lotEnded);
  await expectFigures(manager, [0, 0, 0, 0]);
  await expect(manager.getByText("noted that 25 user licences of ORD-0001 expired")).toBeVisible();
  await manager.goto("/users");
  await expect(manager.getByRole("row", { name: /Ines Carvalho/ })).toContainText("Expired");
}
