// Letters that a balance or the clock causes, to those who want them, each once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { acceptInvite, expectStatus, letter, tokenIn, SUBJECT } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { addLearnersBySql, endLotAt, learnerId } from "../support/database.mjs";
import { csv, importFile } from "../support/imports.mjs";
import { settled } from "../support/settle.mjs";
import { DESK, start } from "../support/start.mjs";

const DAY = 86_400_000;
const onDay = (at) => new Date(at).toISOString().slice(0, 10);

let place;
before(async () => (place = await start()));
after(() => place?.close());

/** The letters of one sort that a company's doings have caused: to whom, and what went into them. All of them have left. */
async function told(here, sort) {
  for (let round = 0; round < 5; round++) {
    await settled(place.mail.letters, 150);
    const rows = await place.sql("SELECT receiver, data, state FROM outbox WHERE company_id = ?1 AND letter = ?2 ORDER BY id", here.id, sort);
    if (rows.every((row) => row.state === "sent")) {
      for (const { receiver } of rows) assert.ok(place.mail.to(receiver).length > 0, `${receiver} has really got mail`);
      return rows.map((row) => ({ to: row.receiver, ...JSON.parse(row.data) }));
    }
    await place.scheduled(clock);
  }
  throw new Error(`letters ${sort} wait`);
}
let clock = Date.now();
const run = async (at) => {
  clock = Math.max(clock, at);
  await place.scheduled(clock);
};
const notices = async (here) => expectStatus(await here.manager.get(here.path("notices")), 200).body;
const choose = async (here, change) => here.manager.send("PUT", here.path("notices"), { body: { ...(await notices(here)), ...change } });

test("choices are kept, and what can't be chosen is refused and changes nothing", async () => {
  const here = await company(place);
  const first = await notices(here);
  assert.deepEqual([first.off, first.remind_first, first.remind_second, first.low_user, first.low_content], [[], 3, 10, null, null]);
  assert.deepEqual(first.managers.map((one) => one.name), ["Sam Okafor"]);
  const me = first.managers[0].id;
  const off = [{ letter: "licence_expired", receiver: "learners" }, { letter: "licences_ready", receiver: me }];
  expectStatus(await choose(here, { off, remind_first: 5, remind_second: null, low_user: 20 }), 200);
  const kept = await notices(here);
  assert.deepEqual([kept.off, kept.remind_first, kept.remind_second, kept.low_user], [off, 5, null, 20]);
  for (const [field, change] of [
    ["remind_first", { remind_first: 0 }],
    ["remind_second", { remind_first: 7, remind_second: 7 }],
    ["low_user", { low_user: 0 }],
    ["low_content", { low_content: 1_000_001 }],
    ["off", { off: [{ letter: "invite", receiver: "learners" }] }],
    ["off", { off: [{ letter: "sign_in", receiver: me }] }],
    ["off", { off: [{ letter: "order_received", receiver: "account_manager" }] }],
    ["off", { off: [{ letter: "licences_ready", receiver: "learners" }] }],
    ["off", { off: [{ letter: "licences_ready", receiver: "no id'; --" }] }],
  ]) {
    const refused = await choose(here, change);
    assert.equal(refused.body.field, field, refused.text);
  }
  assert.deepEqual(await notices(here), kept);
});

test("a manager who doesn't want a letter doesn't get it, and the others do", async () => {
  const here = await company(place);
  const second = address("second");
  expectStatus(await here.desk.post(`/api/v1/desk/companies/${here.id}/managers`, { email: second, name: "Second Manager" }), 201);
  await acceptInvite(place, second);
  const me = (await notices(here)).managers.find((one) => one.name === "Sam Okafor").id;
  expectStatus(await choose(here, { off: [{ letter: "licences_ready", receiver: me }] }), 200);
  await here.give("user", 2);
  await letter(place.mail, second, SUBJECT.licencesReady);
  assert.deepEqual((await told(here, "licences_ready")).map((one) => one.to), [second]);
  expectStatus(await choose(here, { off: [{ letter: "licences_ready", receiver: "managers" }] }), 200);
  await here.give("user", 2);
  assert.equal((await told(here, "licences_ready")).length, 1, "nobody wants it any more");
});

test("managers are told once that few licences are left, and again only after there were enough", async () => {
  const here = await company(place, { user: 5 });
  expectStatus(await choose(here, { low_user: 3 }), 200);
  const [first] = [await here.add(), await here.add()];
  assert.deepEqual(await told(here, "low_balance"), [], "three are left, which are enough");
  await here.add();
  const [low] = await told(here, "low_balance");
  assert.deepEqual([low.to, low.kind, low.available, low.threshold], [here.managerAddress, "user", 2, 3]);
  await here.add();
  assert.equal((await told(here, "low_balance")).length, 1, "once is enough");
  await here.give("user", 5);
  for (let i = 0; i < 3; i++) await here.add();
  assert.equal((await told(here, "low_balance")).length, 1, "three are left again");
  await here.add();
  assert.equal((await told(here, "low_balance")).length, 2);
  expectStatus(await here.manager.post(here.path("members/removed"), { members: [first.member.id] }), 200);
  await here.add();
  assert.equal((await told(here, "low_balance")).length, 3, "there were enough for a moment");
  expectStatus(await choose(here, { low_user: null }), 200);
  await here.add();
  assert.equal((await told(here, "low_balance")).length, 3);
});

