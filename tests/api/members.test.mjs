// One person: licences given, taken back and given on, members removed and brought back, end dates and groups.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SUBJECT, acceptInvite, expectStatus, letter, lettersAbout, signIn, tokenIn } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { databaseDump } from "../support/database.mjs";
import { settled } from "../support/settle.mjs";
import { start } from "../support/start.mjs";

const DAY = 86_400_000;
const NOBODY = "nobody-knows-this-one-";

let place;
before(async () => (place = await start()));
after(() => place?.close());

/** The day so many days from now, in UTC, and its first moment. */
const dayIn = (days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const momentOf = (day) => Date.parse(`${day}T00:00:00Z`);

const give = (here, ids, kind) => here.manager.post(here.path("licences/given"), { members: ids, kind });
const takeBack = (here, ids, kind) => here.manager.post(here.path("licences/taken-back"), { members: ids, kind });
const remove = (here, ids) => here.manager.post(here.path("members/removed"), { members: ids });
const replace = (here, id, other, options) => here.manager.post(here.path(`members/${id}/replacement`), other, options);
const endOn = (here, id, day) => here.manager.put(here.path(`members/${id}/end`), { ends_on: day });
const putInto = (here, id, group) => here.manager.put(here.path(`members/${id}/group`), { group });
const page = async (here, id) => expectStatus(await here.manager.get(here.path(`members/${id}`)), 200).body;
const createGroup = async (here, name) => expectStatus(await here.manager.post(here.path("groups"), { name }), 201).body;
const newestToken = async (email, count = 1) => tokenIn(await letter(place.mail, email, SUBJECT.invite, count));
const look = (token) => place.browser().post("/api/v1/invites/look", { token });

/** Somebody who has joined: the id and the browser. */
async function joined(here, email = address("joined")) {
  const browser = await here.learner(email);
  return { id: browser.session.identity.id, browser, email };
}

/** Somebody whose invite waits. */
async function pending(here, more) {
  const email = address("pending");
  return { id: (await here.add(email, more)).member.id, email };
}

/** Expects a refusal in plain words, and that nothing is other than it was. */
async function refused(send, status, problem, field) {
  await settled(place.mail.letters, 150);
  const before = await databaseDump(place);
  const answer = await send();
  assert.equal(answer.status, status, answer.text.slice(0, 300));
  assert.equal(answer.problem, problem);
  assert.equal(answer.headers["content-type"]?.split(";")[0], "application/problem+json");
  assert.ok(answer.body.title.length > 3 && /[.?!]$/.test(answer.body.detail), answer.text);
  if (field) assert.equal(answer.body.field, field);
  assert.deepEqual(await databaseDump(place), before);
  return answer;
}

test("a licence that is taken back is available again, and its holder stays a member", async () => {
  const here = await company(place, { user: 2 });
  const { id, browser } = await joined(here);
  assert.deepEqual(await here.figures(), [1, 1, 0, 2]);
  const answer = expectStatus(await takeBack(here, [id]), 200);
  assert.deepEqual([answer.body.user.available, answer.body.user.in_use], [2, 0]);
  assert.deepEqual(await here.figures(), [2, 0, 0, 2]);
  const { member, removed_at, user, licences } = await page(here, id);
  assert.equal(removed_at, null);
  assert.equal(member.user.status, "taken_back");
  assert.deepEqual([user.because, user.by], ["taken_back", "Sam Okafor"]);
  assert.deepEqual(licences.map(({ status }) => status), ["taken_back"]);
  assert.equal((await browser.get("/api/v1/me/licences")).status, 200, "a member without a licence can sign in all the same");
});

test("whoever has joined before uses a licence at once, and is told by mail", async () => {
  const here = await company(place, { user: 2 });
  const { id, browser, email } = await joined(here);
  expectStatus(await takeBack(here, [id]), 200);
  expectStatus(await give(here, [id]), 200);
  assert.deepEqual(await here.figures(), [1, 1, 0, 2]);
  assert.match((await letter(place.mail, email, SUBJECT.licenceGiven)).text, new RegExp(here.name));
  assert.deepEqual((await browser.get("/api/v1/me/licences")).body.licences.map(({ status }) => status), ["in_use"]);
  assert.equal(lettersAbout(place.mail, email, SUBJECT.invite).length, 1, "and isn't invited again");
  assert.deepEqual((await page(here, id)).user.because, "in_use");
});

test("giving to somebody who holds a licence changes nothing, however often", async () => {
  const here = await company(place, { user: 2 });
  const { id, email } = await joined(here);
  await settled(place.mail.letters);
  const before = await databaseDump(place);
  for (let times = 0; times < 2; times++) expectStatus(await give(here, [id]), 200);
  assert.deepEqual(await databaseDump(place), before);
  assert.equal(lettersAbout(place.mail, email, SUBJECT.licenceGiven).length, 0);
});

test("a content licence is given and taken back by itself", async () => {
  const here = await company(place, { user: 1, content: 1 });
  const { id } = await joined(here);
  expectStatus(await give(here, [id], "content"), 200);
  assert.deepEqual([await here.figures("user"), await here.figures("content")], [[0, 1, 0, 1], [0, 1, 0, 1]]);
  assert.equal((await page(here, id)).content.because, "in_use");
  expectStatus(await takeBack(here, [id], "content"), 200);
  assert.deepEqual([await here.figures("user"), await here.figures("content")], [[0, 1, 0, 1], [1, 0, 0, 1]]);
});

test("where every new user gets a content licence, giving draws both or none", async () => {
  const here = await company(place, { user: 3, content: 1 });
  const [one, other] = [await joined(here), await joined(here)];
  expectStatus(await takeBack(here, [one.id, other.id]), 200);
  const settings = (await here.manager.get(here.path("settings"))).body;
  expectStatus(await here.manager.put(here.path("settings"), { ...settings, content_with_user: true }), 200);
  const answer = await refused(() => give(here, [one.id, other.id]), 409, "not-enough-licences");
  assert.deepEqual([answer.body.licence_kind, answer.body.short_by], ["content", 1]);
  assert.deepEqual(answer.body.ways_out, ["request_content_licences", "change_content_setting"]);
  expectStatus(await give(here, [one.id]), 200);
  assert.deepEqual([await here.figures("user"), await here.figures("content")], [[2, 1, 0, 3], [0, 1, 0, 1]]);
});

test("a removed member's session ends at the very next request; the record and the history stay", async () => {
  const here = await company(place, { user: 1 });
  const { id, browser } = await joined(here);
  assert.equal((await browser.get("/api/v1/me/licences")).status, 200);
  assert.equal(expectStatus(await remove(here, [id]), 200).body.user.available, 1);
  const next = await browser.get("/api/v1/me/licences");
  assert.deepEqual([next.status, next.problem], [401, "not-signed-in"]);
  assert.equal((await browser.get("/api/v1/session")).body.session, null);
  assert.deepEqual(await here.figures(), [1, 0, 0, 1]);
  const { removed_at, history, user } = await page(here, id);
  assert.ok(Math.abs(removed_at - Date.now()) < 60_000);
  assert.deepEqual([user.because, user.by], ["taken_back", "Sam Okafor"]);
  assert.ok(["member_added", "invite_accepted", "licence_taken_back", "member_removed"].every((what) => history.some((event) => event.what === what)));
  assert.equal((await here.manager.get(here.path("members"))).body.items.some((member) => member.id === id), false);
});

test("removing twice removes once", async () => {
  const here = await company(place, { user: 1 });
  const { id } = await joined(here);
  expectStatus(await remove(here, [id]), 200);
  await settled(place.mail.letters);
  const before = await databaseDump(place);
  expectStatus(await remove(here, [id]), 200);
  assert.deepEqual(await databaseDump(place), before);
});

test("a removed member who is brought back has the same record, and signs in as before", async () => {
  const here = await company(place, { user: 1 });
  const { id, email } = await joined(here);
  expectStatus(await remove(here, [id]), 200);
  expectStatus(await give(here, [id]), 200);
  assert.deepEqual(await here.figures(), [0, 1, 0, 1]);
  const { removed_at, history, licences } = await page(here, id);
  assert.equal(removed_at, null);
  assert.deepEqual(licences.map(({ status }) => status), ["in_use", "taken_back"]);
  assert.ok(["member_added", "member_removed", "member_reactivated"].every((what) => history.some((event) => event.what === what)));
  await letter(place.mail, email, SUBJECT.licenceGiven);
  const again = await signIn(place, email);
  assert.equal(again.session.identity.id, id);
});

test("an address that was removed is refused with the way back, and the way back works", async () => {
  const here = await company(place, { user: 2 });
  const { id, email } = await joined(here);
  expectStatus(await remove(here, [id]), 200);
  const answer = await refused(() => here.manager.post(here.path("members"), { email: email.toUpperCase() }), 409, "was-removed");
  assert.deepEqual([answer.body.member, answer.body.ways_out], [id, ["reactivate"]]);
  expectStatus(await give(here, [answer.body.member]), 200);
  assert.deepEqual(await here.figures(), [1, 1, 0, 2]);
  await refused(() => here.manager.post(here.path("members"), { email }), 409, "already-member", "email");
});

test("a withdrawn invite says that it has ended; given again, only the new link works", async () => {
  const here = await company(place, { user: 1 });
  const { id, email } = await pending(here);
  const old = await newestToken(email);
  expectStatus(await takeBack(here, [id]), 200);
  assert.deepEqual(await here.figures(), [1, 0, 0, 1]);
  const { user } = await page(here, id);
  assert.deepEqual([user.because, user.by], ["invite_withdrawn", "Sam Okafor"]);
  for (const answer of [await look(old), await place.browser().post("/api/v1/invites/accept", { token: old })]) {
    assert.deepEqual([answer.status, answer.problem], [410, "invite-ended"]);
  }
  expectStatus(await give(here, [id]), 200);
  assert.deepEqual(await here.figures(), [0, 0, 1, 1]);
  const token = await newestToken(email, 2);
  assert.notEqual(token, old);
  assert.equal((await look(old)).problem, "invite-unknown");
  await acceptInvite(place, email, 2);
  assert.deepEqual(await here.figures(), [0, 1, 0, 1]);
});

test("an invite that has lapsed is sent anew with a licence, and only the new link works", async () => {
  const here = await company(place, { user: 1 });
  const { id, email } = await pending(here);
  const old = await newestToken(email);
  await place.sql("UPDATE invites SET open_until = ?1 WHERE company_id = ?2", Date.now() - 1, here.id);
  await place.scheduled();
  assert.deepEqual(await here.figures(), [1, 0, 0, 1]);
  assert.equal((await page(here, id)).user.because, "invite_lapsed");
  expectStatus(await give(here, [id]), 200);
  assert.equal((await look(await newestToken(email, 2))).status, 200);
  assert.equal((await look(old)).problem, "invite-unknown");
  assert.equal((await page(here, id)).user.because, "pending");
});

test("a pending manager whose licence is taken back is still invited to manage", async () => {
  const here = await company(place, { user: 1 });
  const { id, email } = await pending(here, { manager: true });
  expectStatus(await takeBack(here, [id]), 200);
  assert.deepEqual(await here.figures(), [1, 0, 0, 1]);
  const browser = await acceptInvite(place, email);
  assert.equal((await browser.get(here.path("dashboard"))).status, 200);
});

test("a licence is given on in one step: same lot, same end, new invite, and the balance stays", async () => {
  const here = await company(place, { user: 1 });
  const { id, browser } = await joined(here);
  const [before] = (await page(here, id)).licences;
  const email = address("successor");
  const answer = expectStatus(await replace(here, id, { email, name: "Tomasz Wrona" }), 201);
  assert.deepEqual([answer.body.email, answer.body.name, answer.body.user.status], [email, "Tomasz Wrona", "pending"]);
  assert.deepEqual(await here.figures(), [0, 0, 1, 1]);
  assert.equal((await browser.get("/api/v1/me/licences")).status, 401, "whoever held it has left");
  const old = await page(here, id);
  assert.ok(old.removed_at);
  assert.deepEqual([old.user.because, old.user.by, old.user.successor], ["replaced", "Sam Okafor", "Tomasz Wrona"]);
  const [licence] = (await page(here, answer.body.id)).licences;
  assert.deepEqual([licence.until, licence.order], [before.until, before.order]);
  await acceptInvite(place, email);
  assert.deepEqual(await here.figures(), [0, 1, 0, 1]);
});

test("a manager who gives a licence on stays a manager", async () => {
  const here = await company(place, { user: 1 });
  const email = address("both");
  const { id } = (await here.add(email, { manager: true })).member;
  const browser = await acceptInvite(place, email);
  expectStatus(await replace(here, id, { email: address("successor") }), 201);
  assert.equal((await page(here, id)).removed_at, null);
  assert.equal((await browser.get(here.path("dashboard"))).status, 200);
  assert.deepEqual(await here.figures(), [0, 0, 1, 1]);
});

test("somebody who was removed can take a licence over", async () => {
  const here = await company(place, { user: 1 });
  const former = await joined(here);
  expectStatus(await remove(here, [former.id]), 200);
  const { id } = await joined(here);
  const answer = expectStatus(await replace(here, id, { email: former.email }), 201);
  assert.deepEqual([answer.body.id, answer.body.user.status], [former.id, "in_use"]);
  assert.deepEqual(await here.figures(), [0, 1, 0, 1]);
  await letter(place.mail, former.email, SUBJECT.licenceGiven);
});

test("the same replacement with the same key gives the same answer, and happens once", async () => {
  const here = await company(place, { user: 2 });
  const { id } = await joined(here);
  const options = { headers: { "idempotency-key": `replace-${id}` } };
  const other = { email: address("successor") };
  const answers = await Promise.all(Array.from({ length: 10 }, () => replace(here, id, other, options)));
  answers.push(await replace(here, id, other, options));
  assert.deepEqual(answers.map(({ status }) => status), Array(11).fill(201), answers.find(({ status }) => status !== 201)?.text);
  assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1);
  assert.deepEqual(await here.figures(), [1, 0, 1, 2]);
  await settled(place.mail.letters);
  assert.equal(lettersAbout(place.mail, other.email, SUBJECT.invite).length, 1);
  await refused(() => replace(here, id, { email: address() }, options), 422, "idempotency-key-reused");
});

