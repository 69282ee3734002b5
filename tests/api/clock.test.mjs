// The scheduled run writes down what time has done. It makes no difference how often it runs, how late, or whether two
// of it run at once: three companies that are alike go through the same 60 days and must end up alike.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { expectStatus } from "../../worker/local/steps.mjs";
import { soundInSql } from "../support/audit.mjs";
import { company } from "../support/company.mjs";
import { addMembersBySql, endLotAt, learnerId, learnerIds } from "../support/database.mjs";
import { settled } from "../support/settle.mjs";
import { start } from "../support/start.mjs";

const DAY = 86_400_000;
const today = Math.floor(Date.now() / DAY) * DAY;
const day = (number) => today + number * DAY;
const date = (number) => new Date(day(number)).toISOString().slice(0, 10);
const DAYS = 60;

/**
 * Day 10: one licence ends early, so an overdrawn one settles and two who wait get theirs. Day 15: a lot ends, and there is
 * room for some of those who were active. Day 18: a group's licences end. Day 20: a lot comes into force. Day 25: five
 * invites lapse. Days 30, 40, 50: more lots end; some of their holders have moved on before, and move on again.
 */
async function seed(place) {
  const here = await company(place, { name: "Clockwork Learning" });
  const lot = async (kind, quantity, end, term) => {
    const { id } = await here.give(kind, quantity, term);
    const [{ lot_id }] = await place.sql("SELECT id AS lot_id FROM lots WHERE order_id = ?1", id);
    if (end) await endLotAt(place, here.id, lot_id, day(end));
  };
  await lot("user", 8, 15);
  await lot("user", 6, 30);
  await lot("user", 7, 50);
  await lot("user", 9, undefined, { starts_on: date(20) });
  await lot("content", 6, 40);
  await addMembersBySql(place, here.id, 1, 15);
  const give = async (members, kind) => expectStatus(await here.manager.post(here.path("licences/given"), { members, kind }), 200);
  await give(learnerIds(1, 12));
  await give(learnerIds(1, 4), "content");
  for (let n = 1; n <= 5; n++) await here.add(undefined, { name: `Pending ${n}` });

  const set = async (path, body) => expectStatus(await here.manager.put(here.path(path), body), 200);
  await set(`members/${learnerId(4)}/end`, { ends_on: date(10) });
  const group = expectStatus(await here.manager.post(here.path("groups"), { name: "Night shift" }), 201).body;
  for (const n of [9, 10]) await set(`members/${learnerId(n)}/group`, { group: group.id });
  await set(`groups/${group.id}/end`, { ends_on: date(18) });

  const active = (n, when) => place.sql("UPDATE licences SET active_on = ?3 WHERE company_id = ?1 AND member_id = ?2", here.id, learnerId(n), Math.floor(day(when) / DAY));
  await active(1, -80);
  await active(2, -80);
  await active(3, -70);
  await place.sql("UPDATE invites SET open_until = ?2 WHERE company_id = ?1 AND state = 'open'", here.id, day(25));
  const database = await place.database();
  await database.batch([
    database
      .prepare(
        `INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, activated_at, ends_at, active_on)
         SELECT company_id, ?2, 'overdrawn-licence-0001', id, kind, 'in_use', ?3, ?3, ends_at, CAST(?3 AS INTEGER) / 86400000
         FROM lots WHERE company_id = ?1 AND kind = 'user' AND overdraft = 1`,
      )
      .bind(here.id, learnerId(15), day(0)),
    ...[14, 13].map((n) =>
      database
        .prepare("INSERT INTO waiting (company_id, member_id, kind, since, licence_id, nonce, token_hash) VALUES (?1, ?2, 'user', ?3, ?4, ?4, ?4)")
        .bind(here.id, learnerId(n), day(0), `waiting-licence-00000${n}`),
    ),
  ]);
  // Letters about all this have nothing to do with the clock.
  await place.scheduled();
  await settled(place.mail.letters);
  here.mailBefore = place.mail.letters.length;
  [{ seq: here.seqBefore }] = await place.sql("SELECT max(seq) AS seq FROM events");
  return here;
}

/** What is told of before it happens: a late run says what is still to come, and not what would have been said meanwhile. */
const AHEAD = / is still open$|\d days? left$| ends on | still waits for /;