test("parallel adds tell once that few licences are left", async () => {
  const here = await company(place, { user: 30 });
  expectStatus(await choose(here, { low_user: 25 }), 200);
  await Promise.all(Array.from({ length: 20 }, () => here.manager.post(here.path("members"), { email: address("crowd") })));
  assert.equal((await told(here, "low_balance")).length, 1);
});

test("whoever has started an import is told when it is over", async () => {
  const here = await company(place, { user: 5 });
  expectStatus(await importFile(here, csv(3), "?apply=true&file=people.csv"), 201);
  const [over] = await told(here, "import_finished");
  assert.deepEqual([over.to, over.file, over.added, over.stopped], [here.managerAddress, "people.csv", 3, false]);
});

test("a wrong address is corrected: the old link is dead, the invite goes to the right one, the person stays the same", async () => {
  const here = await company(place, { user: 1 });
  const [wrong, right] = [address("wrogn"), address("right")];
  const { member } = await here.add(wrong, { name: "Ines Carvalho" });
  const old = tokenIn(await letter(place.mail, wrong, SUBJECT.invite));
  const path = here.path(`members/${member.id}/address`);
  const bad = await here.manager.send("PUT", path, { body: { email: "nonsense" } });
  assert.equal(bad.body.field, "email", bad.text);
  const taken = await here.manager.send("PUT", path, { body: { email: here.managerAddress.toUpperCase() } });
  assert.equal(taken.problem, "already-member", taken.text);
  const page = expectStatus(await here.manager.send("PUT", path, { body: { email: right } }), 200).body;
  assert.deepEqual([page.member.id, page.member.email, page.member.name], [member.id, right, "Ines Carvalho"]);
  assert.equal(page.history[0].what, "invite_sent");
  assert.ok(page.history.some((event) => event.what === "member_address_changed"));
  const dead = await place.browser().post("/api/v1/invites/look", { token: old });
  assert.equal(dead.problem, "invite-unknown", dead.text);
  await acceptInvite(place, right);
  assert.deepEqual(await here.figures(), [0, 1, 0, 1]);
  assert.equal(place.mail.to(wrong).length, 1, "nothing more went to the wrong one");
  const manager = (await here.manager.get("/api/v1/session")).body.session.identity.id;
  const own = await here.manager.send("PUT", here.path(`members/${manager}/address`), { body: { email: address("new") } });
  assert.equal(own.problem, "own-address", own.text);
});

test("a letter that waits for the wrong address doesn't leave once it is corrected", async () => {
  const here = await company(place, { user: 1 });
  const [wrong, right] = [address("held"), address("held-right")];
  await settled(place.mail.letters);
  place.mail.behave(500);
  const { member } = await here.add(wrong);
  await settled(place.mail.attempts);
  expectStatus(await here.manager.send("PUT", here.path(`members/${member.id}/address`), { body: { email: right } }), 200);
  await settled(place.mail.attempts);
  place.mail.behave(200);
  await run(Date.now() + 60 * 60_000);
  await letter(place.mail, right, SUBJECT.invite);
  await settled(place.mail.letters);
  assert.equal(place.mail.to(wrong).length, 0);
});

test("learners whose licence is corrected away from them are signed out", async () => {
  const here = await company(place, { user: 1 });
  const learner = await here.learner();
  const id = learner.session.identity.id;
  expectStatus(await here.manager.send("PUT", here.path(`members/${id}/address`), { body: { email: address("other") } }), 200);
  assert.equal((await learner.get("/api/v1/me/licences")).problem, "not-signed-in");
});

// From here on time passes, and sessions end with it: everything is set up first.
test("invites are brought to mind after 3 and 10 days, to whoever hasn't accepted", async () => {
  const here = await company(place, { user: 5 });
  const { member: waits } = await here.add(address("waits"));
  const joins = await here.learner(address("joins"));
  const { member: withdrawn } = await here.add(address("withdrawn"));
  expectStatus(await here.manager.post(here.path("licences/taken-back"), { members: [withdrawn.id] }), 200);
  const never = await company(place, { user: 1 });
  expectStatus(await choose(never, { remind_first: null, remind_second: null }), 200);
  await never.add();
  const unwanted = await company(place, { user: 1 });
  expectStatus(await choose(unwanted, { off: [{ letter: "invite_reminder", receiver: "learners" }] }), 200);
  await unwanted.add();
  const now = Date.now();
  const reminders = async () => (await told(here, "invite_reminder")).map((one) => one.to);
  await run(now + 2.9 * DAY);
  assert.deepEqual(await reminders(), []);
  await run(now + 3.1 * DAY);
  await run(now + 3.2 * DAY);
  assert.deepEqual(await reminders(), [waits.email]);
  await run(now + 9.9 * DAY);
  assert.deepEqual(await reminders(), [waits.email]);
  await run(now + 10.1 * DAY);
  await run(now + 20 * DAY);
  assert.deepEqual(await reminders(), [waits.email, waits.email]);
  const links = place.mail.to(waits.email).map(tokenIn);
  assert.equal(new Set(links).size, 1, "the link stays the same: a reminder takes nobody's invite away");
  assert.ok(!place.mail.to(joins.address).some((one) => /remind|waiting/i.test(one.subject)));
  assert.deepEqual(await told(never, "invite_reminder"), []);
  assert.deepEqual(await told(unwanted, "invite_reminder"), []);
  const events = await place.sql("SELECT count(*) AS n FROM events WHERE company_id = ?1 AND what = 'invite_reminded'", here.id);
  assert.equal(events[0].n, 2);
});