test("a repeated replacement by somebody who is known already gives the same answer as well", async () => {
  const here = await company(place, { user: 1 });
  const former = await joined(here);
  expectStatus(await remove(here, [former.id]), 200);
  const { id } = await joined(here);
  const options = { headers: { "idempotency-key": `replace-${id}` } };
  const answers = await Promise.all(Array.from({ length: 5 }, () => replace(here, id, { email: former.email }, options)));
  answers.push(await replace(here, id, { email: former.email }, options));
  assert.deepEqual(answers.map(({ status }) => status), Array(6).fill(201), answers.find(({ status }) => status !== 201)?.text);
  assert.deepEqual(new Set(answers.map(({ body }) => body.id)), new Set([former.id]));
  assert.deepEqual(await here.figures(), [0, 1, 0, 1]);
});

test("a person's licence ends on the day that is set, never later than its lot, and with its lot when none is", async () => {
  const here = await company(place, { user: 1 });
  const { id } = await joined(here);
  const untilNow = async () => (await page(here, id)).licences[0].until;
  const ofLot = await untilNow();
  const day = dayIn(20);
  const answer = expectStatus(await endOn(here, id, day), 200);
  assert.equal(answer.body.licences_end_at, momentOf(day));
  assert.equal(await untilNow(), momentOf(day));
  expectStatus(await endOn(here, id, dayIn(2_000)), 200);
  assert.equal(await untilNow(), ofLot);
  expectStatus(await endOn(here, id, day), 200);
  for (const none of [null, ""]) expectStatus(await endOn(here, id, none), 200);
  assert.deepEqual([await untilNow(), (await page(here, id)).licences_end_at], [ofLot, null]);
});