/** All that time has made of a company, without what is random: ids, and the milliseconds of the setting up. */
async function state(place, here) {
  const read = async (sql, ...values) => (await place.sql(sql, here.id, ...values)).map((row) => JSON.stringify(row));
  const name = "coalesce(m.name, m.email_typed)";
  const number = (lot) => `(SELECT coalesce(o.number, 0) FROM lots n LEFT JOIN orders o ON o.id = n.order_id WHERE n.id = ${lot})`;
  return {
    lots: await read(
      `SELECT ${number("l.id")} AS number, l.quantity, l.pending, l.in_use, l.carried, l.not_carried, l.opened_at IS NOT NULL AS opened,
         l.closed_at IS NOT NULL AS closed, l.emptied_at IS NOT NULL AS emptied FROM lots l WHERE l.company_id = ?1 ORDER BY l.kind, number`,
    ),
    licences: await read(
      `SELECT ${name} AS name, l.kind, ${number("l.lot_id")} AS lot, l.status, l.ended_reason, l.ends_at, l.ended_at
       FROM licences l JOIN members m ON m.company_id = l.company_id AND m.id = l.member_id
       WHERE l.company_id = ?1 ORDER BY name, l.kind, l.ends_at`,
    ),
    events: await read(
      `SELECT e.at, e.what, ${name} AS name, e.kind, e.quantity, ${number("e.lot_id")} AS lot, ${number("e.from_lot_id")} AS from_lot,
         e.from_state, e.to_state, e.ends_at
       FROM events e LEFT JOIN members m ON m.company_id = e.company_id AND m.id = e.member_id
       WHERE e.company_id = ?1 AND e.seq > ?2 AND e.what <> 'invite_reminded' ORDER BY e.at, e.what, name, e.kind, lot`,
      here.seqBefore,
    ),
    invites: await read("SELECT state, settled_at, count(*) AS n FROM invites WHERE company_id = ?1 AND state <> 'accepted' GROUP BY 1, 2"),
    waiting: await read("SELECT member_id FROM waiting WHERE company_id = ?1"),
    movements: await read("SELECT kind, day, what, from_state, to_state, licences FROM movements WHERE company_id = ?1 AND day >= ?2 ORDER BY 1, 2, 3, 4, 5", day(1) / DAY),
    holdings: await read(
      `SELECT ${number("h.lot_id")} AS lot, h.active_on, h.early, h.pending, h.in_use FROM holdings h WHERE h.company_id = ?1 ORDER BY lot, h.ends_at, h.active_on`,
    ),
    ahead: place.mail.letters.slice(here.mailBefore).filter((letter) => AHEAD.test(letter.subject)).map((letter) => `${letter.to[0].replace(/manager\.\d+/, "manager")}: ${letter.subject}`),
    letters: place.mail.letters.slice(here.mailBefore).filter((letter) => !AHEAD.test(letter.subject)).map((letter) => `${letter.to[0].replace(/manager\.\d+/, "manager")}: ${letter.subject}`).sort(),
  };
}

/** What 60 days have made of a company for which `runs` was done. */
async function live(runs) {
  const place = await start();
  try {
    const here = await seed(place);
    await runs(place);
    await settled(place.mail.letters);
    assert.deepEqual(await soundInSql(place, here.id), []);
    assert.doesNotMatch(place.logs(), /"run":"failed"|"error"/);
    return await state(place, here);
  } finally {
    await place.close();
  }
}

let daily;
before(async () => {
  daily = await live(async (place) => {
    for (let number = 1; number <= DAYS; number++) await place.scheduled(day(number));
  });
});

const events = (state, what) => state.events.map((event) => JSON.parse(event)).filter((event) => event.what === what);

test("what is due happens on its day", () => {
  const days = (what) => events(daily, what).map((event) => (event.at - today) / DAY);
  assert.deepEqual(days("licence_settled"), [10]);
  assert.deepEqual(events(daily, "licence_drawn").map((event) => [event.name, event.from_state]), [["Learner 13", "waiting"], ["Learner 14", "waiting"]]);
  assert.deepEqual(days("invite_lapsed"), Array(5).fill(25));
  assert.deepEqual(days("licence_taken_back"), Array(5).fill(25));
  assert.deepEqual(days("lot_started"), [20]);
  assert.deepEqual(days("lot_ended"), [15, 30, 40, 50]);
  const carried = days("licence_carried_over");
  assert.ok([15, 30, 50].every((one) => carried.includes(one)), `${carried}`);
  assert.deepEqual(events(daily, "licence_expired").filter((event) => event.at === day(10)).map((event) => [event.name, event.kind]), [["Learner 4", "content"], ["Learner 4", "user"]]);
});

const sameAs = (state) => {
  assert.equal(new Set(state.ahead).size, state.ahead.length, "nothing is told twice");
  assert.deepEqual(state.ahead.filter((one) => !daily.ahead.includes(one)), [], "nothing is told that daily runs wouldn't have told");
  for (const part of Object.keys(daily).filter((part) => part !== "ahead")) assert.deepEqual(state[part], daily[part], part);
};

test("a run that comes once, 60 days late, leaves what 60 daily runs leave", async () => {
  sameAs(await live((place) => place.scheduled(day(DAYS))));
});

test("three runs at once, 60 days late, do everything once", async () => {
  sameAs(await live((place) => Promise.all(Array.from({ length: 3 }, () => place.scheduled(day(DAYS))))));
});
