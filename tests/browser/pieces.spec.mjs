// The app comes in pieces: only what a page needs, later pieces when they are needed, also over bad connections.
import { expect, test } from "./support/seatwise.mjs";

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const link = (page, name) => page.getByRole("navigation").getByRole("link", { name, exact: true });

/** The dashboard of a new company's manager, with what the browser has complained about. */
async function dashboard(page, seatwise) {
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await seatwise.lendSession(page, (await seatwise.company()).manager);
  await page.goto("/dashboard");
  await expect(heading(page, "Dashboard")).toBeVisible();
  return complaints;
}

test("a page brings only what it needs, and nothing comes twice", async ({ page, seatwise }) => {
  const files = [];
  page.on("request", (request) => request.url().includes("/assets/") && files.push(request.url().split("/").at(-1)));
  const complaints = await dashboard(page, seatwise);
  expect(files.some((file) => file.startsWith("dashboard-"))).toBe(true);
  expect(files.filter((file) => /^(users|licences|desk|entrance|learner)-/.test(file))).toEqual([]);
  for (const name of ["Users", "Licences", "Settings", "Dashboard"]) {
    await link(page, name).click();
    await expect(heading(page, name)).toBeVisible();
  }
  for (const piece of ["users", "licences"]) expect(files.filter((file) => file.startsWith(`${piece}-`))).toHaveLength(1);
  expect(new Set(files).size).toBe(files.length);
  expect(complaints).toEqual([]);
});

test("of many quick clicks the last one counts, however slowly the pieces come", async ({ page, seatwise }) => {
  await page.route(/\/assets\/(users|licences|chunk)/, async (route) => {
    await new Promise((done) => setTimeout(done, 700));
    await route.continue();
  });
  const complaints = await dashboard(page, seatwise);
  for (const name of ["Users", "Settings", "Dashboard", "Licences"]) await link(page, name).click();
  await expect(heading(page, "Licences")).toBeVisible();
  await expect(page).toHaveURL(/\/licences$/);
  expect(complaints).toEqual([]);
});

test("a piece that doesn't come is asked for again", async ({ page, seatwise }) => {
  await dashboard(page, seatwise);
  await page.route(/\/assets\/users/, (route) => route.abort());
  await link(page, "Users").click();
  const again = page.getByRole("button", { name: "Try again" });
  await expect(again).toBeVisible();
  await page.unroute(/\/assets\/users/);
  await again.click();
  await expect(heading(page, "Users")).toBeVisible();
  await expect(again).toBeHidden();
});

test("when a newer release has replaced the pieces, the page is loaded anew", async ({ page, seatwise }) => {
  await dashboard(page, seatwise);
  // A page load younger than ten seconds is not repeated.
  await page.waitForTimeout(10_500);
  await page.route(/\/assets\/users/, (route) => route.fulfill({ status: 404 }));
  const loaded = page.waitForEvent("load");
  await link(page, "Users").click();
  await loaded;
  await page.unroute(/\/assets\/users/);
  await link(page, "Users").click();
  await expect(heading(page, "Users")).toBeVisible();
});