test("a licence with an end of its own expires then, by itself, and says so", async () => {
  const here = await company(place, { user: 1 });
  const { id } = await joined(here);
  expectStatus(await endOn(here, id, dayIn(1)), 200);
  // The day has come: what was set for tomorrow was set for a moment ago.
  const past = Date.now() - 1;
  await place.sql("UPDATE licences SET ends_at = ?1 WHERE company_id = ?2", past, here.id);
  await place.sql("UPDATE members SET licences_end_at = ?1 WHERE company_id = ?2 AND id = ?3", past, here.id, id);
  const { user, member } = await page(here, id);
  assert.deepEqual([user.because, user.not_carried, member.user.status], ["expired", null, "expired"]);
  assert.deepEqual(await here.figures(), [1, 0, 0, 1]);
  expectStatus(await give(here, [id]), 200);
  assert.equal((await page(here, id)).licences_end_at, null, "a day that has passed says nothing any more");
  assert.deepEqual(await here.figures(), [0, 1, 0, 1]);
});

test("a group's end date holds for its members; a person's own counts before it", async () => {
  const here = await company(place, { user: 2 });
  const [one, other] = [await joined(here), await joined(here)];
  const group = await createGroup(here, "Support");
  const until = async (id) => (await page(here, id)).licences[0].until;
  const ofLot = await until(one.id);
  const answer = expectStatus(await putInto(here, one.id, group.id), 200);
  assert.deepEqual([answer.body.member.group, answer.body.group_id], ["Support", group.id]);
  expectStatus(await putInto(here, other.id, group.id), 200);
  expectStatus(await endOn(here, other.id, dayIn(10)), 200);
  const set = expectStatus(await here.manager.put(here.path(`groups/${group.id}/end`), { ends_on: dayIn(30) }), 200).body;
  assert.deepEqual([set.licences_end_at, set.members], [momentOf(dayIn(30)), 2]);
  assert.deepEqual([await until(one.id), await until(other.id)], [momentOf(dayIn(30)), momentOf(dayIn(10))]);
  expectStatus(await putInto(here, one.id, null), 200);
  assert.equal(await until(one.id), ofLot, "whoever leaves the group leaves its date");
  expectStatus(await here.manager.put(here.path(`groups/${group.id}/end`), { ends_on: null }), 200);
  expectStatus(await endOn(here, other.id, null), 200);
  assert.equal(await until(other.id), ofLot);
});

