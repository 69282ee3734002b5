// Lists of users, and what is done with many at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SUBJECT, expectStatus, letter, lettersAbout, tokenIn } from "../../worker/local/steps.mjs";
import { sound } from "../support/audit.mjs";
import { address, company } from "../support/company.mjs";
import { addLearnersBySql, learnerId, learnerIds } from "../support/database.mjs";
import { csv, importFile, steps } from "../support/imports.mjs";
import { settled } from "../support/settle.mjs";
import { start } from "../support/start.mjs";

const DAY = 86_400_000;
let place;
before(async () => (place = await start()));
after(() => place?.close());

const get = async (here, rest) => expectStatus(await here.manager.get(here.path(rest)), 200).body;
const post = (here, rest, body) => here.manager.post(here.path(rest), body);
const counts = (here, group) => get(here, `members/counts${group ? `?group=${group}` : ""}`);
const names = (page) => page.items.map(({ name, email }) => name ?? email);

/** Every row of a list, page after page. */
async function whole(here, query = "") {
  const [items, most] = [[], 80];
  let after = "";
  for (let page = 0; page < most; page++) {
    const answer = expectStatus(await here.manager.get(here.path(`members?${query}${after}`)), 200);
    assert.ok(answer.rowsRead <= 300, `${answer.rowsRead} rows read for ${query}`);
    items.push(...answer.body.items);
    if (!answer.body.next) return items;
    after = `&after=${encodeURIComponent(answer.body.next)}`;
  }
  throw new Error(`more than ${most} pages`);
}

/** A company with somebody in every standing. */
async function everybody() {
  const here = await company(place, { user: 20 });
  const learner = await here.learner(`active.${here.id}@example.com`);
  const [pending, gone, without] = [
    await here.add(`pending.${here.id}@example.com`, { name: "Petra Pending" }),
    await here.add(`gone.${here.id}@example.com`, { name: "Gus Gone" }),
    await here.add(`without.${here.id}@example.com`, { name: "Wendy Without" }),
  ];
  expectStatus(await post(here, "members/removed", { members: [gone.member.id] }), 200);
  expectStatus(await post(here, "licences/taken-back", { members: [without.member.id] }), 200);
  return { here, learner: learner.session.identity.id, pending: pending.member.id, gone: gone.member.id, without: without.member.id };
}

test("everybody stands in one place, and the counts say how many stand where", async () => {
  const { here } = await everybody();
  const { all, in_use, pending, none, removed, expired, waiting, overdrawn, inactive, inactive_days } = await counts(here);
  // The manager has no licence.
  assert.deepEqual({ all, in_use, pending, none, removed, expired, waiting, overdrawn, inactive, inactive_days }, {
    all: 4, in_use: 1, pending: 1, none: 2, removed: 1, expired: 0, waiting: 0, overdrawn: 0, inactive: 0, inactive_days: 90,
  });
  for (const [standing, count] of Object.entries({ in_use, pending, none, removed, expired })) {
    const items = await whole(here, `standing=${standing}`);
    assert.equal(items.length, count, standing);
    assert.ok(items.every((item) => item.standing === standing), standing);
  }
  assert.equal((await whole(here)).length, all);
});

test("a search finds people by first name, last name and address, and by nothing in between", async () => {
  const { here } = await everybody();
  for (const [text, found] of [["petra", 1], ["PENDING", 1], ["pending.", 1], ["etra", 0], ["gone", 0]]) {
    assert.equal((await whole(here, `search=${text}`)).length, found, text);
  }
  assert.equal((await whole(here, "search=gus&standing=removed")).length, 1);
  assert.equal((await whole(here, "search=petra&standing=in_use")).length, 0);
});

