// Everybody at once, and the clock among them: what is given out is what there is, and what happens happens once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { acceptInvite, expectStatus, letter, lettersAbout, requestLicences, SUBJECT, tokenIn } from "../../worker/local/steps.mjs";
import { sound, soundInSql } from "../support/audit.mjs";
import { address, company } from "../support/company.mjs";
import { addMembersBySql, endLotAt, learnerId, learnerIds } from "../support/database.mjs";
import { settled } from "../support/settle.mjs";
import { start } from "../support/start.mjs";

const DAY = 86_400_000;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let place;
before(async () => (place = await start()));
after(() => place?.close());

/** A request sends a handful of letters; the scheduled run sends the rest. */
async function allSent() {
  await place.scheduled();
  await settled(place.mail.letters);
}

/** The events of a company of one sort, in order. */
const events = (here, what) => place.sql("SELECT * FROM events WHERE company_id = ?1 AND what = ?2 ORDER BY seq", here.id, what);

test("the last licence goes to one of a hundred who want it, in every one of 50 rounds", async () => {
  const here = await company(place, { user: 1 });
  for (let round = 1; round <= 50; round++) {
    const contenders = Array.from({ length: 100 }, () => address("contender"));
    const answers = await Promise.all(contenders.map((email) => here.manager.post(here.path("members"), { email })));
    const winners = answers.filter((answer) => answer.status === 201);
    assert.equal(winners.length, 1, `round ${round}: ${answers.map((answer) => answer.status).join(" ")}`);
    for (const answer of answers.filter((one) => one.status !== 201)) {
      assert.equal(answer.problem, "not-enough-licences", answer.text);
      assert.equal(answer.body.short_by, 1);
    }
    assert.deepEqual(await here.figures(), [0, 0, 1, 1], `round ${round}`);
    const removed = await here.manager.post(here.path("members/removed"), { members: [winners[0].body.member.id] });
    assert.deepEqual(removed.body?.user, { available: 1, in_use: 0, pending: 0, total: 1 }, removed.text);
  }
  assert.equal((await events(here, "licence_drawn")).length, 50);
  assert.equal((await events(here, "licence_taken_back")).length, 50);
  await sound(place, here);
});

test("the database refuses one licence too many, whatever stands above it", async () => {
  const here = await company(place, { user: 1 });
  await addMembersBySql(place, here.id, 1, 2);
  expectStatus(await here.manager.post(here.path("licences/given"), { members: learnerIds(1, 1) }), 200);
  const oneMore = place.sql(
    `INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, activated_at, ends_at, active_on)
     SELECT company_id, ?2, 'one-licence-too-many-0', id, kind, 'in_use', 1, 1, ends_at, 1 FROM lots WHERE company_id = ?1 AND quantity = 1`,
    here.id,
    learnerId(2),
  );
  await assert.rejects(oneMore, /lots_never_oversold/);
  await sound(place, here);
});

