// Directory sync as a company's manager sees it, with a directory that really speaks to the Worker.
import AxeBuilder from "@axe-core/playwright";
import { Directory } from "../support/directory.mjs";
import { expect, test } from "./support/seatwise.mjs";

test("a directory is connected, seen at work, tried out and disconnected", async ({ seatwise, page }) => {
  const company = await seatwise.company({ user: 1 });
  await seatwise.lendSession(page, company.manager);

  // From the users' page to the first token, whose secret is shown this once.
  await page.goto("/users");
  await expect(page.getByRole("row", { name: /Sam Okafor/ })).toBeVisible();
  await page.getByText("Add users").click();
  await page.getByRole("link", { name: /Active Directory/ }).click();
  await expect(page.getByRole("heading", { name: "Directory sync" })).toBeVisible();
  await page.getByRole("button", { name: "Make token" }).first().click();
  const making = page.getByRole("dialog", { name: "Make token" });
  await making.getByLabel("Name").fill("Entra ID");
  await making.getByRole("button", { name: "Make token" }).click();
  const made = page.getByRole("dialog", { name: "Your new token" });
  const secret = await made.getByRole("textbox", { name: "Token “Entra ID”" }).inputValue();
  expect(secret.length).toBeGreaterThan(40);
  await made.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByText("Not connected yet")).toBeVisible();
  const address = await page.getByRole("textbox", { name: "Address for the directory" }).inputValue();
  expect(address).toBe(`${seatwise.origin}/scim/v2`);

  // What the directory sends stands here in words, a moment later.
  const directory = new Directory(new URL(address).origin, secret);
  await directory.user("ines.sync@example.com", { displayName: "Ines Carvalho" });
  await directory.user("theo.sync@example.com", { displayName: "Theo Brandt" });
  const group = await directory.group("Field sales");
  await page.reload();
  const log = page.locator("section", { has: page.getByRole("heading", { name: "What the directory sent" }) });
  await expect(log).toContainText("created ines.sync@example.com", { timeout: 20_000 });
  await expect(log).toContainText("ORD-0001");
  // The page looks for news every ten seconds.
  await expect(log).toContainText("overdrawn", { timeout: 20_000 });
  await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  expect(page.getByText(secret)).toHaveCount(0);
  const findings = await new AxeBuilder({ page }).analyze();
  expect(findings.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" ")}`)).toEqual([]);

  // A group that manages: its members do from then on.
  const lead = await directory.user("lead.sync@example.com", { displayName: "Mara Lind" });
  await directory.patch(`/Groups/${group.id}`, [{ op: "add", path: "members", value: [{ value: lead.id }] }]);
  await page.reload();
  await page.getByLabel("Field sales: Manages licences").click();
  await expect(page.getByText("Members of Field sales now manage your licences.")).toBeVisible();
  await expect(page.getByLabel("Field sales: Manages licences")).toBeChecked();
  await expect.poll(async () => (await company.manager.get(company.path("members?search=lead.sync"))).body.items[0].manager).toBe(true);

  // The token is taken away: the directory is refused at its next request.
  await page.getByRole("button", { name: "Take away “Entra ID”" }).click();
  await page.getByRole("dialog", { name: "Take away “Entra ID”" }).getByRole("button", { name: "Take away", exact: true }).click();
  await expect(page.getByText("The token “Entra ID” is taken away.")).toBeVisible();
  expect((await directory.get("/Users")).status).toBe(401);
});

test("the steps for each directory end with what is to be sent as what", async ({ seatwise, page }) => {
  const company = await seatwise.company({ user: 1 });
  await seatwise.lendSession(page, company.manager);
  await page.goto("/users/sync");
  for (const [steps, table, from, to] of [
    ["Step by step: Microsoft Entra ID", "Mappings for users in Entra ID", "userPrincipalName", "userName"],
    ["Step by step: Okta", "Mappings in Okta", "user.email", "emails[primary eq true].value"],
  ]) {
    await page.getByText(steps).click();
    const mapping = page.getByRole("region", { name: table }).getByRole("row").filter({ hasText: from });
    await expect(mapping).toContainText(to);
  }
  const findings = await new AxeBuilder({ page }).analyze();
  expect(findings.violations.map((violation) => violation.id)).toEqual([]);
});
