// The life of users and groups as Microsoft Entra ID's provisioning service sends it, with the balance after each step.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { acceptInvite, linkIn, letter, SUBJECT } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { ENTERPRISE, PATCH, USER, decide, directory, onShortage } from "../support/directory.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => {
  place = await start();
});
after(() => place.close());

/** A user as Entra ID creates one. */
const entra = (email, more = {}) => ({
  schemas: [USER, ENTERPRISE],
  externalId: `oid-${email}`,
  userName: email,
  active: true,
  addresses: null,
  displayName: "Ines Carvalho",
  emails: [{ type: "work", value: email, primary: true }],
  meta: { resourceType: "User" },
  name: { formatted: "Ines Carvalho", familyName: "Carvalho", givenName: "Ines" },
  roles: [],
  title: null,
  [ENTERPRISE]: { department: "Sales", employeeNumber: "7" },
  ...more,
});

const member = async (c, email, standing = "all") =>
  (await c.manager.get(c.path(`members?search=${encodeURIComponent(email)}&standing=${standing}`))).body.items[0];

test("from the test of the connection to a deleted user", async () => {
  const c = await company(place, { user: 3 });
  const entraId = await directory(place, c);
  const email = address("ines");

  // The test of the connection: a user who isn't there is an empty list.
  const probe = await entraId.get(`/Users?filter=userName+eq+%22${crypto.randomUUID()}%22`);
  assert.equal(probe.status, 200);
  assert.equal(probe.headers.get("content-type"), "application/scim+json");
  assert.deepEqual([probe.body.totalResults, probe.body.Resources], [0, []]);

  // Created: a member, a licence, an invite.
  const created = await entraId.post("/Users", entra(email));
  assert.equal(created.status, 201, created.text);
  const { id } = created.body;
  assert.equal(created.headers.get("location"), `${place.origin}/scim/v2/Users/${id}`);
  assert.equal(created.body.userName, email);
  assert.equal(created.body[ENTERPRISE].department, "Sales");
  assert.deepEqual(await c.figures(), [2, 0, 1, 3]);
  await letter(place.mail, email, SUBJECT.invite);
  assert.equal((await member(c, email)).name, "Ines Carvalho");

  // Found again, by each attribute that can be the matching one.
  for (const filter of [`userName eq "${email.toUpperCase()}"`, `externalId eq "oid-${email}"`, `externalId eq oid-${email}`, `emails[type eq "work"].value eq "${email}"`, `id eq "${id}" and active eq "True"`]) {
    const found = await entraId.find(filter);
    assert.deepEqual(found.Resources.map((user) => user.id), [id], filter);
  }

  // The same again is a conflict, and costs nothing.
  const twice = await entraId.post("/Users", entra(email));
  assert.deepEqual([twice.status, twice.body.scimType, twice.body.status], [409, "uniqueness", "409"]);
  assert.deepEqual(await c.figures(), [2, 0, 1, 3]);

  // Accepted: in use.
  const learner = await acceptInvite(place, email);
  assert.deepEqual(await c.figures(), [2, 1, 0, 3]);

  // Changed: several operations in one request, in the shapes of the default job.
  const patched = await entraId.patch(`/Users/${id}`, [
    { op: "Replace", path: "displayName", value: "Ines Carvalho Silva" },
    { op: "Add", path: 'emails[type eq "work"].value', value: email },
    { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "+351 555 0100" },
    { op: "Replace", path: `${ENTERPRISE}:department`, value: "Marketing" },
    { op: "Add", path: "manager", value: [{ $ref: "../Users/unknown", value: "unknown" }] },
  ]);
  assert.ok([200, 204].includes(patched.status), patched.text);
  const read = (await entraId.get(`/Users/${id}`)).body;
  assert.equal(read.displayName, "Ines Carvalho Silva");
  assert.deepEqual(read.phoneNumbers.map((phone) => [phone.type, phone.value]), [["mobile", "+351 555 0100"]]);
  assert.equal(read[ENTERPRISE].department, "Marketing");
  assert.equal(read[ENTERPRISE].manager.value, "unknown");
  assert.equal((await member(c, email)).name, "Ines Carvalho Silva");

  // Disabled, with a text for a boolean: the licence goes back, the session ends, the user is still found.
  assert.ok((await entraId.patch(`/Users/${id}`, [{ op: "Replace", path: "active", value: "False" }])).status < 300);
  assert.deepEqual(await c.figures(), [3, 0, 0, 3]);
  assert.equal((await learner.get("/api/v1/me/licences")).status, 401);
  assert.deepEqual((await entraId.find(`userName eq "${email}"`)).Resources.map((user) => user.active), [false]);
  assert.equal((await member(c, email)).suspended, true);

  // Enabled again, by "Add": a licence is drawn anew, and used at once, because the person has joined before.
  assert.ok((await entraId.patch(`/Users/${id}`, [{ op: "Add", path: "active", value: "True" }])).status < 300);
  assert.deepEqual(await c.figures(), [2, 1, 0, 3]);
  assert.equal((await member(c, email)).suspended, false);

  // Sent as new while disabled (a directory that has forgotten): the same user.
  await entraId.patch(`/Users/${id}`, [{ op: "Replace", path: "active", value: false }]);
  const again = await entraId.post("/Users", entra(email));
  assert.deepEqual([again.status, again.body.id, again.body.active], [201, id, true]);
  assert.deepEqual(await c.figures(), [2, 1, 0, 3]);

  // Deleted: gone for the directory, and the history stays.
  assert.equal((await entraId.delete(`/Users/${id}`)).status, 204);
  assert.equal((await entraId.get(`/Users/${id}`)).status, 404);
  assert.equal((await entraId.find(`userName eq "${email}"`)).totalResults, 0);
  assert.deepEqual(await c.figures(), [3, 0, 0, 3]);
  const gone = await member(c, "ines", "removed");
  const page = (await c.manager.get(c.path(`members/${gone.id}`))).body;
  assert.equal(gone.standing, "removed");
  assert.ok(page.history.some((line) => line.what === "member_removed" && line.actor === "Entra ID"));

  // And back: a new id there, the same person here.
  const back = await entraId.post("/Users", entra(email));
  assert.equal(back.status, 201);
  assert.notEqual(back.body.id, id);
  assert.equal((await member(c, email)).id, gone.id);
  assert.deepEqual(await c.figures(), [2, 1, 0, 3]);
});

