// The headers of every kind of answer.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { DIST_FOLDER } from "../../worker/local/places.mjs";
import { company } from "../support/company.mjs";
import { start } from "../support/start.mjs";

let place, here;
before(async () => {
  place = await start();
  here = await company(place, { user: 1 });
});
after(() => place?.close());

const hashed = () => readdirSync(join(DIST_FOLDER, "assets"), { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map((file) => relative(join(DIST_FOLDER, "assets"), join(file.parentPath, file.name)));

/** Name, what to ask for, the status, and whether it is the API's answer. */
const ANSWERS = [
  ["an answer of the API", () => here.manager.get(here.path("dashboard")), 200, true],
  ["who is signed in", () => place.browser().get("/api/v1/session"), 200, true],
  ["a problem", () => place.browser().get(here.path("dashboard")), 401, true],
  ["an address that the API doesn't have", () => place.browser().get("/api/v1/nothing"), 404, true],
  ["a method that the API doesn't take", () => place.browser().send("PATCH", "/api/v1/session", { body: {} }), 405, true],
  ["a request from another site", () => place.browser().post("/api/v1/sign-in-links", {}, { headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" } }), 403, true],
  ["the app's page", () => page("/"), 200, false],
  ["a page's address that is opened directly", () => page("/licences/orders"), 200, false],
  ["the sign-in page", () => page("/sign-in"), 200, false],
  ["a hashed file", () => page(`/assets/${hashed()[0]}`), 200, false],
  ["a hashed file that is gone", () => page("/assets/none.js"), 404, false],
  ["robots.txt", () => page("/robots.txt"), 200, false],
];

function page(path) {
  return place.browser().get(path, {
    headers: { accept: "text/html,*/*", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "sec-fetch-site": "none" },
  });
}

for (const [what, send, status, ofApi] of ANSWERS) {
  test(`${what} can't be framed, sniffed, or made to run what isn't ours`, async () => {
    const answer = await send();
    assert.equal(answer.status, status, answer.text.slice(0, 200));
    const header = (name) => answer.headers[name] ?? "";
    const policy = Object.fromEntries(
      header("content-security-policy").split(";").map((part) => part.trim().split(/\s+/)).filter(([name]) => name).map(([name, ...values]) => [name, values]),
    );
    assert.deepEqual(policy["frame-ancestors"], ["'none'"], header("content-security-policy"));
    assert.deepEqual(policy["default-src"]?.length, 1);
    assert.ok(["'none'", "'self'"].includes(policy["default-src"][0]));
    assert.deepEqual(policy["base-uri"], ["'none'"]);
    if (policy["default-src"][0] !== "'none'") assert.deepEqual(policy["object-src"], ["'none'"]);
    for (const values of Object.values(policy)) {
      assert.ok(!values.some((value) => ["'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:"].includes(value) && values !== policy["img-src"]), header("content-security-policy"));
    }
    assert.equal(header("x-content-type-options"), "nosniff");
    assert.match(header("strict-transport-security"), /max-age=(\d{8,})/);
    assert.match(header("referrer-policy"), /^(no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/);
    if (ofApi) assert.match(header("cache-control"), /\bno-store\b/);
    assert.equal(answer.headers["access-control-allow-origin"], undefined);
    assert.ok(header("content-type") !== "" || answer.text === "");
  });
}

test("hashed files are kept for ever, the page is asked for each time", async () => {
  for (const name of hashed()) {
    const answer = await page(`/assets/${name}`);
    assert.equal(answer.status, 200, name);
    assert.match(answer.headers["cache-control"], /immutable/, name);
    assert.match(answer.headers["cache-control"], /max-age=31536000/, name);
  }
  for (const path of ["/", "/licences/orders"]) {
    assert.doesNotMatch((await page(path)).headers["cache-control"], /immutable|max-age=[1-9]/, path);
  }
});

test("a file that is gone is not found, and isn't the app's page", async () => {
  for (const path of ["/assets/none.js", "/assets/none.wasm", "/assets/none.css", "/assets/"]) {
    const answer = await page(path);
    assert.equal(answer.status, 404, path);
    assert.doesNotMatch(answer.text, /<html/i, path);
    assert.doesNotMatch(answer.headers["cache-control"] ?? "", /immutable/, path);
  }
});

test("files come with the types that browsers insist on", async () => {
  const types = { js: "text/javascript", wasm: "application/wasm", css: "text/css" };
  for (const name of hashed()) {
    const expected = types[name.split(".").at(-1)];
    if (expected) assert.equal((await page(`/assets/${name}`)).headers["content-type"].split(";")[0], expected, name);
  }
  assert.equal((await page("/")).headers["content-type"].split(";")[0], "text/html");
});

test("every answer of the API says what it cost the database", async () => {
  const answer = await here.manager.get(here.path("dashboard"));
  assert.ok(Number.isInteger(answer.rowsRead) && answer.rowsRead > 0);
  assert.ok(Number.isInteger(answer.rowsWritten));
});

test("HEAD gets what GET gets, without the body", async () => {
  const got = await here.manager.get(here.path("settings"));
  const head = await here.manager.send("HEAD", here.path("settings"));
  assert.equal(head.text, "");
  if (head.status !== 405) {
    assert.equal(head.status, got.status);
    assert.equal(head.headers["content-type"], got.headers["content-type"]);
  }
});