test("who has no key for an accent finds and sorts by the letter below it", async () => {
  const here = await company(place, { user: 20 });
  const people = ["Zoë Łukaszewicz", "Àgnes Strauß", "Bjørn Ærø", "agnes Zimmer", "İpek Öztürk"];
  for (const [index, name] of people.entries()) await here.add(`accent${index}.${here.id}@example.com`, { name });
  const listed = (await whole(here)).map(({ name }) => name).filter((name) => people.includes(name));
  assert.deepEqual(listed, ["Àgnes Strauß", "agnes Zimmer", "Bjørn Ærø", "İpek Öztürk", "Zoë Łukaszewicz"]);
  const found = async (text, more = "") => (await whole(here, `search=${encodeURIComponent(text)}${more}`)).map(({ name }) => name);
  for (const [text, expected] of [
    ["zoe", ["Zoë Łukaszewicz"]], ["ZOË", ["Zoë Łukaszewicz"]], ["lukasz", ["Zoë Łukaszewicz"]], ["Łuk", ["Zoë Łukaszewicz"]],
    ["zoe\u0308", ["Zoë Łukaszewicz"]], ["agnes", ["Àgnes Strauß", "agnes Zimmer"]], ["ágnes s", ["Àgnes Strauß"]],
    ["strauss", ["Àgnes Strauß"]], ["aero", ["Bjørn Ærø"]], ["bjorn", ["Bjørn Ærø"]], ["ipek", ["İpek Öztürk"]], ["ozturk", ["İpek Öztürk"]],
    ["zoea", []],
  ]) {
    assert.deepEqual(await found(text), expected, text);
  }
  assert.deepEqual(await found("zoe", "&standing=pending"), ["Zoë Łukaszewicz"]);
  const { id } = (await whole(here, "search=zoe"))[0];
  expectStatus(await post(here, "members/removed", { members: [id] }), 200);
  assert.deepEqual([await found("zoe"), await found("zoe", "&standing=removed")], [[], ["Zoë Łukaszewicz"]]);
  for (const name of ["Zürich", "aarau", "Ägypten", "basel"]) expectStatus(await post(here, "groups", { name }), 201);
  assert.deepEqual((await get(here, "groups")).items.map(({ name }) => name), ["aarau", "Ägypten", "basel", "Zürich"]);
});

test("whatever is searched for is text and nothing else", async () => {
  const { here } = await everybody();
  for (const text of ["%", "_", "'", "\"", "\\", "(", "\u0000", "a".repeat(3000), "🙂", "in_use,"]) {
    expectStatus(await here.manager.get(here.path(`members?search=${encodeURIComponent(text)}`)), 200);
  }
  for (const query of ["standing=nonsense", "sort=nonsense", "after=nonsense", "after=9.9.9", "group=nonsense", "after=0..", "sort=end&after=0.x.y"]) {
    expectStatus(await here.manager.get(here.path(`members?${query}`)), 200);
  }
});

test("with many users every list is whole, in order, and reads about what it shows", async () => {
  const here = await company(place, { user: 3000 });
  await addLearnersBySql(place, here.id, 1, 1200);
  expectStatus(await importFile(here, csv(300, { groups: 3 }), "?apply=true"), 201);
  const groups = (await get(here, "groups")).items;
  assert.deepEqual(groups.map(({ members }) => members), [100, 100, 100]);
  await place.sql("UPDATE members SET active_on = active_on - (rowid_of % 7) * 40 FROM (SELECT id AS other, row_number() OVER () AS rowid_of FROM members WHERE company_id = ?1) WHERE company_id = ?1 AND id = other AND standing = 'in_use'", here.id);
  const inOrder = (items, key) => items.every((item, index) => index === 0 || key(items[index - 1]) <= key(item));
  const all = await whole(here, "");
  assert.equal(all.length, 1501);
  assert.equal(new Set(all.map(({ id }) => id)).size, 1501);
  assert.ok(inOrder(all, (item) => (item.name ?? item.email).toLowerCase()));
  const byEnd = await whole(here, "sort=end");
  assert.equal(new Set(byEnd.map(({ id }) => id)).size, 1501);
  assert.ok(inOrder(byEnd, (item) => item.user?.ends_at ?? Infinity));
  const byActivity = await whole(here, "sort=active&standing=in_use");
  assert.equal(new Set(byActivity.map(({ id }) => id)).size, 1200);
  for (const sort of ["name", "end", "active"]) {
    const ofGroup = await whole(here, `group=${groups[1].id}&sort=${sort}`);
    assert.equal(new Set(ofGroup.map(({ id }) => id)).size, 100, sort);
    assert.ok(ofGroup.every(({ group }) => group === groups[1].name));
    assert.equal((await whole(here, `group=${groups[1].id}&standing=pending&sort=${sort}`)).length, 100);
    assert.equal((await whole(here, `group=${groups[1].id}&standing=in_use&sort=${sort}`)).length, 0);
  }
  assert.deepEqual((await counts(here, groups[1].id)).pending, 100);
  const searched = await whole(here, "search=learner%201");
  assert.equal(new Set(searched.map(({ id }) => id)).size, searched.length);
  assert.equal(searched.length, 1 + 10 + 100 + 201);
  const inactive = await whole(here, "standing=inactive");
  assert.equal(inactive.length, (await counts(here)).inactive);
  assert.ok(inactive.length > 500 && inactive.length < 1000, String(inactive.length));
  // The ids of a list, for what is done with all of it.
  const ids = [];
  let after = "";
  do {
    const page = await get(here, `members/ids?standing=pending${after}`);
    ids.push(...page.ids);
    after = page.next ? `&after=${encodeURIComponent(page.next)}` : null;
  } while (after !== null);
  assert.equal(new Set(ids).size, 300);
});

