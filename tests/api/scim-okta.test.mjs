// The life of users and groups as Okta sends it, with the balance after each step; and what every client may rely on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, company } from "../support/company.mjs";
import { Directory, ENTERPRISE, GROUP, PATCH, USER, directory } from "../support/directory.mjs";
import { databaseDump } from "../support/database.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => {
  place = await start();
});
after(() => place.close());

/** A user as Okta creates one. */
const okta = (email, more = {}) => ({
  schemas: [USER],
  userName: email,
  name: { givenName: "Theo", familyName: "Brandt" },
  emails: [{ primary: true, value: email, type: "work" }],
  displayName: "Theo Brandt",
  locale: "en-GB",
  externalId: `00u-${email}`,
  groups: [],
  password: "a random word that nobody keeps",
  active: true,
  ...more,
});

test("a custom app: look, create, read, replace, deactivate and reactivate by PUT", async () => {
  const c = await company(place, { user: 2 });
  const app = await directory(place, c);
  const email = address("theo");
  assert.deepEqual((await app.get("/Users?startIndex=1&count=2")).body.totalResults, 0);
  assert.equal((await app.get(`/Users?filter=userName%20eq%20%22${encodeURIComponent(email)}%22&startIndex=1&count=100`)).body.totalResults, 0);
  const created = await app.post("/Users", okta(email));
  assert.equal(created.status, 201, created.text);
  assert.equal(created.body.password, undefined);
  assert.ok(!created.text.includes("random word") && !JSON.stringify(await place.sql("SELECT * FROM directory_users")).includes("random word"));
  const { id } = created.body;
  assert.deepEqual(await c.figures(), [1, 0, 1, 2]);
  assert.equal((await app.post("/Users", okta(email))).status, 409);

  // Okta sends back what it has read, with one thing changed.
  const replace = async (change) => {
    const { body } = await app.get(`/Users/${id}`);
    const put = await app.put(`/Users/${id}`, { ...body, ...change });
    assert.equal(put.status, 200, put.text);
    return put.body;
  };
  assert.equal((await replace({ displayName: "Theo B." })).displayName, "Theo B.");
  assert.deepEqual(await c.figures(), [1, 0, 1, 2]);
  assert.equal((await replace({ active: false })).active, false);
  assert.deepEqual(await c.figures(), [2, 0, 0, 2]);
  assert.equal((await replace({ active: true })).active, true);
  assert.deepEqual(await c.figures(), [1, 0, 1, 2]);
  // Sending the same again changes nothing, not even the version.
  const before = (await app.get(`/Users/${id}`)).body.meta.version;
  assert.equal((await replace({})).meta.version, before);
});

test("a catalogue app: deactivated without a path, groups pushed, renamed with every change, emptied", async () => {
  const c = await company(place, { user: 4 });
  const app = await directory(place, c);
  const [one, two] = [await app.user(address("one")), await app.user(address("two"))];
  const off = await app.patch(`/Users/${one.id}`, [{ op: "replace", value: { active: false } }]);
  assert.ok(off.status < 300);
  assert.deepEqual(await c.figures(), [3, 0, 1, 4]);
  await app.patch(`/Users/${one.id}`, [{ op: "replace", value: { active: true } }]);
  const created = await app.post("/Groups", { schemas: [GROUP], displayName: "Berlin", members: [] });
  assert.equal(created.status, 201);
  const path = `/Groups/${created.body.id}`;
  const rename = { op: "replace", value: { id: created.body.id, displayName: "Berlin" } };
  const members = async () => ((await app.get(path)).body.members ?? []).map((member) => member.value).sort();
  assert.ok((await app.patch(path, [rename, { op: "add", path: "members", value: [{ value: one.id, display: one.userName }] }])).status < 300);
  assert.ok((await app.patch(path, [{ op: "remove", path: `members[value eq "${one.id}"]` }, { op: "add", path: "members", value: [{ value: two.id }] }])).status < 300);
  assert.deepEqual(await members(), [two.id]);
  assert.ok((await app.patch(path, [rename])).status < 300);
  assert.deepEqual(await members(), [two.id], "a name touches no member");
  assert.ok((await app.patch(path, [{ op: "replace", path: "members", value: [{ value: one.id }, { value: two.id }] }])).status < 300);
  assert.deepEqual(await members(), [one.id, two.id].sort());
  assert.ok((await app.patch(path, [{ op: "replace", path: "members", value: [] }])).status < 300);
  assert.deepEqual(await members(), []);
  const put = await app.put(path, { schemas: [GROUP], displayName: "Berlin", members: [{ value: one.id }] });
  assert.deepEqual([put.status, put.body.members.map((member) => member.value)], [200, [one.id]]);
  assert.equal((await app.delete(path)).status, 204);
});

