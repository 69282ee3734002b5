// Changes that meet each other, and what a directory reads afterwards: versions, filters, and at what cost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { expectStatus } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { GROUP, USER, directory } from "../support/directory.mjs";
import { start } from "../support/start.mjs";

let place, here, app;
before(async () => {
  place = await start();
  here = await company(place, { user: 2000 });
  app = await directory(place, here);
});
after(() => place.close());

const query = (parameters) => `?${new URLSearchParams(parameters)}`;
const members = async (id) => ((await app.get(`/Groups/${id}`)).body.members ?? []).map(({ value }) => value);

/** Sends requests at once, while others read: without those, the first is over before the rest have looked. */
async function atOnce(requests) {
  let running = true;
  const reading = Array.from({ length: 4 }, async () => {
    while (running) await app.get("/Users?count=20");
  });
  const answers = await Promise.all(requests.map((request) => request()));
  running = false;
  await Promise.all(reading);
  return answers;
}

test("who insists on a version of a group is the only one to change its members", async () => {
  const users = await Promise.all(Array.from({ length: 8 }, () => app.user(address("insist"))));
  for (const op of ["add", "replace"]) {
    const group = await app.group(`Insist on ${op}`);
    const insist = { headers: { "if-match": group.meta.version } };
    const answers = await atOnce(
      users.map(({ id }) => () => app.patch(`/Groups/${group.id}`, [{ op, path: "members", value: [{ value: id }] }], insist)),
    );
    const worked = answers.filter(({ status }) => status === 204);
    assert.deepEqual([worked.length, answers.filter(({ status }) => status === 412).length], [1, 7], op);
    const now = await app.get(`/Groups/${group.id}`);
    assert.equal(now.headers.get("etag"), worked[0].headers.get("etag"), "the answer says which version the group is then");
    assert.equal(now.body.members.length, 1);
  }
});

test("whoever replaces the members leaves those that were sent, and nobody else", async () => {
  const users = await Promise.all(Array.from({ length: 8 }, () => app.user(address("replace"))));
  for (const change of [
    (id, member) => app.put(`/Groups/${id}`, { schemas: [GROUP], displayName: "Replaced by PUT", members: [{ value: member }] }),
    (id, member) => app.patch(`/Groups/${id}`, [{ op: "replace", path: "members", value: [{ value: member }] }]),
  ]) {
    const group = await app.group("Replaced by PUT");
    const answers = await atOnce(users.map(({ id }) => () => change(group.id, id)));
    for (const answer of answers) assert.ok([200, 204, 412].includes(answer.status), answer.text);
    for (const answer of answers.filter(({ status }) => status === 200)) assert.equal(answer.body.members.length, 1);
    assert.equal((await members(group.id)).length, 1);
    expectStatus(await app.delete(`/Groups/${group.id}`), 204);
  }
});

test("members that are added or taken away one by one at once all come and go", async () => {
  const users = await Promise.all(Array.from({ length: 12 }, () => app.user(address("single"))));
  const group = await app.group("One by one", users.slice(6).map(({ id }) => id));
  const value = (id) => [{ value: id }];
  const answers = await atOnce([
    ...users.slice(0, 6).map(({ id }) => () => app.patch(`/Groups/${group.id}`, [{ op: "add", path: "members", value: value(id) }])),
    ...users.slice(6).map(({ id }) => () => app.patch(`/Groups/${group.id}`, [{ op: "remove", path: `members[value eq "${id}"]` }])),
  ]);
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [204]);
  assert.equal(new Set(answers.map(({ headers }) => headers.get("etag"))).size, 12, "each is a version of its own");
  assert.deepEqual((await members(group.id)).sort(), users.slice(0, 6).map(({ id }) => id).sort());
});

