// One address of two users, and requests that come at the same moment or in an odd order: what becomes of the licences.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, company } from "../support/company.mjs";
import { PATCH, USER, decide, directory } from "../support/directory.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => {
  place = await start();
});
after(() => place.close());

const at = (userName, email, more = {}) => ({ schemas: [USER], userName, active: true, emails: [{ value: email, type: "work", primary: true }], ...more });
const replace = (path, value) => [{ op: "replace", path, value }];
const problems = async (c) => (await c.manager.get(c.path("sync"))).body.problems;

/** Waits until it holds: the log is written once answers have left. */
async function soon(holds) {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail("It never came.");
}

test("two users with one address: both are taken, one has the licence, and the page says why", async () => {
  const c = await company(place, { user: 5 });
  const app = await directory(place, c);
  const email = address("desk");
  const first = (await app.post("/Users", at(address("first"), email))).body;
  assert.deepEqual(await c.figures(), [4, 0, 1, 5]);
  const second = await app.post("/Users", at(address("second"), email));
  assert.equal(second.status, 201, second.text);
  assert.equal((await app.get(`/Users/${second.body.id}`)).body.emails[0].value, email);
  assert.equal((await app.find(`emails.value eq "${email}"`)).totalResults, 2);
  assert.deepEqual(await c.figures(), [4, 0, 1, 5], "nobody has two licences");
  await soon(async () => (await problems(c)).some((line) => line.problem === "taken" && line.subject === email));
  const page = (await c.manager.get(c.path("sync"))).body;
  assert.deepEqual([page.users, page.held, page.without_address], [2, 0, 1]);
  // Whoever shares it comes and goes without touching the other's.
  for (const active of [false, true]) {
    assert.equal((await app.patch(`/Users/${second.body.id}`, replace("active", active))).body.active, active);
    assert.deepEqual(await c.figures(), [4, 0, 1, 5]);
  }
  // The first goes: the address is free, and the second has it at the next run.
  assert.equal((await app.delete(`/Users/${first.id}`)).status, 204);
  assert.deepEqual(await c.figures(), [5, 0, 0, 5]);
  await place.scheduled();
  assert.deepEqual(await c.figures(), [4, 0, 1, 5]);
  assert.deepEqual([(await c.manager.get(c.path("sync"))).body.without_address, (await app.delete(`/Users/${second.body.id}`)).status], [0, 204]);
  assert.deepEqual(await c.figures(), [5, 0, 0, 5]);
});

test("somebody who comes to an address of their own draws at once", async () => {
  const c = await company(place, { user: 5 });
  const app = await directory(place, c);
  const email = address("shared");
  await app.post("/Users", at(address("first"), email));
  const { id } = (await app.post("/Users", at(address("second"), email))).body;
  const own = address("own");
  assert.equal((await app.patch(`/Users/${id}`, replace('emails[type eq "work"].value', own))).status, 200);
  assert.deepEqual(await c.figures(), [3, 0, 2, 5]);
  assert.equal((await c.manager.get(c.path(`members?search=${encodeURIComponent(own)}`))).body.items.length, 1);
});

test("a change to an address that somebody here has keeps the member's own, and says so", async () => {
  const c = await company(place, { user: 5 });
  const app = await directory(place, c);
  const [known, own] = [address("known"), address("own")];
  await c.add(known);
  const { id } = (await app.post("/Users", at(own, own))).body;
  const changed = await app.patch(`/Users/${id}`, replace('emails[type eq "work"].value', known));
  assert.deepEqual([changed.status, changed.body.emails[0].value], [200, known], changed.text);
  assert.deepEqual(await c.figures(), [3, 0, 2, 5]);
  assert.equal((await c.manager.get(c.path(`members?search=${encodeURIComponent(own)}`))).body.items.length, 1, "the member keeps theirs");
  await soon(async () => (await problems(c)).some((line) => line.problem === "taken"));
});