test("every door at once on 500 licences: no more than 500 are held at any moment, and 500 in the end", async () => {
  const here = await company(place, { user: 300 });
  await here.give("user", 200, { months: 6 });
  const elsewhere = await company(place);
  // 20 who hold one and will hand it on, 20 from whom it is taken, 20 who are removed, 20 who accept, 240 who come back.
  await addMembersBySql(place, here.id, 1, 60);
  expectStatus(await here.manager.post(here.path("licences/given"), { members: learnerIds(1, 60) }), 200);
  await addMembersBySql(place, here.id, 61, 300, { removed: true });
  const invited = [];
  for (let n = 0; n < 20; n++) invited.push((await here.add(address("invited"))).member.email);
  await allSent();
  const tokens = await Promise.all(invited.map(async (email) => tokenIn(await letter(place.mail, email, SUBJECT.invite))));
  const waiting = await Promise.all(Array.from({ length: 8 }, () => requestLicences(elsewhere.manager, elsewhere.id, "user", 10)));

  let over = false;
  const seen = [];
  const watch = async () => {
    while (!over) {
      seen.push(await here.figures());
      assert.deepEqual(await soundInSql(place, here.id), []);
    }
  };
  const watching = Promise.all([watch(), watch(), watch(), watch()]);

  const work = [];
  const door = (send) => work.push(send);
  for (let n = 0; n < 300; n++) door(() => here.manager.post(here.path("members"), { email: address("door") }));
  for (let n = 0; n < 24; n++) {
    const members = learnerIds(61 + n * 10, 70 + n * 10);
    door(() => here.manager.post(here.path("licences/given"), { members }));
  }
  for (let n = 1; n <= 20; n++) {
    door(() => here.manager.post(here.path(`members/${learnerId(n)}/replacement`), { email: address("successor") }));
    door(() => here.manager.post(here.path("licences/taken-back"), { members: [learnerId(20 + n)] }));
    door(() => here.manager.post(here.path("members/removed"), { members: [learnerId(40 + n)] }));
    door(() => place.browser().post("/api/v1/invites/accept", { token: tokens[n - 1] }));
  }
  for (const order of waiting) {
    door(() => here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, {}));
    door(() => elsewhere.manager.post(elsewhere.path("members"), { email: address("elsewhere") }));
  }
  for (let n = 0; n < 2; n++) door(async () => ({ status: (await place.scheduled()).outcome === "ok" ? 200 : 500 }));
  // Mixed, and the same way in each run.
  const mixed = work.map((one, index) => [(index * 7919) % work.length, one]).sort(([a], [b]) => a - b).map(([, one]) => one);
  // Thirty at a time, so that whoever watches gets a turn in between.
  const answers = [];
  const next = async () => {
    for (let one = mixed.pop(); one; one = mixed.pop()) answers.push(await one());
  };
  await Promise.all(Array.from({ length: 30 }, next)).finally(() => (over = true));
  await watching;
  for (const answer of answers) {
    assert.ok(answer.status < 300 || answer.problem === "not-enough-licences", `${answer.status} ${answer.text}`);
  }
  // What was taken back after the last refusal is still there for those who ask now.
  const late = await Promise.all(Array.from({ length: 100 }, () => here.manager.post(here.path("members"), { email: address("late") })));
  assert.ok(late.some((answer) => answer.problem === "not-enough-licences"), "more ask than there are licences");

  for (const [available, inUse, pending, total] of seen) {
    assert.ok(available >= 0, `${available} available`);
    assert.equal(total, 500);
    assert.equal(available + inUse + pending, total);
  }
  assert.ok(seen.length >= 10, `the dashboard was asked ${seen.length} times meanwhile`);
  const [available, inUse, pending, total] = await here.figures();
  assert.deepEqual([available, inUse + pending, total], [0, 500, 500]);
  const [{ held, members }] = await place.sql(
    "SELECT count(*) AS held, count(DISTINCT member_id) AS members FROM licences WHERE company_id = ?1 AND status <> 'ended'",
    here.id,
  );
  assert.deepEqual([held, members], [500, 500]);
  await sound(place, here);
  await sound(place, elsewhere);
});

test("when a lot has just ended, ten readers at once find its holders moved on, once", async () => {
  const here = await company(place, { user: 40 });
  const [first] = (await here.manager.get(here.path("lots"))).body.items;
  await addMembersBySql(place, here.id, 1, 40);
  expectStatus(await here.manager.post(here.path("licences/given"), { members: learnerIds(1, 40) }), 200);
  await here.give("user", 25);
  const end = Date.now() + 1500;
  await endLotAt(place, here.id, first.id, end);
  assert.deepEqual(await here.figures(), [25, 40, 0, 65]);
  await pause(end - Date.now() + 5);
  const browsers = [here.manager, here.desk];
  const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => browsers[n % 2].get(here.path("dashboard"))));
  for (const answer of answers) {
    assert.deepEqual(answer.body?.user.balance, { available: 0, in_use: 25, pending: 0, total: 25 }, answer.text);
  }
  assert.equal((await events(here, "licence_carried_over")).length, 25);
  assert.equal((await events(here, "lot_ended")).length, 1);
  const [lot] = await place.sql("SELECT carried, not_carried, pending + in_use AS left FROM lots WHERE id = ?1", first.id);
  assert.deepEqual(lot, { carried: 25, not_carried: 15, left: 15 });
  await sound(place, here);
  await place.scheduled();
  assert.equal((await events(here, "licence_expired")).length, 15);
  await allSent();
  assert.equal(lettersAbout(place.mail, here.managerAddress, SUBJECT.lotEnded).length, 1);
  assert.deepEqual(await here.figures(), [0, 25, 0, 25]);
  await sound(place, here);
});

/** Overdrawn licences and people who wait, as a directory sync leaves them. */
async function overdraw(here, { overdrawn, waiting }) {
  const database = await place.database();
  // Somebody who waits has an invite's secret of their own. It comes from a real invite, so that the link works.
  const invites = await place.sql("SELECT member_id, nonce, token_hash FROM invites WHERE company_id = ?1", here.id);
  const statements = [];
  overdrawn.forEach(([member, status, day], place) => {
    const id = `overdrawn${place}`.padEnd(22, "x");
    statements.push(
      database
        .prepare(
          `INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, activated_at, ends_at, active_on)
           SELECT company_id, ?2, ?3, id, kind, ?4, ?5, ?6, ends_at, CAST(?5 AS INTEGER) / 86400000 FROM lots WHERE company_id = ?1 AND kind = 'user' AND overdraft = 1`,
        )
        .bind(here.id, member, id, status, day, status === "in_use" ? day : null),
      database
        .prepare(
          `INSERT INTO events (company_id, at, door, what, member_id, kind, quantity, licence_id, lot_id, to_state, ends_at, belongs_to)
           SELECT company_id, ?5, 'directory_sync', 'licence_drawn', ?2, kind, 1, ?3, id, ?4, ends_at, 'sync-1' FROM lots
           WHERE company_id = ?1 AND kind = 'user' AND overdraft = 1`,
        )
        .bind(here.id, member, id, status, day),
    );
  });
  waiting.forEach((member, place) => {
    const invite = invites.find((one) => one.member_id === member);
    const id = `waiting${place}`.padEnd(22, "x");
    statements.push(
      database
        .prepare("INSERT INTO waiting (company_id, member_id, kind, since, licence_id, nonce, token_hash) VALUES (?1, ?2, 'user', ?3, ?4, ?5, ?6)")
        .bind(here.id, member, Date.now(), id, invite?.nonce ?? `nonce-${member}`, invite?.token_hash ?? `hash-${here.id}-${member}`),
      database
        .prepare(
          `INSERT INTO events (company_id, at, door, what, member_id, kind, quantity, licence_id, to_state, belongs_to)
           VALUES (?1, ?3, 'directory_sync', 'licence_awaited', ?2, 'user', 1, ?4, 'waiting', 'sync-1')`,
        )
        .bind(here.id, member, Date.now(), id),
    );
  });
  await database.batch(statements);
}