test("a group whose member was deleted is another version of it, and so is a user in another group", async () => {
  const user = await app.user(address("leaves"));
  const group = await app.group("Left by somebody", [user.id]);
  const known = (path, tag) => app.get(path, { headers: { "if-none-match": tag } });
  const before = await app.get(`/Groups/${group.id}`);
  assert.equal((await known(`/Groups/${group.id}`, before.headers.get("etag"))).status, 304);
  const alone = (await app.get(`/Users/${user.id}`)).headers.get("etag");
  const other = await app.group("Joined by somebody", [user.id]);
  const seen = await known(`/Users/${user.id}`, alone);
  assert.deepEqual([seen.status, seen.body?.groups.map(({ display }) => display).sort()], [200, ["Joined by somebody", "Left by somebody"]]);
  assert.equal(seen.body.meta.version, seen.headers.get("etag"));
  assert.equal((await known(`/Users/${user.id}`, seen.headers.get("etag"))).status, 304);
  // Whoever changes a user needn't know the groups.
  const changed = await app.patch(`/Users/${user.id}`, [{ op: "add", path: "title", value: "T" }], { headers: { "if-match": alone } });
  assert.equal(changed.status, 200);
  assert.equal((await app.patch(`/Users/${user.id}`, [{ op: "add", path: "title", value: "S" }], { headers: { "if-match": alone } })).status, 412);
  expectStatus(await app.delete(`/Users/${user.id}`), 204);
  const after = await known(`/Groups/${group.id}`, before.headers.get("etag"));
  assert.deepEqual([after.status, after.body?.members], [200, undefined]);
  assert.ok(after.body.meta.lastModified > before.body.meta.lastModified);
  assert.notEqual((await app.get(`/Groups/${other.id}`)).body.meta.version, other.meta.version);
});

test("what is only to be changed if it is another version is left alone", async () => {
  const user = await app.user(address("known"));
  const body = { schemas: [USER], userName: user.userName, title: "Other" };
  assert.equal((await app.put(`/Users/${user.id}`, body, { headers: { "if-none-match": user.meta.version } })).status, 412);
  assert.equal((await app.put(`/Users/${user.id}`, body, { headers: { "if-none-match": 'W/"7"' } })).status, 200);
});

test("whether somebody is active is found the same way however it was said last", async () => {
  const [gone, there] = [await app.user(address("cleared"), { active: false }), await app.user(address("cleared"))];
  for (const user of [gone, there]) {
    for (const operation of [{ op: "remove", path: "active" }, { op: "replace", path: "active", value: null }, { op: "replace", path: "active", value: "" }]) {
      const answer = await app.patch(`/Users/${user.id}`, [operation]);
      assert.deepEqual([answer.status, answer.body.active], [200, undefined], JSON.stringify(operation));
    }
    for (const filter of [`active eq ${user.active}`, `not (active eq ${!user.active})`, `active ne ${!user.active}`, `id eq "${user.id}" and active eq ${user.active}`, `id eq "${user.id}" and active pr`]) {
      assert.ok((await app.find(filter, "&count=200")).Resources.some(({ id }) => id === user.id), filter);
    }
  }
  const indexed = await app.find("active eq false");
  assert.equal(indexed.totalResults, (await app.find("active eq false and userName pr")).totalResults);
});

test("an inactive user who comes anew comes back by being active, and is otherwise the same user twice", async () => {
  const user = await app.user(address("again"), { active: false, title: "First" });
  const twice = await app.post("/Users", { schemas: [USER], userName: user.userName, active: false, title: "Second" });
  assert.deepEqual([twice.status, twice.body.scimType], [409, "uniqueness"]);
  assert.equal((await app.get(`/Users/${user.id}`)).body.title, "First");
  const back = await app.post("/Users", { schemas: [USER], userName: user.userName, active: true, title: "Third" });
  assert.deepEqual([back.status, back.body.id, back.body.title], [201, user.id, "Third"]);
});

test("spaces around what users are found by don't hide them", async () => {
  const [name, mail, id] = [address("spaces"), address("spaces"), `ext ${address("spaces")}`];
  const user = await app.user(` ${name} `, { externalId: ` ${id} `, emails: [{ value: ` ${mail} `, type: "work" }] });
  assert.deepEqual([user.userName, user.externalId, user.emails[0].value], [name, id, mail]);
  for (const filter of [`userName eq "${name}"`, `externalId eq "${id}"`, `emails.value eq "${mail}"`]) {
    assert.deepEqual((await app.find(filter)).Resources.map((found) => found.id), [user.id], filter);
  }
});

test("a moment finer than changes are kept is compared like any other", async () => {
  const user = await app.user(address("moment"));
  const at = user.meta.lastModified;
  const finer = at.replace("Z", "900Z");
  assert.match(finer, /\.\d{6}Z$/);
  const found = async (filter) => (await app.find(filter, "&count=200")).Resources.some(({ id }) => id === user.id);
  for (const [operator, expected] of [["ge", false], ["gt", false], ["eq", false], ["lt", true], ["le", true]]) {
    const filter = `meta.lastModified ${operator} "${finer}"`;
    assert.deepEqual([await found(filter), await found(`${filter} and userName pr`)], [expected, expected], filter);
  }
  assert.ok(await found(`meta.lastModified ge "${at}" and meta.lastModified lt "${finer}"`));
});

