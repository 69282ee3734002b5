// Walks every route of the table with every kind of caller.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { addManager, expectStatus, requestLicences } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { giveLogo } from "../support/pictures.mjs";
import { routes } from "../support/routes.mjs";
import { start } from "../support/start.mjs";

const ROUTES = routes();

/** What a caller may expect of a route: "in", or the problem that says why not. */
const OUT = "not-signed-in";
const EXPECTED = {
  //               nobody      learner         manager        another company's  account manager  someone removed
  Anyone:         ["in",       "in",           "in",          "in",              "in",            "in"],
  SignedIn:       [OUT,        "in",           "in",          "in",              "in",            OUT],
  Member:         [OUT,        "in",           "in",          "in",              "not-allowed",   OUT],
  Manager:        [OUT,        "not-allowed",  "in",          "not-found",       "not-allowed",   OUT],
  ManagerOrStaff: [OUT,        "not-allowed",  "in",          "not-found",       "in",            OUT],
  Staff:          [OUT,        "not-allowed",  "not-allowed", "not-allowed",     "in",            OUT],
  Administrator:  [OUT,        "not-allowed",  "not-allowed", "not-allowed",     "in",            OUT],
};
const CALLERS = ["nobody", "a learner", "a manager", "another company's manager", "an account manager", "someone just removed"];

/** Signing out ends the session that the walk needs; so it comes last. */
const last = (route) => route.method === "DELETE" && route.path === "/api/v1/session";
const inOrder = [...ROUTES.filter((route) => !last(route)), ...ROUTES.filter(last)];

let place, here, order, browsers, ids;
before(async () => {
  place = await start();
  here = await company(place, { user: 10 });
  const other = await company(place, { user: 1 });
  order = await requestLicences(here.manager, here.id, "user", 1);
  const member = (await here.add()).member.id;
  const group = expectStatus(await here.manager.post(here.path("groups"), { name: "Sales" }), 201).body.id;
  const lot = (await here.manager.get(here.path("lots"))).body.items[0].id;
  const draft = { file: "x.csv", separator: ",", header: [] };
  const id = expectStatus(await here.manager.post(here.path("imports/drafts"), draft), 201).body.id;
  const [{ id: letter }] = await place.sql("SELECT id FROM outbox WHERE company_id = ?1 AND letter = 'invite' LIMIT 1", here.id);
  const token = expectStatus(await here.manager.post(here.path("sync/tokens"), { name: "Directory", months: 1 }), 201).body.token.id;
  const staff = (await place.desk()).session.identity.id;
  // Two companies have it, so that it is still there when one of them has taken it away.
  await giveLogo(other);
  const logo = expectStatus(await giveLogo(here), 200).body.look.logo.address.split("/").at(-1);
  ids = { logo, letter, which: "invite", staff, company: here.id, order: order.id, member, group, lot, kind: "user", import: id, part: 0, token };
  const second = address("second.manager");
  await addManager(place, here.desk, here.id, second, "Maya Lund");
  const managers = expectStatus(await here.manager.get(here.path("managers")), 200).body.items;
  ids.manager = managers.find(({ email }) => email === second).id;
  const learner = await here.learner();
  const removed = await here.learner();
  await place.sql("UPDATE members SET removed_at = ?1 WHERE email = ?2", Date.now(), removed.address);
  browsers = {
    nobody: place.browser(),
    "a learner": learner,
    "a manager": here.manager.copy(),
    "another company's manager": other.manager,
    "an account manager": (await place.desk()).copy(),
    "someone just removed": removed,
  };
  for (const [name, browser] of Object.entries(browsers)) browser.session ??= (name === "a manager" ? here.manager : await place.desk()).session;
});
after(() => place?.close());

/** The address of a route for the first company's things, whoever asks. */
const addressOf = (route) => route.path.replace("/managers/{member}", "/managers/{manager}").replaceAll(/\{(\w+)\}/g, (_, what) => {
  assert.ok(ids[what] !== undefined, `an id for {${what}} in ${route.path}`);
  return ids[what];
});

/** What to send. Where nothing is said, `{}`: enough to be let in or not, and mostly not enough to do anything. */
function bodyOf(route, browser) {
  if (route.method === "GET" || route.method === "DELETE") return undefined;
  if (route.path === "/api/v1/session/identity") return { id: browser.session?.identity.id ?? "nobody" };
  return {};
}