test("a group of many is listed whole in the order of activity, without those of other groups", async () => {
  const here = await company(place, { user: 3000 });
  await addLearnersBySql(place, here.id, 1, 2700);
  const { id } = expectStatus(await post(here, "groups", { name: "Many" }), 201).body;
  const inside = learnerIds(1, 2500);
  await place.sql("UPDATE members SET group_id = ?2 WHERE company_id = ?1 AND id IN (SELECT value FROM json_each(?3))", here.id, id, JSON.stringify(inside));
  await place.sql("UPDATE members SET active_on = active_on - (rowid_of % 7) * 40 FROM (SELECT id AS other, row_number() OVER () AS rowid_of FROM members WHERE company_id = ?1) WHERE company_id = ?1 AND id = other AND standing = 'in_use'", here.id);
  const days = new Map((await place.sql("SELECT id, active_on FROM members WHERE company_id = ?1", here.id)).map((row) => [row.id, row.active_on]));
  const listed = [];
  for (let after = ""; after !== undefined; ) {
    const page = await get(here, `members?group=${id}&standing=in_use&sort=active${after}`);
    listed.push(...page.items.map((item) => item.id));
    after = page.next ? `&after=${encodeURIComponent(page.next)}` : undefined;
  }
  assert.deepEqual([...listed].sort(), [...inside].sort());
  assert.ok(listed.every((member, index) => index === 0 || days.get(listed[index - 1]) <= days.get(member)), "those who weren't active for longest come first");
});

test("a list is exported as CSV that is safe in a spreadsheet, and as JSON", async () => {
  const here = await company(place, { user: 900 });
  await here.add("formula@example.com", { name: "=HYPERLINK(\"x\")" });
  await addLearnersBySql(place, here.id, 1, 850);
  const file = await here.manager.get(here.path("members/export?format=csv"));
  assert.match(file.headers["content-type"], /^text\/csv/);
  assert.match(file.headers["content-disposition"], /users\.csv/);
  const lines = file.text.trim().split("\r\n");
  assert.equal(lines.length, 1 + 852);
  assert.ok(file.text.includes("\"'=HYPERLINK(\"\"x\"\")\""), lines.find((line) => line.includes("HYPERLINK")));
  const json = JSON.parse((await here.manager.get(here.path("members/export?format=json&standing=pending"))).text);
  assert.deepEqual(json.map(({ email }) => email), ["formula@example.com"]);
  assert.deepEqual(JSON.parse((await here.manager.get(here.path("members/export?format=json&standing=expired"))).text), []);
  const other = await company(place);
  assert.equal((await other.manager.get(here.path("members/export"))).status, 404);
});

test("an invite that is sent again brings a new link; the old one works no longer", async () => {
  const { here, pending, learner } = await everybody();
  const email = `pending.${here.id}@example.com`;
  const first = tokenIn(await letter(place.mail, email, SUBJECT.invite));
  assert.equal(expectStatus(await post(here, "members/invited-again", { members: [pending, learner, pending] }), 200).body.people >= 1, true);
  const second = tokenIn(await letter(place.mail, email, SUBJECT.invite, 2));
  const look = (token) => place.browser().post("/api/v1/invites/look", { token });
  assert.equal((await look(first)).problem, "invite-unknown");
  assert.equal((await look(second)).status, 200);
  await settled(place.mail.letters);
  assert.equal(lettersAbout(place.mail, email, SUBJECT.invite).length, 2);
  const page = await get(here, `members/${pending}`);
  assert.equal(page.invite.state, "open");
  assert.equal(page.invite.mail.state, "sent");
});