test("the flagged style: booleans, lower case, dotted and URN names without a path", async () => {
  const c = await company(place, { user: 2 });
  const entraId = await directory(place, c);
  const email = address("nadia");
  const { id } = await entraId.user(email);
  const patched = await entraId.send("PATCH", `/Users/${id}?aadOptscim062020`, {
    body: {
      schemas: [PATCH],
      Operations: [{ op: "replace", value: { displayName: "Nadia", "name.givenName": "Nadia", [`${ENTERPRISE}:employeeNumber`]: "9", active: false } }],
    },
  });
  assert.ok(patched.status < 300, patched.text);
  const read = (await entraId.get(`/Users/${id}`)).body;
  assert.deepEqual([read.displayName, read.name.givenName, read[ENTERPRISE].employeeNumber, read.active], ["Nadia", "Nadia", "9", false]);
  assert.deepEqual(await c.figures(), [2, 0, 0, 2]);
});

test("a name or an address that changes is the same member", async () => {
  const c = await company(place, { user: 2 });
  const entraId = await directory(place, c);
  const [before, later] = [address("maiden"), address("married")];
  const { id } = await entraId.user(before);
  const { id: memberId } = await member(c, before);
  await entraId.patch(`/Users/${id}`, [
    { op: "Replace", path: "userName", value: later },
    { op: "Replace", path: 'emails[type eq "work"].value', value: later },
  ]);
  assert.equal((await member(c, later)).id, memberId);
  assert.deepEqual(await c.figures(), [1, 0, 1, 2]);
  // The invite that was open goes to the new address, and works.
  await letter(place.mail, later, SUBJECT.invite);
  await acceptInvite(place, later);
  assert.deepEqual(await c.figures(), [1, 1, 0, 2]);
});

test("somebody whom a manager has added is adopted, without a second licence", async () => {
  const c = await company(place, { user: 2 });
  const email = address("known");
  await c.add(email);
  const entraId = await directory(place, c);
  const created = await entraId.post("/Users", entra(email));
  assert.equal(created.status, 201);
  assert.deepEqual(await c.figures(), [1, 0, 1, 2]);
  assert.equal((await member(c, email)).name, "Ines Carvalho");
});