test("the table has routes, and each says who may use it", () => {
  assert.ok(ROUTES.length >= 20, `${ROUTES.length} routes`);
  for (const route of ROUTES) assert.ok(route.who in EXPECTED, `${route.method} ${route.path}: ${route.who}`);
});

for (const [column, caller] of CALLERS.entries()) {
  describe(`${caller} at every door`, () => {
    for (const route of inOrder) {
      const expected = EXPECTED[route.who]?.[column];
      test(`${caller} and ${route.method} ${route.path}: ${expected}`, async () => {
        const browser = browsers[caller];
        const answer = await browser.send(route.method, addressOf(route), { body: bodyOf(route, browser) });
        const said = `${answer.status} ${answer.text.slice(0, 200)}`;
        // Whoever comes here shows a signature instead of a session.
        if (route.path === "/api/v1/mail-events") return assert.equal(answer.problem, "not-signed", said);
        if (expected === "in") {
          assert.ok(answer.status < 500, said);
          assert.ok(![401, 403].includes(answer.status), said);
          assert.ok(!["not-signed-in", "not-allowed", "not-found", "method-not-allowed"].includes(answer.problem), said);
        } else {
          assert.equal(answer.problem, expected, said);
          assert.equal(answer.status, { "not-signed-in": 401, "not-allowed": 403, "not-found": 404 }[expected]);
        }
      });
    }
  });
}

test("who may not is told so before anybody looks at what was sent", async () => {
  for (const route of ROUTES.filter(({ who, method }) => !["Anyone", "SignedIn"].includes(who) && ["POST", "PUT"].includes(method))) {
    const answer = await place.browser().send(route.method, addressOf(route), { raw: "{nonsense" });
    assert.equal(answer.problem, "not-signed-in", `${route.method} ${route.path}: ${answer.status} ${answer.text}`);
  }
});

test("what is not in the table is not found", async () => {
  const desk = (await place.desk()).copy();
  for (const [method, path] of [
    ["GET", "/api"],
    ["GET", "/api/"],
    ["GET", "/api/v1"],
    ["GET", "/api/v1/nothing"],
    ["POST", "/api/v1/nothing"],
    ["GET", "/api/v2/session"],
    ["GET", "/api/v1/session/"],
    ["GET", "/api/v1//session"],
    ["GET", "/api/v1/companies"],
    ["GET", `/api/v1/companies/${here.id}`],
    ["GET", `/api/v1/companies/${here.id}/dashboard/more`],
    ["GET", "/api/v1/companies//dashboard"],
    ["GET", "/scim"],
  ]) {
    const answer = await desk.send(method, path);
    assert.equal(answer.status, 404, `${method} ${path}: ${answer.status}`);
    assert.equal(answer.problem, "not-found", `${method} ${path}`);
  }
});

test("directory sync asks for a token of its own, whoever is signed in", async () => {
  for (const method of ["GET", "POST", "DELETE"]) {
    const answer = await (await place.desk()).copy().send(method, "/scim/v2/Users", { body: method === "POST" ? {} : undefined });
    assert.equal(answer.status, 401);
    assert.match(answer.headers["www-authenticate"], /^Bearer/);
    assert.match(answer.headers["content-type"], /^application\/scim\+json/);
  }
});

test("a known address answers other methods with those that it takes", async () => {
  const browser = place.browser();
  for (const path of new Set(ROUTES.map((route) => route.path))) {
    const taken = ROUTES.filter((route) => route.path === path).map((route) => route.method);
    for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH"].filter((one) => !taken.includes(one))) {
      const answer = await browser.send(method, addressOf({ path }), { body: method === "GET" || method === "DELETE" ? undefined : {} });
      assert.equal(answer.status, 405, `${method} ${path}: ${answer.status} ${answer.text}`);
      assert.equal(answer.problem, "method-not-allowed");
      const allowed = (answer.headers.allow ?? "").split(",").map((one) => one.trim());
      for (const one of taken) assert.ok(allowed.includes(one), `Allow: ${answer.headers.allow}`);
    }
  }
});