test("an import goes through pages in a stable order", async () => {
  const c = await company(place, { user: 20 });
  const app = await directory(place, c);
  const made = [];
  for (let i = 0; i < 12; i++) made.push((await app.user(address("page"))).id);
  const seen = [];
  for (let index = 1; index <= 12; index += 5) {
    const { body } = await app.get(`/Users?startIndex=${index}&count=5`);
    assert.deepEqual([body.totalResults, body.startIndex, body.itemsPerPage], [12, index, body.Resources.length]);
    seen.push(...body.Resources.map((user) => user.id));
  }
  assert.deepEqual(seen, made);
  // By cursor too (RFC 9865).
  const byCursor = [];
  let cursor = "";
  do {
    const { body } = await app.get(`/Users?cursor=${cursor}&count=5`);
    byCursor.push(...body.Resources.map((user) => user.id));
    cursor = body.nextCursor;
  } while (cursor);
  assert.deepEqual(byCursor, made);
  assert.deepEqual((await app.get("/Users?cursor=nonsense")).body.scimType, "invalidCursor");
  assert.deepEqual([(await app.get("/Users?count=0")).body.totalResults, (await app.get("/Users?count=-3&startIndex=-1")).body.startIndex], [12, 1]);
});

test("filters, sorting and selected attributes", async () => {
  const c = await company(place, { user: 20 });
  const app = await directory(place, c);
  const names = ["Carla", "anton", "Bea"];
  const users = [];
  for (const [index, name] of names.entries()) {
    users.push(await app.user(address(name), { displayName: name, title: index ? "Trainer" : undefined, emails: [{ value: `${name}@home.example`, type: "home" }], [ENTERPRISE]: { department: index > 1 ? "Sales" : "Stock" } }));
  }
  const found = async (filter, more) => (await app.find(filter, more)).Resources.map((user) => user.displayName);
  assert.deepEqual(await found('displayName sw "b"'), ["Bea"]);
  assert.deepEqual(await found('title pr and not (displayName eq "bea")'), ["anton"]);
  assert.deepEqual(await found(`${ENTERPRISE}:department eq "stock" or displayName co "e"`), ["Carla", "anton", "Bea"]);
  assert.deepEqual(await found('emails[type eq "home" and value ew "@HOME.example"]', "&sortBy=displayName"), ["anton", "Bea", "Carla"]);
  assert.deepEqual(await found("active eq true", "&sortBy=displayName&sortOrder=descending&count=2"), ["Carla", "Bea"]);
  const { lastModified } = users[1].meta;
  assert.ok((await found(`meta.lastModified ge "${lastModified}"`)).includes("Bea"));
  assert.deepEqual(await found(`meta.lastModified lt "${users[0].meta.lastModified}"`), []);
  for (const wrong of ["displayName", "displayName xx 1", "(displayName pr", 'nothing eq "x"', 'displayName eq "x" and', "(".repeat(5000)]) {
    const answer = await app.get(`/Users?filter=${encodeURIComponent(wrong)}`);
    assert.deepEqual([answer.status, answer.body.scimType], [400, "invalidFilter"], wrong);
  }
  const few = (await app.get(`/Users/${users[0].id}?attributes=displayName,emails.value`)).body;
  assert.deepEqual(Object.keys(few).sort(), ["displayName", "emails", "id", "schemas"]);
  assert.deepEqual(few.emails, [{ value: "Carla@home.example" }]);
  assert.equal((await app.get(`/Users/${users[0].id}?excludedAttributes=displayName,id`)).body.id, users[0].id);
  const searched = await app.post("/Users/.search", { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], filter: 'displayName eq "carla"', attributes: ["userName"] });
  assert.deepEqual([searched.body.totalResults, searched.body.Resources[0].displayName], [1, undefined]);
});