test("licences that are set aside for a group go to its members alone", async () => {
  const here = await company(place, { user: 1 });
  const group = await createGroup(here, "Course A");
  const order = expectStatus(await here.manager.post(here.path("orders"), { kind: "user", quantity: 2, group: group.id }), 201).body;
  assert.equal(order.group, "Course A");
  expectStatus(await here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, {}), 200, 201);
  await here.add();
  const answer = await refused(() => here.manager.post(here.path("members"), { email: address() }), 409, "not-enough-licences");
  assert.deepEqual([answer.body.available, answer.body.set_aside], [0, 2]);
  expectStatus(await here.manager.post(here.path("members"), { email: address(), group: group.id }), 201);
  assert.deepEqual(await here.figures(), [1, 0, 2, 3]);
});

/** Lets somebody who holds nothing wait, as a directory sync does. */
async function letWait(here, id) {
  await place.sql(
    `INSERT INTO waiting (company_id, member_id, kind, since, licence_id, nonce, token_hash)
     VALUES (?1, ?2, 'user', ?3, ?4, ?5, ?5)`,
    here.id, id, Date.now(), `waits-${id}`.slice(0, 22), `nonce-${id}`,
  );
}

test("whoever is given a licence while waiting waits no longer, and nothing stumbles over it", async () => {
  const here = await company(place, { user: 2 });
  const { id } = await joined(here);
  expectStatus(await takeBack(here, [id]), 200);
  await letWait(here, id);
  assert.deepEqual([(await page(here, id)).user.because, (await page(here, id)).user.ahead], ["waiting", 0]);
  expectStatus(await give(here, [id]), 200);
  assert.equal((await page(here, id)).user.because, "in_use");
  await here.give("user", 5);
  assert.deepEqual(await here.figures(), [6, 1, 0, 7]);
  assert.deepEqual(await place.sql("SELECT * FROM waiting WHERE company_id = ?1", here.id), []);
});