test("what would change is told before, and is what changes then", async () => {
  const { here, learner, pending, gone, without } = await everybody();
  const [manager] = (await whole(here, "search=sam")).map(({ id }) => id);
  const members = [learner, pending, gone, without, manager];
  const preview = async (action) => expectStatus(await post(here, "members/preview", { action, members }), 200).body;
  assert.deepEqual(await preview("remove"), { people: 3, left_alone: 2, managers: 1, user: 2, content: 0 });
  assert.deepEqual(await preview("withdraw"), { people: 1, left_alone: 4, managers: 0, user: 1, content: 0 });
  assert.deepEqual(await preview("give"), { people: 3, left_alone: 2, managers: 0, user: -3, content: 0 });
  assert.deepEqual((await preview("invite_again")).people, 1);
  assert.deepEqual((await preview("take_back")).user, 2);
  assert.deepEqual((await preview("give_content")).content, -5);
  const [available] = await here.figures();
  expectStatus(await post(here, "members/removed", { members, keep_managers: true }), 200);
  assert.equal((await here.figures())[0], available + 2);
  assert.equal((await counts(here)).all, 1, "the manager stays");
  expectStatus(await here.manager.get(here.path("dashboard")), 200);
  await sound(place, here);
});

test("withdrawing invites of many takes nothing from those who have joined", async () => {
  const { here, learner, pending } = await everybody();
  expectStatus(await post(here, "licences/taken-back", { members: [learner, pending], pending_only: true }), 200);
  assert.deepEqual(await here.figures(), [19, 1, 0, 20]);
});

test("moving and end dates say how it was before, and can be set back", async () => {
  const { here, learner, pending, gone } = await everybody();
  const group = async (name) => expectStatus(await post(here, "groups", { name }), 201).body.id;
  const [north, south] = [await group("North"), await group("South")];
  expectStatus(await post(here, "members/moved", { members: [learner], group: north }), 200);
  const moved = expectStatus(await post(here, "members/moved", { members: [learner, pending, gone], group: south }), 200).body;
  assert.equal(moved.people, 2, "who was removed stays as they were");
  assert.deepEqual(moved.before.map(({ was, members }) => [was, members]).sort(), [[north, [learner]], [null, [pending]]].sort());
  for (const { was, members } of moved.before) expectStatus(await post(here, "members/moved", { members, group: was }), 200);
  assert.deepEqual((await get(here, "groups")).items.map(({ name, members }) => [name, members]), [["North", 1], ["South", 0]]);
  const day = new Date(Date.now() + 30 * DAY).toISOString().slice(0, 10);
  const ended = expectStatus(await post(here, "members/ended", { members: [learner, pending], ends_on: day }), 200).body;
  assert.deepEqual([ended.people, ended.before.length, ended.before[0].was], [2, 1, null]);
  const line = (await whole(here, "standing=in_use&sort=end"))[0];
  assert.equal(line.user.ends_at, Date.parse(`${day}T00:00:00Z`));
  const again = expectStatus(await post(here, "members/ended", { members: [learner, pending], ends_on: null }), 200).body;
  assert.deepEqual([again.people, again.before[0].was], [2, day]);
  assert.equal((await post(here, "members/moved", { members: [learner], group: "nobody" })).status, 404);
  await sound(place, here);
});

