// The app comes in pieces: only what a page needs, later pieces when they are needed, also over bad connections.
import { expect, test } from "./support/seatwise.mjs";

/** The pieces that come after the first page. */
const LATER = /\/assets\/pieces-[^/]+\/\d+\.wasm$/;

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
  page.on("request", (request) => request.url().includes("/assets/") && files.push(new URL(request.url()).pathname));
  const pieces = () => files.filter((file) => file.includes("/pieces-")).map((file) => file.split("/").at(-1));
  const complaints = await dashboard(page, seatwise);
  expect(pieces(), "all that the first page needs comes in one file").toEqual(["dashboard.wasm"]);
  const counts = [];
  for (const name of ["Users", "Licences", "Settings", "Dashboard"]) {
    const before = pieces().length;
    await link(page, name).click();
    await expect(heading(page, name)).toBeVisible();
    counts.push(pieces().length - before);
  }
  for (const count of counts.slice(0, 3)) expect(count).toBeGreaterThan(0);
  expect(counts[3], "the dashboard is there").toBe(0);
  expect(new Set(files).size).toBe(files.length);
  expect(complaints).toEqual([]);
});

for (const [path, name, announced, later] of [
  ["/sign-in", "Sign in", "entrance", false],
  ["/dashboard", "Dashboard", "dashboard", false],
  ["/users", "Users", "users", false],
  ["/users?add=", "Users", "users", true],
  ["/users/import", "Import users", "import", false],
  ["/activity", "Activity", "licences", false],
]) {
  test(`${path} announces what it needs with its HTML, and all its texts come as one`, async ({ page, seatwise }) => {
    if (name !== "Sign in") await seatwise.lendSession(page, (await seatwise.company()).manager);
    const [files, complaints] = [[], []];
    page.on("request", (request) => files.push(new URL(request.url()).pathname));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    const answer = await page.goto(path);
    await expect(heading(page, name)).toBeVisible();
    if (later) await expect(page.getByRole("dialog")).toBeVisible();
    // A browser complains of what was announced and not used after some seconds.
    await page.waitForTimeout(5_000);
    const piece = /<(\/assets\/pieces-[^/]+\/([a-z]+)\.wasm)>; rel=preload/.exec(answer.headers().link);
    expect(piece?.[2]).toBe(announced);
    expect(files.filter((file) => file === piece[1])).toHaveLength(1);
    expect(files.filter((file) => file.includes("/pieces-")).length > 1, "the dialogue's pieces come by themselves").toBe(later);
    const texts = files.filter((file) => file.includes("/words-")).map((file) => file.split("/").slice(-2).join("/"));
    expect(texts).toEqual([`first/${announced}.json`]);
    expect(complaints).toEqual([]);
  });
}

test("what the first page shows is on its way before the app is there, and is asked for once", async ({ page, seatwise }) => {
  const asked = [];
  page.on("request", (request) => request.url().includes("/api/") && request.method() === "GET" && asked.push(new URL(request.url()).pathname.split("/").at(-1)));
  const figures = page.waitForRequest(/\/api\/v1\/companies\/[^/]+\/dashboard$/);
  await page.route(/\/assets\/app-[^/]+\.wasm$/, async (route) => {
    await figures;
    await route.continue();
  });
  const complaints = await dashboard(page, seatwise);
  await expect(page.getByText("Available to assign").first()).toBeVisible();
  expect(asked).toEqual(["session", "dashboard"]);
  expect(complaints).toEqual([]);
  // Whoever comes back to the page gets the figures of then.
  const again = page.waitForResponse(/\/dashboard$/);
  await link(page, "Users").click();
  await expect(heading(page, "Users")).toBeVisible();
  await link(page, "Dashboard").click();
  expect((await again).ok()).toBe(true);
});

test("of many quick clicks the last one counts, however slowly the pieces come", async ({ page, seatwise }) => {
  await page.route(LATER, async (route) => {
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
  await page.route(LATER, (route) => route.abort());
  await link(page, "Users").click();
  const again = page.getByRole("button", { name: "Try again" });
  await expect(again).toBeVisible();
  await page.unroute(LATER);
  await again.click();
  await expect(heading(page, "Users")).toBeVisible();
  await expect(again).toBeHidden();
});

test("when a newer release has replaced the pieces, the page is loaded anew", async ({ page, seatwise }) => {
  await dashboard(page, seatwise);
  // A page load younger than ten seconds is not repeated.
  await page.waitForTimeout(10_500);
  await page.route(LATER, (route) => route.fulfill({ status: 404 }));
  const loaded = page.waitForEvent("load");
  await link(page, "Users").click();
  await loaded;
  await page.unroute(LATER);
  await link(page, "Users").click();
  await expect(heading(page, "Users")).toBeVisible();
});