test("groups: created empty, members added, moved and removed the way Entra ID does it", async () => {
  const c = await company(place, { user: 5 });
  const entraId = await directory(place, c);
  const [one, two] = [await entraId.user(address("one")), await entraId.user(address("two"))];
  const created = await entraId.post("/Groups", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group", "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
    externalId: "group-7",
    displayName: "Field sales",
    meta: { resourceType: "Group" },
  });
  assert.equal(created.status, 201, created.text);
  const path = `/Groups/${created.body.id}`;
  const found = await entraId.get(`/Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "Field sales"')}`);
  assert.deepEqual(found.body.Resources.map((group) => [group.id, group.members]), [[created.body.id, undefined]]);

  const added = await entraId.patch(path, [{ op: "Add", path: "members", value: [{ $ref: null, value: one.id }, { $ref: null, value: two.id }, { value: "nobody" }] }]);
  assert.equal(added.status, 204, added.text);
  const members = async () => ((await entraId.get(path)).body.members ?? []).map((member) => member.value).sort();
  assert.deepEqual(await members(), [one.id, two.id].sort());
  assert.equal((await member(c, one.userName)).group, "Field sales");
  assert.deepEqual((await entraId.get(`/Users/${one.id}`)).body.groups.map((group) => group.display), ["Field sales"]);

  // Once more is no mistake. Where nobody comes or goes, a small group is part of the answer.
  assert.equal((await entraId.patch(path, [{ op: "Add", path: "members", value: [{ value: one.id }] }])).status, 200);
  // A path without a filter, the id in the value: that one goes, not all.
  assert.equal((await entraId.patch(path, [{ op: "Remove", path: "members", value: [{ $ref: null, value: one.id }] }])).status, 204);
  assert.deepEqual(await members(), [two.id]);
  assert.equal((await member(c, one.userName)).group, null);
  assert.equal((await entraId.patch(path, [{ op: "remove", path: `members[value eq "${two.id}"]` }])).status, 204);
  assert.deepEqual(await members(), []);

  assert.equal((await entraId.patch(path, [{ op: "Replace", path: "displayName", value: "Inside sales" }])).status, 200);
  assert.ok((await c.manager.get(c.path("groups"))).body.items.some((group) => group.name === "Inside sales"));
  const twice = await entraId.post("/Groups", { displayName: "inside SALES" });
  assert.deepEqual([twice.status, twice.body.scimType], [409, "uniqueness"]);
  assert.equal((await entraId.delete(path)).status, 204);
  assert.equal((await entraId.get(path)).status, 404);
  assert.deepEqual(await c.figures(), [3, 0, 2, 5]);
});

test("a group that is disabled with its user comes back with the user", async () => {
  const c = await company(place, { user: 2 });
  const entraId = await directory(place, c);
  const user = await entraId.user(address("back"));
  const group = await entraId.group("Warehouse", [user.id]);
  await entraId.patch(`/Users/${user.id}`, [{ op: "Replace", path: "active", value: "False" }]);
  await entraId.patch(`/Users/${user.id}`, [{ op: "Replace", path: "active", value: "True" }]);
  assert.deepEqual((await entraId.get(`/Groups/${group.id}`)).body.members.map((one) => one.value), [user.id]);
  assert.equal((await member(c, user.userName)).group, "Warehouse");
});

test("no licence: overdrawn, and told once a day, not once a user", async () => {
  const c = await company(place, { user: 1 });
  const entraId = await directory(place, c);
  for (let i = 0; i < 4; i++) await entraId.user(address("many"));
  assert.deepEqual(await c.figures(), [-3, 0, 4, 1]);
  await letter(place.mail, c.managerAddress, /is short of/);
  const told = place.mail.to(c.managerAddress).filter((one) => (/is short of/).test(one.subject));
  assert.equal(told.length, 1);
  // New licences settle them.
  await c.give("user", 5);
  assert.deepEqual(await c.figures(), [2, 0, 4, 6]);
});

test("no licence: waiting, first come, first served", async () => {
  const c = await company(place, { user: 1 });
  await onShortage(c, "wait");
  const entraId = await directory(place, c);
  const [first, second] = [await entraId.user(address("first")), await entraId.user(address("second"))];
  assert.deepEqual(await c.figures(), [0, 0, 1, 1]);
  assert.equal((await member(c, second.userName)).standing, "waiting");
  await entraId.patch(`/Users/${first.id}`, [{ op: "Replace", path: "active", value: "False" }]);
  assert.deepEqual(await c.figures(), [0, 0, 1, 1]);
  assert.equal((await member(c, second.userName)).standing, "pending");
  await letter(place.mail, second.userName, SUBJECT.invite);
});