test("a user is found by few rows, whoever is in a group too", async () => {
  const user = await app.user(address("rows"), { externalId: "rows-1" });
  const group = await app.group("Rows", [user.id]);
  for (const filter of [`userName eq "${user.userName}"`, 'externalId eq "rows-1"']) {
    const answer = await app.get(`/Users${query({ filter })}`);
    assert.deepEqual(answer.body.Resources.map(({ groups }) => groups.map(({ display }) => display)), [["Rows"]]);
    assert.ok(answer.rowsRead <= 10, `${answer.rowsRead} rows read for ${filter}`);
  }
  // The moments of a delta, both bounds by index.
  const delta = await app.get(`/Users${query({ filter: `meta.lastModified ge "${user.meta.lastModified}" and meta.lastModified lt "2100-01-01T00:00:00Z"` })}`);
  assert.ok(delta.body.totalResults >= 1 && delta.rowsRead <= 10 + 12 * delta.body.totalResults, `${delta.rowsRead} rows for ${delta.body.totalResults}`);
  assert.equal(group.members.length, 1);
});

test("users come into a large group one after the other by few rows, and whether one is in it is asked for by few", async () => {
  const database = await place.database();
  const group = await app.group("Large one");
  const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)";
  await database.batch([
    database
      .prepare(`${numbers} INSERT INTO directory_users (company_id, id, user_name, active, settled, data, created_at, modified_at)
        SELECT ?1, 'large-' || i, 'large-' || i, 0, 1, '{"userName":"large-' || i || '","active":false}', 1, 1 FROM n`)
      .bind(here.id),
    database.prepare(`${numbers} INSERT INTO directory_memberships (company_id, group_id, user_id, extra) SELECT ?1, ?2, 'large-' || i, 1 FROM n`).bind(here.id, group.id),
  ]);
  const users = await Promise.all(Array.from({ length: 4 }, () => app.user(address("large"), { emails: [{ value: address("large"), type: "work" }] })));
  for (const [number, { id }] of users.entries()) {
    const added = await app.patch(`/Groups/${group.id}`, [{ op: "add", path: "members", value: [{ value: id }] }]);
    assert.equal(added.status, 204);
    assert.ok(added.rowsRead <= 30 && added.rowsWritten <= 10, `${number}: ${added.rowsRead} rows read, ${added.rowsWritten} written`);
  }
  const [first] = users;
  for (const filter of [`id eq "${group.id}" and members eq "${first.id}"`, `members[value eq "${first.id}"] and displayName eq "Large one"`, `id eq "${group.id}" and members.value eq "${first.id}"`]) {
    const inside = await app.get(`/Groups${query({ filter, excludedAttributes: "members" })}`);
    assert.deepEqual(inside.body.Resources.map(({ displayName }) => displayName), ["Large one"], filter);
    if (!filter.includes("[")) assert.ok(inside.rowsRead <= 20, `${inside.rowsRead} rows read for ${filter}`);
  }
  const outside = await app.get(`/Groups${query({ filter: `id eq "${group.id}" and members eq "nobody"` })}`);
  assert.equal(outside.body.totalResults, 0);
  const byMember = await app.get(`/Groups${query({ filter: `members eq "${first.id}"`, attributes: "displayName" })}`);
  assert.deepEqual(byMember.body.Resources.map(({ displayName }) => displayName), ["Large one"]);
});

test("a group is found by the directory's own id", async () => {
  const made = expectStatus(await app.post("/Groups", { schemas: [GROUP], displayName: "Known elsewhere", externalId: "group-7" }), 201).body;
  for (const filter of ['externalId eq "group-7"', `id eq "${made.id}" and externalId pr`]) {
    const found = await app.get(`/Groups${query({ filter })}`);
    assert.deepEqual(found.body.Resources.map(({ id }) => id), [made.id]);
    assert.ok(found.rowsRead <= 14, `${found.rowsRead} rows read`);
  }
  assert.equal((await app.get(`/Groups${query({ filter: 'externalId eq "group-8"' })}`)).body.totalResults, 0);
});