test("a group is renamed, merged into another, and removed; members and licences go with it", async () => {
  const { here, learner, pending } = await everybody();
  const group = async (name) => expectStatus(await post(here, "groups", { name }), 201).body.id;
  const [north, south] = [await group("North"), await group("South")];
  const order = expectStatus(await post(here, "orders", { kind: "user", quantity: 4, group: north }), 201).body;
  expectStatus(await here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, { months: 12 }), 200, 201);
  expectStatus(await post(here, "members/moved", { members: [learner, pending], group: north }), 200);
  const renamed = expectStatus(await here.manager.put(here.path(`groups/${north}`), { name: "Far North" }), 200).body;
  assert.deepEqual([renamed.name, renamed.members], ["Far North", 2]);
  const same = await here.manager.put(here.path(`groups/${north}`), { name: "South" });
  assert.deepEqual([same.status, same.problem, same.body.field], [409, "group-exists", "name"]);
  const day = new Date(Date.now() + 40 * DAY).toISOString().slice(0, 10);
  expectStatus(await here.manager.put(here.path(`groups/${south}/end`), { ends_on: day }), 200);
  const merged = expectStatus(await post(here, `groups/${north}/removed`, { into: south }), 200).body;
  assert.deepEqual(merged.items.map(({ name, members }) => [name, members]), [["South", 2]]);
  const lines = await whole(here, `group=${south}`);
  assert.ok(lines.every(({ user }) => user.ends_at === Date.parse(`${day}T00:00:00Z`)), "their licences end as the group's do");
  assert.deepEqual((await get(here, "lots")).items.map(({ group: name }) => name).sort(), ["South", null].sort());
  expectStatus(await post(here, `groups/${south}/removed`, { into: null }), 200);
  assert.deepEqual((await get(here, "groups")).items, []);
  assert.ok((await get(here, "lots")).items.every(({ group: name }) => name === null));
  assert.ok((await whole(here, "")).every(({ group: name }) => name === null));
  assert.equal((await post(here, `groups/${south}/removed`, { into: null })).status, 404);
  await sound(place, here);
});

test("those who weren't active for long are found, written to once a week, and never removed by themselves", async () => {
  const { here, learner } = await everybody();
  const { body: settings } = await here.manager.get(here.path("settings"));
  const refused = await here.manager.put(here.path("settings"), { ...settings, inactive_days: 3 });
  assert.deepEqual([refused.status, refused.body.field], [422, "inactive_days"]);
  expectStatus(await here.manager.put(here.path("settings"), { ...settings, inactive_days: 30 }), 200);
  await place.sql("UPDATE members SET active_on = ?2, last_active_at = ?3 WHERE id = ?1", learner, Math.floor(Date.now() / DAY) - 31, Date.now() - 31 * DAY);
  assert.equal((await counts(here)).inactive, 1);
  assert.deepEqual((await whole(here, "standing=inactive")).map(({ id }) => id), [learner]);
  for (const expected of [1, 0]) assert.equal(expectStatus(await post(here, "members/reminded", { members: [learner] }), 200).body.people, expected);
  const about = await letter(place.mail, `active.${here.id}@example.com`, /still use your licence/);
  assert.match(about.text, /may give it to somebody else/);
  await settled(place.mail.letters);
  assert.equal(lettersAbout(place.mail, `active.${here.id}@example.com`, /still use your licence/).length, 1);
  await place.scheduled();
  assert.equal((await counts(here)).in_use, 1);
});

test("somebody who is named twice in a request is treated once", async () => {
  const { here, pending, without, learner } = await everybody();
  expectStatus(await post(here, "licences/given", { members: [without, without] }), 200);
  assert.deepEqual(await here.figures(), [17, 1, 2, 20]);
  expectStatus(await post(here, "licences/taken-back", { members: [learner, learner] }), 200);
  expectStatus(await post(here, "members/removed", { members: [pending, pending] }), 200);
  assert.deepEqual(await here.figures(), [19, 0, 1, 20]);
  const events = await place.sql("SELECT what, member_id, count(*) AS count FROM events WHERE company_id = ?1 AND what IN ('licence_taken_back', 'member_removed') GROUP BY what, member_id, licence_id HAVING count(*) > 1", here.id);
  assert.deepEqual(events, []);
  await sound(place, here);
});

test("how many a request can be about is said", async () => {
  const here = await company(place);
  for (const rest of ["members/moved", "members/ended", "members/invited-again", "members/reminded"]) {
    const answer = await post(here, rest, { members: [] });
    assert.deepEqual([answer.status, answer.body.field], [422, "members"], rest);
  }
  const many = await post(here, "members/preview", { action: "remove", members: learnerIds(1, 5001) });
  assert.equal(many.status, 422);
  assert.equal((await post(here, "members/preview", { action: "fly", members: [learnerId(1)] })).status, 400);
});