test("no licence: refused in a sentence that a directory shows, and nothing is left behind", async () => {
  const c = await company(place, { user: 1 });
  await onShortage(c, "refuse");
  const entraId = await directory(place, c);
  const first = await entraId.user(address("first"));
  const email = address("second");
  const refused = await entraId.post("/Users", entra(email));
  assert.deepEqual([refused.status, refused.body.status, refused.body.scimType], [403, "403", undefined]);
  assert.match(refused.body.detail, /No user licence is available for .*1 of 1 are in use/);
  assert.equal(await member(c, email), undefined);
  assert.equal((await entraId.find(`userName eq "${email}"`)).totalResults, 0);
  // Enabling somebody is refused as a whole too: no attribute of the same request is taken.
  await entraId.patch(`/Users/${first.id}`, [{ op: "Replace", path: "active", value: "False" }]);
  await entraId.user(email);
  const back = await entraId.patch(`/Users/${first.id}`, [{ op: "Replace", path: "displayName", value: "Half" }, { op: "Replace", path: "active", value: "True" }]);
  assert.equal(back.status, 403);
  const read = (await entraId.get(`/Users/${first.id}`)).body;
  assert.deepEqual([read.active, read.displayName], [false, undefined]);
  // The manager sees why.
  const problems = async () => (await c.manager.get(c.path("sync"))).body.problems.filter((line) => line.problem === "no_licence");
  for (let tries = 0; tries < 50 && (await problems()).length < 2; tries++) await new Promise((go) => setTimeout(go, 100));
  assert.equal((await problems()).length, 2);
});

test("beyond the limit of overdrawing the directory is refused", async () => {
  const c = await company(place, { user: 0 });
  await onShortage(c, "overdraw", 2);
  const entraId = await directory(place, c);
  await entraId.user(address());
  await entraId.user(address());
  assert.equal((await entraId.post("/Users", entra(address()))).status, 403);
  assert.deepEqual(await c.figures(), [-2, 0, 2, 0]);
});

test("without an invite, by setting: the licence is in use at once, and signing in needs no more than the address", async () => {
  const c = await company(place, { user: 2, content: 2 });
  const entraId = await directory(place, c, { activates: true });
  const email = address("direct");
  await entraId.user(email);
  assert.deepEqual(await c.figures(), [1, 1, 0, 2]);
  assert.equal(place.mail.to(email).filter((one) => SUBJECT.invite.test(one.subject)).length, 0);
});

test("only chosen groups get licences, by setting", async () => {
  const c = await company(place, { user: 5 });
  const entraId = await directory(place, c, { scope: "groups" });
  const user = await entraId.user(address("later"));
  assert.deepEqual(await c.figures(), [5, 0, 0, 5]);
  const group = await entraId.group("Licensed");
  const other = await entraId.group("Others", [user.id]);
  const change = { licensed: true, manages: false };
  assert.equal((await c.manager.put(c.path(`sync/groups/${group.id}`), change)).status, 200);
  await entraId.patch(`/Groups/${group.id}`, [{ op: "Add", path: "members", value: [{ value: user.id }] }]);
  assert.deepEqual(await c.figures(), [4, 0, 1, 5]);
  // A second group that gives licences gives no second one; the first that goes takes none.
  await c.manager.put(c.path(`sync/groups/${other.id}`), change);
  await entraId.patch(`/Groups/${group.id}`, [{ op: "Remove", path: "members", value: [{ value: user.id }] }]);
  assert.deepEqual(await c.figures(), [4, 0, 1, 5]);
  await entraId.patch(`/Groups/${other.id}`, [{ op: "Remove", path: "members", value: [{ value: user.id }] }]);
  assert.deepEqual(await c.figures(), [5, 0, 0, 5]);
  // Choosing a group gives its members licences at once, and no longer choosing it takes them back.
  await c.manager.put(c.path(`sync/groups/${group.id}`), { licensed: false, manages: false });
  await entraId.patch(`/Groups/${group.id}`, [{ op: "Add", path: "members", value: [{ value: user.id }] }]);
  assert.deepEqual(await c.figures(), [5, 0, 0, 5]);
  await c.manager.put(c.path(`sync/groups/${group.id}`), change);
  assert.deepEqual(await c.figures(), [4, 0, 1, 5]);
  await c.manager.put(c.path(`sync/groups/${group.id}`), { licensed: false, manages: false });
  assert.deepEqual(await c.figures(), [5, 0, 0, 5]);
});