test("the end of a lot is told 60, 30 and 7 days ahead to managers and account manager; a late run tells what is due now", async () => {
  const fresh = await start();
  const old = place;
  place = fresh;
  clock = Date.now();
  try {
    const here = await company(place, { user: 10 });
    const quiet = await company(place, { user: 10 });
    expectStatus(await choose(quiet, { off: [{ letter: "lot_expiring", receiver: "account_manager" }] }), 200);
    const late = await company(place, { user: 10 });
    const end = Date.now() + 100 * DAY;
    for (const one of [here, quiet, late]) {
      const [lot] = (await one.manager.get(one.path("lots"))).body.items;
      await endLotAt(place, one.id, lot.id, end);
      await place.sql("UPDATE lots SET tell_at = ?2 WHERE id = ?1", lot.id, end - 60 * DAY);
    }
    const order = expectStatus(await here.manager.post(here.path("orders"), { kind: "user", quantity: 10, renews: (await here.manager.get(here.path("lots"))).body.items[0].id }), 201).body;
    const days = async (one, to) => (await told(one, "lot_expiring")).filter((letter) => letter.to === to).map((letter) => letter.days);
    await place.sql("UPDATE lots SET tell_at = NULL WHERE company_id = ?1", late.id);
    for (const before of [61, 59.9, 59, 40, 31, 29.9, 20, 8, 6.9, 3, 1]) await run(end - before * DAY);
    assert.deepEqual(await days(here, here.managerAddress), [60, 30, 7]);
    assert.deepEqual(await days(here, DESK), [60, 30, 7]);
    assert.deepEqual(await days(quiet, quiet.managerAddress), [60, 30, 7]);
    assert.deepEqual(await days(quiet, DESK), []);
    assert.equal((await told(here, "lot_expiring"))[0].renewal, order.number);
    assert.deepEqual(await days(late, late.managerAddress), []);
    await place.sql("UPDATE lots SET tell_at = ?2 WHERE company_id = ?1 AND overdraft = 0", late.id, end - 60 * DAY);
    await run(end - 0.5 * DAY);
    await run(end - 0.4 * DAY);
    assert.deepEqual(await days(late, late.managerAddress), [7], "not the whole backlog");
  } finally {
    place = old;
    await fresh.close();
  }
});

test("learners are told 7 days before their licence ends, once, and not those who will move on", async () => {
  const fresh = await start();
  const old = place;
  place = fresh;
  clock = Date.now();
  try {
    const here = await company(place, { user: 2500 });
    const [lot] = (await here.manager.get(here.path("lots"))).body.items;
    await addLearnersBySql(place, here.id, 1, 2300);
    const early = learnerId(7);
    const renewed = await company(place, { user: 3 });
    await renewed.learner();
    const [oldLot] = (await renewed.manager.get(renewed.path("lots"))).body.items;
    const end = Date.now() + 40 * DAY;
    await endLotAt(place, here.id, lot.id, end);
    await endLotAt(place, renewed.id, oldLot.id, end);
    expectStatus(await here.manager.send("PUT", here.path(`members/${early}/end`), { body: { ends_on: onDay(Date.now() + 12 * DAY) } }), 200);
    // A second lot goes on: its one holder moves there.
    await renewed.give("user", 3);
    const expiring = async (one) => (await told(one, "licence_expiring")).map((letter) => letter.to);
    await run(Date.now() + 4 * DAY);
    assert.deepEqual(await expiring(here), []);
    await run(Date.now() + 6 * DAY);
    assert.deepEqual(await expiring(here), ["learner7@many.example"]);
    await run(end - 6.9 * DAY);
    await run(end - 6.8 * DAY);
    for (let round = 0; round < 20; round++) await run(end - 6 * DAY + round * 600_000);
    const everybody = await expiring(here);
    assert.equal(everybody.length, 2300);
    assert.equal(new Set(everybody).size, 2300);
    assert.deepEqual(await expiring(renewed), [], "whoever moves on needn't worry");
    await run(end + 600_000);
    assert.equal((await told(renewed, "licence_carried")).length, 1);
    assert.equal((await told(renewed, "licence_expired")).length, 0);
  } finally {
    place = old;
    await fresh.close();
  }
});