test("entity tags: nothing is overwritten that isn't known, and what is known isn't sent again", async () => {
  const c = await company(place, { user: 2 });
  const app = await directory(place, c);
  const user = await app.user(address("tag"));
  const path = `/Users/${user.id}`;
  const first = await app.get(path);
  const tag = first.headers.get("etag");
  assert.equal(first.body.meta.version, tag);
  assert.equal((await app.get(path, { headers: { "if-none-match": tag } })).status, 304);
  assert.equal((await app.patch(path, [{ op: "replace", path: "title", value: "Trainer" }], { headers: { "if-match": tag } })).status, 200);
  const late = await app.patch(path, [{ op: "replace", path: "title", value: "Cook" }], { headers: { "if-match": tag } });
  assert.deepEqual([late.status, (await app.get(path)).body.title], [412, "Trainer"]);
  assert.equal((await app.delete(path, { headers: { "if-match": tag } })).status, 412);
  assert.equal((await app.delete(path, { headers: { "if-match": "*" } })).status, 204);
});

test("bulk: users and a group that names them, whatever the order", async () => {
  const c = await company(place, { user: 5 });
  const app = await directory(place, c);
  const [one, two] = [address("bulk"), address("bulk")];
  const answer = await app.post("/Bulk", {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
    Operations: [
      { method: "POST", path: "/Groups", bulkId: "g", data: { displayName: "Bulk", members: [{ value: "bulkId:a" }, { value: "bulkId:b" }] } },
      { method: "POST", path: "/Users", bulkId: "a", data: okta(one) },
      { method: "POST", path: "/Users", bulkId: "b", data: okta(two) },
      { method: "POST", path: "/Users", bulkId: "c", data: okta(two) },
      { method: "PATCH", path: "/Users/bulkId:a", data: { schemas: [PATCH], Operations: [{ op: "replace", path: "title", value: "First" }] } },
    ],
  });
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.body.Operations.map((operation) => operation.status), ["201", "201", "201", "409", "200"]);
  assert.equal(answer.body.Operations[3].response.scimType, "uniqueness");
  const group = (await app.get(new URL(answer.body.Operations[0].location).pathname.replace("/scim/v2", ""))).body;
  assert.equal(group.members.length, 2);
  assert.deepEqual(await c.figures(), [3, 0, 2, 5]);
  const stopped = await app.post("/Bulk", { failOnErrors: 1, Operations: [{ method: "DELETE", path: "/Users/none" }, { method: "POST", path: "/Users", bulkId: "x", data: okta(address()) }] });
  assert.equal(stopped.body.Operations.length, 1);
});

test("what another company's directory has is not found, and its names are free", async () => {
  const [ours, theirs] = [await company(place, { user: 3 }), await company(place, { user: 3 })];
  const [our, their] = [await directory(place, ours), await directory(place, theirs)];
  const email = address("shared");
  const user = await our.user(email, { externalId: "shared" });
  const group = await our.group("Shared", [user.id]);
  const before = await databaseDump(place);
  const change = [{ op: "replace", path: "active", value: false }];
  for (const path of [`/Users/${user.id}`, `/Groups/${group.id}`]) {
    const answers = [await their.get(path), await their.put(path, { userName: "x", displayName: "x" }), await their.patch(path, change), await their.delete(path)];
    assert.deepEqual(answers.map((answer) => answer.status), [404, 404, 404, 404], path);
  }
  for (const filter of [`userName eq "${email}"`, 'externalId eq "shared"', `emails.value eq "${email}"`, `id eq "${user.id}"`, `displayName pr`]) {
    assert.equal((await their.find(filter)).totalResults, 0, filter);
  }
  // Members that are somebody else's are nobody.
  const mine = await their.group("Mine", [user.id]);
  assert.equal(mine.members, undefined);
  const after = await databaseDump(place);
  for (const table of ["directory_users", "directory_memberships", "licences"]) assert.deepEqual(after[table], before[table], table);
  assert.equal((await their.post("/Users", okta(email))).status, 201);
});