test("whoever comes into a group while waiting gets what is set aside for it", async () => {
  const here = await company(place);
  const { member } = expectStatus(await here.manager.post(here.path("members"), { email: address(), learner: false, manager: true }), 201).body;
  const group = await createGroup(here, "Course B");
  const order = expectStatus(await here.manager.post(here.path("orders"), { kind: "user", quantity: 1, group: group.id }), 201).body;
  expectStatus(await here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, {}), 200, 201);
  await letWait(here, member.id);
  expectStatus(await putInto(here, member.id, group.id), 200);
  assert.deepEqual(await here.figures(), [0, 0, 1, 1]);
});

test("taking back from somebody who waits takes them out of the line", async () => {
  const here = await company(place, { user: 1 });
  const { id } = await joined(here);
  expectStatus(await takeBack(here, [id]), 200);
  await letWait(here, id);
  expectStatus(await takeBack(here, [id]), 200);
  assert.equal((await page(here, id)).user.because, "taken_back");
  assert.deepEqual(await here.figures(), [1, 0, 0, 1]);
});

test("what can't be done is refused in plain words and changes nothing", async (t) => {
  const here = await company(place, { user: 3 });
  const elsewhere = await company(place, { user: 1 });
  const one = await joined(here);
  const other = await joined(here);
  const empty = await joined(here);
  expectStatus(await takeBack(here, [empty.id]), 200);
  const stranger = await pending(elsewhere);
  const strangeGroup = await createGroup(elsewhere, "Elsewhere");
  const group = await createGroup(here, "Here");
  const myself = here.manager.session.identity.id;
  const former = await joined(here);
  expectStatus(await remove(here, [former.id]), 200);
  const many = Array.from({ length: 5_001 }, (_, index) => `x${index}`);

  const rows = [];
  for (const [who, id] of [["an unknown id", NOBODY], ["another company's member", stranger.id]]) {
    rows.push(
      [`the page of ${who}`, () => here.manager.get(here.path(`members/${id}`)), 404, "not-found"],
      [`giving to ${who}`, () => give(here, [one.id, id]), 404, "not-found"],
      [`taking back from ${who}`, () => takeBack(here, [one.id, id]), 404, "not-found"],
      [`removing ${who}`, () => remove(here, [one.id, id]), 404, "not-found"],
      [`replacing ${who}`, () => replace(here, id, { email: address() }), 404, "not-found"],
      [`an end date for ${who}`, () => endOn(here, id, dayIn(5)), 404, "not-found"],
      [`a group for ${who}`, () => putInto(here, id, group.id), 404, "not-found"],
    );
  }
  for (const [what, id] of [["an unknown group", NOBODY], ["another company's group", strangeGroup.id]]) {
    rows.push(
      [`moving into ${what}`, () => putInto(here, one.id, id), 404, "not-found"],
      [`an end date for ${what}`, () => here.manager.put(here.path(`groups/${id}/end`), { ends_on: dayIn(5) }), 404, "not-found"],
      [`adding into ${what}`, () => here.manager.post(here.path("members"), { email: address(), group: id }), 404, "not-found"],
      [`an order for ${what}`, () => here.manager.post(here.path("orders"), { kind: "user", quantity: 1, group: id }), 404, "not-found"],
    );
  }
  for (const [what, day] of [["no date at all", "tomorrow"], ["the 30th of February", "2027-02-30"], ["a date of the 5-digit years", "10000-01-01"], ["a past date", "2020-01-01"], ["today", dayIn(0)]]) {
    rows.push(
      [`${what} as a person's end`, () => endOn(here, one.id, day), 422, "invalid-field", "ends_on"],
      [`${what} as a group's end`, () => here.manager.put(here.path(`groups/${group.id}/end`), { ends_on: day }), 422, "invalid-field", "ends_on"],
    );
  }
  for (const [what, members] of [["nobody", []], ["more than 5,000", many]]) {
    rows.push(
      [`giving to ${what}`, () => give(here, members), 422, "invalid-field", "members"],
      [`taking back from ${what}`, () => takeBack(here, members), 422, "invalid-field", "members"],
      [`removing ${what}`, () => remove(here, members), 422, "invalid-field", "members"],
    );
  }
  rows.push(
    ["removing oneself", () => remove(here, [one.id, myself]), 409, "own-account"],
    ["replacing by somebody who holds one", () => replace(here, one.id, { email: other.email }), 409, "holds-already", "email"],
    ["replacing somebody by themselves", () => replace(here, one.id, { email: one.email }), 409, "holds-already", "email"],
    ["replacing somebody who holds nothing", () => replace(here, empty.id, { email: address() }), 409, "nothing-held"],
    ["replacing by what isn't an address", () => replace(here, one.id, { email: "nobody" }), 422, "invalid-field", "email"],
    ["replacing somebody who was removed", () => replace(here, former.id, { email: address() }), 404, "not-found"],
    ["an end date for somebody who was removed", () => endOn(here, former.id, dayIn(5)), 404, "not-found"],
    ["a group for somebody who was removed", () => putInto(here, former.id, group.id), 404, "not-found"],
    ["giving more than there is", () => give(here, [one.id, empty.id, myself, former.id]), 409, "not-enough-licences"],
    ["a group without a name", () => here.manager.post(here.path("groups"), { name: " " }), 422, "invalid-field", "name"],
    ["a group of the same name", () => here.manager.post(here.path("groups"), { name: "Here" }), 409, "group-exists", "name"],
    ["licences of an unknown kind", () => give(here, [empty.id], "gold"), 400, "malformed-body"],
    ["members that are no list", () => here.manager.post(here.path("members/removed"), { members: one.id }), 400, "malformed-body"],
  );
  for (const [what, ...row] of rows) await t.test(what, () => refused(...row));
  assert.deepEqual(await here.figures(), [1, 2, 0, 3]);
});

test("what another company does doesn't show here", async () => {
  const [here, elsewhere] = [await company(place, { user: 1 }), await company(place, { user: 1 })];
  const { id } = await pending(here);
  for (const answer of [
    await elsewhere.manager.get(here.path(`members/${id}`)),
    await elsewhere.manager.post(here.path("members/removed"), { members: [id] }),
    await elsewhere.manager.get(here.path("groups")),
  ]) {
    assert.deepEqual([answer.status, answer.problem], [404, "not-found"]);
  }
  assert.deepEqual(await here.figures(), [0, 0, 1, 1]);
});