test("nobody manages by sync, unless a group is said to", async () => {
  const c = await company(place, { user: 5 });
  const entraId = await directory(place, c);
  const email = address("lead");
  const user = await entraId.user(email, { roles: [{ value: "manager", primary: true }] });
  assert.equal((await member(c, email)).manager, false);
  const group = await entraId.group("Training leads", [user.id]);
  assert.equal((await member(c, email)).manager, false);
  await c.manager.put(c.path(`sync/groups/${group.id}`), { licensed: false, manages: true });
  assert.equal((await member(c, email)).manager, true);
  await entraId.patch(`/Groups/${group.id}`, [{ op: "Remove", path: "members", value: [{ value: user.id }] }]);
  assert.equal((await member(c, email)).manager, false);
  // Whoever was made a manager by hand stays one.
  const hand = (await c.manager.get(c.path("members?search=manager&standing=all"))).body.items.find((one) => one.email === c.managerAddress);
  assert.equal(hand.manager, true);
});

test("a dry run takes everything and draws nothing; its end catches up", async () => {
  const c = await company(place, { user: 3 });
  const entraId = await directory(place, c, { dry_run: true });
  const users = [];
  for (let i = 0; i < 4; i++) users.push(await entraId.user(address("dry")));
  await entraId.group("Dry group", [users[0].id]);
  await entraId.patch(`/Users/${users[3].id}`, [{ op: "Replace", path: "active", value: "False" }]);
  assert.deepEqual(await c.figures(), [3, 0, 0, 3]);
  const page = (await c.manager.get(c.path("sync"))).body;
  assert.deepEqual([page.users, page.active, page.held], [4, 3, 3]);
  assert.deepEqual(page.needs.map((need) => [need.kind, need.needed, need.available]), [["user", 3, 3]]);
  assert.equal(await member(c, users[0].userName), undefined);
  await decide(c, { dry_run: false });
  assert.deepEqual(await c.figures(), [0, 0, 3, 3]);
  assert.equal((await member(c, users[0].userName)).group, "Dry group");
  assert.equal(await member(c, users[3].userName), undefined);
  assert.equal((await c.manager.get(c.path("sync"))).body.held, 0);
});

test("a paused sync changes nothing and says when to come again", async () => {
  const c = await company(place, { user: 1 });
  const entraId = await directory(place, c, { paused: true });
  const refused = await entraId.post("/Users", entra(address()));
  assert.equal(refused.status, 503);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  // The test of the connection still works.
  assert.equal((await entraId.find('userName eq "x"')).totalResults, 0);
  assert.deepEqual(await c.figures(), [1, 0, 0, 1]);
});

test("a user without an address waits for one", async () => {
  const c = await company(place, { user: 1 });
  const entraId = await directory(place, c);
  const user = await entraId.user("bjensen");
  assert.deepEqual(await c.figures(), [1, 0, 0, 1]);
  assert.equal((await c.manager.get(c.path("sync"))).body.without_address, 1);
  const email = address("bjensen");
  await entraId.patch(`/Users/${user.id}`, [{ op: "Add", path: 'emails[type eq "work"].value', value: email }]);
  assert.deepEqual(await c.figures(), [0, 0, 1, 1]);
  assert.equal((await c.manager.get(c.path("sync"))).body.without_address, 0);
});

test("the log says in data what the page says in words", async () => {
  const c = await company(place, { user: 1 });
  const entraId = await directory(place, c);
  const email = address("told");
  await entraId.user(email);
  await entraId.user(email.replace("told", "overdrawn"));
  const lines = async () => (await c.manager.get(c.path("sync/log"))).body.items;
  for (let tries = 0; tries < 50 && (await lines()).length < 2; tries++) await new Promise((go) => setTimeout(go, 100));
  const [overdrawn, drawn] = await lines();
  assert.deepEqual([drawn.what, drawn.subject, drawn.token], ["user_created", email, "Entra ID"]);
  assert.deepEqual(drawn.licences, [{ kind: "user", outcome: "drawn", order: 1 }]);
  assert.equal(drawn.member_id, (await member(c, email)).id);
  assert.deepEqual(overdrawn.licences, [{ kind: "user", outcome: "overdrawn", order: null }]);
  const page = (await c.manager.get(c.path("sync"))).body;
  assert.ok(page.last_contact > Date.now() - 60_000 && page.tokens[0].last_used_at);
  assert.match(linkIn(await letter(place.mail, email, SUBJECT.invite)), /invite/);
});