test("twenty users with one address at once are twenty users and one member", async () => {
  const c = await company(place, { user: 30 });
  const app = await directory(place, c);
  const email = address("all");
  const answers = await Promise.all(Array.from({ length: 20 }, () => app.post("/Users", at(address("one"), email))));
  assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [201], JSON.stringify(answers.map((answer) => answer.text.slice(0, 90))));
  assert.deepEqual(await c.figures(), [29, 0, 1, 30]);
});

test("active and not active at once: whatever holds in the end holds for the licence too", async () => {
  const c = await company(place, { user: 10 });
  const app = await directory(place, c);
  const users = await Promise.all(Array.from({ length: 4 }, () => app.user(address("flip"))));
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(users.flatMap(({ id }) => [true, false, true, false].map((active) => app.patch(`/Users/${id}`, replace("active", active)))));
    assert.ok(answers.every((answer) => answer.status === 200), JSON.stringify(answers.map((answer) => answer.text.slice(0, 90))));
    const active = (await app.get("/Users")).body.Resources.filter((user) => user.active).length;
    assert.deepEqual(await c.figures(), [10 - active, 0, active, 10]);
  }
});

test("groups made, filled and deleted at once never break, and leave nobody in a group that is gone", async () => {
  const c = await company(place, { user: 20 });
  const app = await directory(place, c);
  const made = await Promise.all(Array.from({ length: 10 }, () => app.post("/Groups", { displayName: "At once" })));
  assert.deepEqual([201, 409].map((status) => made.filter((answer) => answer.status === status).length), [1, 9], JSON.stringify(made.map((answer) => answer.text.slice(0, 90))));
  const { id } = made.find((answer) => answer.status === 201).body;
  const users = await Promise.all(Array.from({ length: 6 }, () => app.user(address("crowd"))));
  const answers = await Promise.all([
    ...users.map((user) => app.patch(`/Groups/${id}`, [{ op: "add", path: "members", value: [{ value: user.id }] }])),
    app.delete(`/Groups/${id}`),
    ...users.map((user) => app.patch(`/Groups/${id}`, [{ op: "add", path: "members", value: [{ value: user.id }] }])),
  ]);
  assert.ok(answers.every((answer) => [200, 204, 404, 412].includes(answer.status)), JSON.stringify(answers.map((answer) => answer.text)));
  if ((await app.get(`/Groups/${id}`)).status === 200) assert.equal((await app.delete(`/Groups/${id}`)).status, 204);
  for (const user of users) assert.equal((await app.get(`/Users/${user.id}`)).body.groups, undefined);
  assert.deepEqual(await c.figures(), [14, 0, 6, 20]);
});

test("only chosen groups get licences: whatever comes at once, whoever is in one and active has a licence, and nobody else", async () => {
  const c = await company(place, { user: 20 });
  const app = await directory(place, c, { scope: "groups" });
  const groups = [await app.group("Chosen A"), await app.group("Chosen B")];
  for (const group of groups) {
    const answer = await c.manager.put(c.path(`sync/groups/${group.id}`), { licensed: true, manages: false });
    assert.ok(answer.status < 300, answer.text);
  }
  const users = await Promise.all(Array.from({ length: 4 }, () => app.user(address("chosen"))));
  const member = (group, op, user) => app.send("PATCH", `/Groups/${group.id}`, { body: { schemas: [PATCH], Operations: [op === "add" ? { op, path: "members", value: [{ value: user.id }] } : { op, path: `members[value eq "${user.id}"]` }] } });
  for (let round = 0; round < 6; round++) {
    const [into, out] = [round % 2 ? "remove" : "add", round % 3 ? "add" : "remove"];
    const answers = await Promise.all(users.flatMap((user, place) => [
      member(groups[0], into, user),
      app.patch(`/Users/${user.id}`, replace("active", (round + place) % 2 === 0)),
      member(groups[1], out, user),
    ]));
    assert.ok(answers.every((answer) => answer.status < 300), JSON.stringify(answers.map((answer) => answer.text.slice(0, 90))));
    const entitled = (await app.get("/Users")).body.Resources.filter((user) => user.active && user.groups?.length).length;
    const [available, inUse, pending] = await c.figures();
    assert.deepEqual([available, inUse + pending], [20 - entitled, entitled], `round ${round}`);
  }
  await decide(c, {});
});