test("tokens: none, a wrong one, one that was taken away, one that has expired, two at a time", async () => {
  const c = await company(place, { user: 3 });
  const app = await directory(place, c);
  for (const token of [undefined, "nonsense", `${app.token}x`]) {
    const answer = await new Directory(place.origin, token).get("/Users");
    assert.deepEqual([answer.status, answer.body.status, answer.headers.get("www-authenticate")?.startsWith("Bearer")], [401, "401", true]);
  }
  const second = await directory(place, c);
  assert.deepEqual([(await app.get("/Users")).status, (await second.get("/Users")).status], [200, 200]);
  const revoked = await c.manager.delete(c.path(`sync/tokens/${app.tokenId}`));
  assert.deepEqual([revoked.status, revoked.body.tokens.length], [200, 1]);
  assert.deepEqual([(await app.get("/Users")).status, (await second.get("/Users")).status], [401, 200]);
  await place.sql("UPDATE sync_tokens SET expires_at = 1 WHERE id = ?1", second.tokenId);
  assert.equal((await second.get("/Users")).status, 401);
  // The secret is kept nowhere.
  assert.ok(!JSON.stringify(await databaseDump(place)).includes(second.token));
  assert.equal((await c.manager.delete(c.path("sync/tokens/unknown"))).status, 404);
});

test("a learner, a stranger and another company's manager make no tokens", async () => {
  const [c, other] = [await company(place, { user: 1 }), await company(place)];
  const learner = await c.learner();
  const token = { name: "Mine", months: null };
  assert.equal((await learner.post(c.path("sync/tokens"), token)).status, 403);
  assert.equal((await other.manager.post(c.path("sync/tokens"), token)).status, 404);
  assert.equal((await place.browser().post(c.path("sync/tokens"), token)).status, 401);
  for (const [wrong, field] of [[{ name: "", months: null }, "name"], [{ name: "x", months: 0 }, "months"], [{ name: "x", months: 37 }, "months"]]) {
    const answer = await c.manager.post(c.path("sync/tokens"), wrong);
    assert.deepEqual([answer.status, answer.body.field], [422, field]);
  }
  for (let i = 0; i < 10; i++) assert.equal((await c.manager.post(c.path("sync/tokens"), token)).status, 201);
  assert.equal((await c.manager.post(c.path("sync/tokens"), token)).problem, "too-many-tokens");
});

test("whoever is no longer active in the directory can't be given a licence by hand", async () => {
  const c = await company(place, { user: 2 });
  const app = await directory(place, c);
  const user = await app.user(address("off"));
  await app.patch(`/Users/${user.id}`, [{ op: "replace", path: "active", value: false }]);
  const [{ id }] = (await c.manager.get(c.path(`members?search=${encodeURIComponent(user.userName)}&standing=all`))).body.items;
  const given = await c.manager.post(c.path("licences/given"), { members: [id] });
  assert.equal(given.problem, "suspended");
  assert.deepEqual(await c.figures(), [2, 0, 0, 2]);
});

test("fifty users at once on the last ten licences: ten are drawn, forty refused, and all of it adds up", async () => {
  const c = await company(place, { user: 10 });
  const settings = (await c.manager.get(c.path("settings"))).body;
  await c.manager.put(c.path("settings"), { ...settings, sync_shortage: "refuse" });
  const app = await directory(place, c);
  const answers = await Promise.all(Array.from({ length: 50 }, () => app.post("/Users", okta(address("race")))));
  assert.deepEqual([201, 403].map((status) => answers.filter((answer) => answer.status === status).length), [10, 40]);
  assert.deepEqual(await c.figures(), [0, 0, 10, 10]);
});

test("the same user twenty times at once is one user", async () => {
  const c = await company(place, { user: 30 });
  const app = await directory(place, c);
  const email = address("same");
  const answers = await Promise.all(Array.from({ length: 20 }, () => app.post("/Users", okta(email))));
  assert.deepEqual([201, 409].map((status) => answers.filter((answer) => answer.status === status).length), [1, 19], JSON.stringify(answers.map((answer) => answer.text.slice(0, 90))));
  assert.deepEqual(await c.figures(), [29, 0, 1, 30]);
  // And changed twenty times at once, nothing is lost.
  const { id } = answers.find((answer) => answer.status === 201).body;
  const group = await app.group("Race");
  const others = await Promise.all(Array.from({ length: 10 }, () => app.user(address("member"))));
  const patched = await Promise.all(others.map((other) => app.patch(`/Groups/${group.id}`, [{ op: "add", path: "members", value: [{ value: other.id }] }])));
  assert.ok(patched.every((answer) => answer.status === 204));
  assert.equal((await app.get(`/Groups/${group.id}`)).body.members.length, 10);
  const numbers = await Promise.all([1, 2, 3, 4].map((n) => app.patch(`/Users/${id}`, [{ op: "add", path: "phoneNumbers", value: [{ type: `t${n}`, value: String(n) }] }])));
  assert.ok(numbers.every((answer) => answer.status === 200), JSON.stringify(numbers.map((answer) => answer.text)));
  assert.equal((await app.get(`/Users/${id}`)).body.phoneNumbers.length, 4);
});