test("when licences come, the overdrawn settle first, oldest first, then those who wait, in their order", async () => {
  const here = await company(place, { user: 2 });
  await addMembersBySql(place, here.id, 1, 8);
  // Two who were invited and never joined; what they held is taken back, so that they can wait with a real invite.
  const strangers = [await here.add(address("waits")), await here.add(address("waits"))].map((added) => added.member);
  expectStatus(await here.manager.post(here.path("licences/taken-back"), { members: strangers.map(({ id }) => id) }), 200);
  expectStatus(await here.manager.post(here.path("licences/given"), { members: learnerIds(7, 8) }), 200);
  const before = Date.now() - 20 * DAY;
  await overdraw(here, {
    overdrawn: [
      [learnerId(3), "in_use", before + 3 * DAY],
      [learnerId(1), "in_use", before + 1 * DAY],
      [learnerId(4), "in_use", before + 4 * DAY],
      [learnerId(2), "in_use", before + 2 * DAY],
    ],
    waiting: [strangers[1].id, learnerId(6), strangers[0].id, learnerId(5)],
  });
  assert.deepEqual(await here.figures(), [-4, 6, 0, 2]);
  await sound(place, here);
  const explained = (await here.manager.get(here.path("balances/user"))).body;
  assert.deepEqual(explained.overdraft.holders.map((holder) => holder.member_id), [1, 2, 3, 4].map(learnerId));
  assert.equal(explained.overdraft.holders[0].belongs_to, "sync-1");
  assert.equal(explained.waiting, 4);

  const who = async (what) => (await events(here, what)).map((event) => event.member_id);
  await here.give("user", 3);
  assert.deepEqual(await here.figures(), [-1, 6, 0, 5]);
  assert.deepEqual(await who("licence_settled"), [1, 2, 3].map(learnerId));
  await sound(place, here);

  await allSent();
  const letters = place.mail.letters.length;
  await here.give("user", 4);
  assert.deepEqual(await who("licence_settled"), [1, 2, 3, 4].map(learnerId));
  const drawn = (await events(here, "licence_drawn")).filter((event) => event.from_state === "waiting");
  assert.deepEqual(drawn.map((event) => [event.member_id, event.to_state]), [
    [strangers[1].id, "pending"],
    [learnerId(6), "in_use"],
    [strangers[0].id, "pending"],
  ]);
  assert.deepEqual(await here.figures(), [0, 7, 2, 9]);
  const line = await place.sql("SELECT member_id FROM waiting WHERE company_id = ?1", here.id);
  assert.deepEqual(line, [{ member_id: learnerId(5) }], "the last one goes on waiting");
  await sound(place, here);

  await allSent();
  const sent = (email, among = place.mail.letters.slice(letters)) => among.filter((letter) => letter.to.some((to) => to.includes(email))).length;
  assert.equal(sent(strangers[0].email), 1, "an invite");
  assert.equal(sent(strangers[1].email), 1, "an invite");
  assert.equal(sent("learner6@many.example"), 1, "a word that there is a licence now");
  assert.equal(sent("learner5@many.example"), 0);
  assert.equal(sent("learner4@many.example"), 0, "settling changes nothing for whoever holds the licence");
  const newest = (email) => lettersAbout(place.mail, email, SUBJECT.invite).length;
  await acceptInvite(place, strangers[0].email, newest(strangers[0].email));
  assert.deepEqual(await here.figures(), [0, 8, 1, 9]);

  // Whatever sets a licence free serves the next in line.
  expectStatus(await here.manager.post(here.path("members/removed"), { members: [learnerId(1)] }), 200);
  assert.deepEqual(await here.figures(), [0, 8, 1, 9]);
  assert.deepEqual(await place.sql("SELECT member_id FROM waiting WHERE company_id = ?1", here.id), []);
  await sound(place, here);
});