/** A company whose directory has a group that was looked at a moment ago, as at a first sync: somebody has just come into it. */
async function lookedAt(more = {}) {
  const c = await company(place, { user: 10 });
  const app = await directory(place, c, more);
  const group = await app.group(address("Department"));
  const into = (user, by = app) => by.patch(`/Groups/${group.id}`, [{ op: "add", path: "members", value: [{ value: user.id }] }]);
  const [first, second] = await Promise.all([app.user(address("first")), app.user(address("second"))]);
  assert.equal((await into(first)).status, 204);
  const members = async () => (await app.get(`/Groups/${group.id}`)).body.members.map((one) => one.value).sort();
  const here = async (user) => (await c.manager.get(c.path(`members?search=${encodeURIComponent(user.userName)}`))).body.items[0].group;
  return { c, app, group, into, first, second, members, here };
}

test("somebody comes into a group that was renamed a moment ago: its new name stays", async () => {
  const { app, group, into, first, second, members, here } = await lookedAt();
  const name = address("Renamed");
  assert.equal((await app.patch(`/Groups/${group.id}`, replace("displayName", name))).status, 200);
  assert.equal((await into(second)).status, 204);
  assert.deepEqual(await members(), [first.id, second.id].sort());
  assert.equal((await app.get(`/Groups/${group.id}`)).body.displayName, name);
  assert.deepEqual([await here(first), await here(second)], [name, name]);
});

test("nobody comes into a group that was deleted a moment ago, and a user who isn't there into none", async () => {
  const { app, group, into, first, second, members } = await lookedAt();
  const nobody = await into({ id: "nobody" });
  assert.ok(nobody.status < 500, nobody.text);
  assert.deepEqual(await members(), [first.id]);
  assert.equal((await app.delete(`/Groups/${group.id}`)).status, 204);
  assert.equal((await into(second)).status, 404);
  assert.equal((await app.get(`/Users/${second.id}`)).body.groups, undefined);
});

test("coming into a group twice is coming once, and brings the others who come too", async () => {
  const { app, group, into, first, second, members } = await lookedAt();
  const version = async () => (await app.get(`/Groups/${group.id}`)).headers.get("etag");
  const before = await version();
  assert.ok((await into(first)).status < 300);
  assert.equal(await version(), before, "nothing has changed");
  const both = [{ op: "add", path: "members", value: [{ value: first.id }, { value: second.id }] }];
  assert.equal((await app.patch(`/Groups/${group.id}`, both)).status, 204);
  assert.deepEqual(await members(), [first.id, second.id].sort());
  assert.notEqual(await version(), before);
});

test("a group that was chosen for licences a moment ago gives one to whoever comes", async () => {
  const { c, group, into, first, second } = await lookedAt({ scope: "groups" });
  assert.deepEqual(await c.figures(), [10, 0, 0, 10]);
  assert.equal((await c.manager.put(c.path(`sync/groups/${group.id}`), { licensed: true, manages: false })).status, 200);
  assert.deepEqual(await c.figures(), [9, 0, 1, 10], first.userName);
  assert.equal((await into(second)).status, 204);
  assert.deepEqual(await c.figures(), [8, 0, 2, 10]);
});

test("another company's directory finds no such group, however lately it was looked at; a token that was taken away opens nothing", async () => {
  const { c, app, into, first, second, members } = await lookedAt();
  const stranger = await lookedAt();
  assert.equal((await into(stranger.second, stranger.app)).status, 404);
  assert.deepEqual(await members(), [first.id]);
  assert.equal((await c.manager.delete(c.path(`sync/tokens/${app.tokenId}`))).status, 200);
  assert.equal((await into(second)).status, 401);
});