test("nonsense is told what is wrong with it, and changes nothing", async () => {
  const c = await company(place, { user: 2 });
  const app = await directory(place, c);
  const user = await app.user(address("stays"));
  const before = await databaseDump(place);
  const refused = [
    [await app.send("POST", "/Users", { raw: "{" }), 400, "invalidSyntax"],
    [await app.post("/Users", []), 400, "invalidSyntax"],
    [await app.post("/Users", { schemas: [USER] }), 400, "invalidValue"],
    [await app.post("/Users", { userName: {} }), 400, "invalidValue"],
    [await app.post("/Users", { userName: "x@example.com", emails: "\u0000" }), 400, "invalidValue"],
    [await app.post("/Groups", {}), 400, "invalidValue"],
    [await app.patch(`/Users/${user.id}`, [{ op: "explode", path: "title" }]), 400, "invalidSyntax"],
    [await app.patch(`/Users/${user.id}`, [{ op: "replace", path: "nothing", value: 1 }]), 400, "invalidPath"],
    [await app.patch(`/Users/${user.id}`, [{ op: "replace", path: "title", value: "half" }, { op: "replace", path: "active", value: "perhaps" }]), 400, "invalidValue"],
    [await app.patch(`/Users/${user.id}`, [{ op: "remove" }]), 400, "noTarget"],
    [await app.patch(`/Users/${user.id}`, [{ op: "remove", path: "userName" }]), 400, undefined],
    [await app.patch(`/Users/${user.id}`, [{ op: "replace", path: "id", value: "x" }]), 400, "mutability"],
  ];
  for (const [answer, status, scimType] of refused) {
    assert.equal(answer.status, status, answer.text);
    if (scimType) assert.equal(answer.body.scimType, scimType, answer.text);
    assert.deepEqual(answer.body.schemas, ["urn:ietf:params:scim:api:messages:2.0:Error"]);
  }
  for (const [method, path, status] of [["GET", "/Nothing", 404], ["DELETE", "/Users", 405], ["PATCH", "/Schemas", 405], ["GET", "/Me", 501], ["GET", "/Users/a/b", 404], ["GET", "/Schemas?filter=id", 403]]) {
    assert.equal((await app.send(method, path)).status, status, `${method} ${path}`);
  }
  assert.equal((await app.send("POST", "/Users", { raw: `{"userName":"${"x".repeat(5_000_000)}"}` })).status, 413);
  const after = await databaseDump(place);
  for (const table of ["directory_users", "directory_groups", "members", "licences", "events"]) assert.deepEqual(after[table], before[table], table);
});

test("what is known of the service says what it can do", async () => {
  const c = await company(place);
  const app = await directory(place, c);
  const config = (await app.get("/ServiceProviderConfig")).body;
  assert.deepEqual([config.patch.supported, config.bulk.supported, config.filter.supported, config.sort.supported, config.etag.supported], [true, true, true, true, true]);
  const operations = (count) => ({ Operations: Array.from({ length: count }, () => ({ method: "DELETE", path: "/Users/none" })) });
  assert.equal((await app.post("/Bulk", operations(config.bulk.maxOperations))).status, 200, "as many as it says");
  assert.equal((await app.post("/Bulk", operations(config.bulk.maxOperations + 1))).status, 413, "and no more");
  const schemas = (await app.get("/Schemas")).body.Resources.map((schema) => schema.id);
  assert.ok([USER, ENTERPRISE, GROUP].every((id) => schemas.includes(id)));
  assert.equal((await app.get(`/Schemas/${ENTERPRISE}`)).body.id, ENTERPRISE);
  assert.deepEqual((await app.get("/ResourceTypes")).body.Resources.map((type) => type.name), ["User", "Group"]);
});
