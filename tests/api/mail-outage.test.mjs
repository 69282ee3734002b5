// A mail provider that is down for a day loses nothing, gets each letter once, and slows nothing.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { SUBJECT, letter, lettersAbout } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { calm, inState, paused, putLetters } from "../support/mail.mjs";
import { settled } from "../support/settle.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => (place = await start()));
afterEach(() => calm(place));
after(() => place?.close());

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The kinds of trouble, one after the other. */
const TROUBLES = [
  { status: 500 },
  { status: 429, headers: { "retry-after": "900" } },
  { status: "reset" },
  { status: 503, headers: { "retry-after": new Date(Date.now() + 20 * MINUTE).toUTCString() } },
  { status: "lost" },
  { status: 502, body: "<html>not JSON</html>", delay: 300 },
  { status: "hang" },
  { status: 401, body: { message: "API key is invalid" } },
];

test("twenty-four hours without the provider: each of 1,000 letters comes, once", async () => {
  const here = await company(place, { user: 5 });
  await settled(place.mail.letters);
  const begin = Date.now();
  const [before, knocked] = [place.mail.letters.length, place.mail.attempts.length];
  await putLetters(place, "patient", 1000, { at: begin });

  let [at, turn] = [begin, 0];
  for (; at < begin + DAY; at += 10 * MINUTE) {
    const trouble = TROUBLES[turn++ % TROUBLES.length];
    place.mail.behave(() => trouble);
    await place.scheduled(at);
    // Somebody does something all the same, and nobody waits for the provider.
    if (turn === 20) assert.equal((await here.manager.post(here.path("members"), { email: address("meanwhile") })).status, 201);
  }
  const knocks = place.mail.attempts.length - knocked;
  assert.ok(knocks > 50 && knocks < 600, `${knocks} knocks: letters wait together instead of knocking one by one`);
  assert.equal(await inState(place, "failed"), 0);
  assert.equal(await inState(place, "queued"), 1001, "nobody knows of a single letter that left");
  assert.match((await paused(place)).reason, /answer|reached|time/);

  place.mail.behave(200);
  for (; at < begin + DAY + 4 * HOUR; at += 10 * MINUTE) await place.scheduled(at);
  assert.equal(await inState(place, "queued"), 0);
  const arrived = place.mail.letters.slice(before).map((one) => one.to.join());
  assert.equal(new Set(arrived).size, 1001);
  assert.equal(arrived.length, 1001, "each letter once, those included of which the answer got lost");
  assert.equal(await paused(place), undefined);
});

test("while the provider is down, requests don't knock, and a sign-in letter does", async () => {
  const here = await company(place, { user: 20 });
  const { address: email } = await here.learner();
  await settled(place.mail.letters);
  place.mail.behave(500);
  const first = address("first");
  await here.add(first);
  await settled(place.mail.attempts);
  assert.equal((await paused(place)).failures, 1);

  const knocked = place.mail.attempts.length;
  for (let i = 0; i < 10; i++) await here.add();
  await settled(place.mail.attempts);
  assert.equal(place.mail.attempts.length, knocked, "ten requests, no knock");

  place.mail.behave(200);
  assert.equal((await place.browser().post("/api/v1/sign-in-links", { email })).status, 202);
  await letter(place.mail, email, SUBJECT.signIn, 1);
  await settled(place.mail.letters);
  assert.equal(await paused(place), undefined, "which finds out that it is over");
  await here.add();
  await place.scheduled(Date.now() + 10 * MINUTE);
  await settled(place.mail.letters);
  assert.equal(lettersAbout(place.mail, first, SUBJECT.invite).length, 1);
});

test("after the pause one handful tries for all, whoever else asks", async () => {
  await putLetters(place, "probe", 500);
  place.mail.behave(500);
  await place.scheduled(Date.now());
  const knocked = place.mail.attempts.length;
  const { until } = await paused(place);
  await Promise.all(Array.from({ length: 6 }, () => place.scheduled(until + 1)));
  // Five go at once, and four more may be on their way before the fifth has come back.
  assert.ok(place.mail.attempts.length - knocked <= 9, `${place.mail.attempts.length - knocked} knocks of six runs at once`);
  assert.equal((await paused(place)).failures, 2);
  await place.sql("UPDATE outbox SET state = 'dropped', settled_at = 1 WHERE state = 'queued'");
});

test("a letter that the provider refuses for good has failed at once, with the reason and a line in the history", async () => {
  const here = await company(place, { user: 2 });
  await settled(place.mail.letters);
  const [bad, good] = [address("refused"), address("fine")];
  place.mail.behave((mail) => (mail.to[0] === bad ? { status: 422, body: { message: `Invalid \`to\` field: ${bad}\r\nBcc: x` } } : {}));
  await here.add(bad, { name: "Rae Fused" });
  await here.add(good);
  await letter(place.mail, good, SUBJECT.invite);
  await settled(place.mail.attempts);
  const rows = await place.sql("SELECT state, failure, tries FROM outbox WHERE receiver = ?1", bad);
  assert.deepEqual(rows, [{ state: "failed", failure: "answer 422, Invalid `to` field: … Bcc: x", tries: 1 }]);
  assert.equal(await paused(place), undefined, "it is this letter's trouble alone");
  const events = await place.sql("SELECT what, headline, note, door FROM events WHERE company_id = ?1 AND what LIKE 'letter%'", here.id);
  assert.deepEqual(events, [{ what: "letter_failed", headline: 1, note: "answer 422, Invalid `to` field: … Bcc: x", door: "scheduled_run" }]);
  assert.doesNotMatch(place.logs(), new RegExp(bad), "no address in the log");
});

test("a letter is given up after three days, with a line in the history", async () => {
  const here = await company(place, { user: 1 });
  await settled(place.mail.letters);
  const email = address("never");
  place.mail.behave(503);
  await here.add(email);
  await settled(place.mail.attempts);
  const begin = Date.now();
  const state = async () => (await place.sql("SELECT state FROM outbox WHERE receiver = ?1", email))[0].state;
  for (let at = begin; at < begin + 3 * DAY - HOUR; at += HOUR) await place.scheduled(at);
  assert.equal(await state(), "queued");
  for (let at = begin + 3 * DAY; at < begin + 3 * DAY + 4 * HOUR; at += HOUR) await place.scheduled(at);
  assert.equal(await state(), "failed");
  const [event, ...more] = await place.sql("SELECT what, note FROM events WHERE company_id = ?1 AND what = 'letter_failed'", here.id);
  assert.deepEqual([event, more], [{ what: "letter_failed", note: "answer 503, Told to fail." }, []]);

  // Sent again by hand, it is another letter for the provider.
  place.mail.behave(200);
  await place.sql("DELETE FROM mail_pause");
  const [{ id }] = await place.sql("SELECT id FROM outbox WHERE receiver = ?1", email);
  const tried = new Set(place.mail.attempts.filter((attempt) => attempt.to?.[0] === email).map((attempt) => attempt.key));
  assert.equal(tried.size, 1, "one key over all tries");
  const again = await here.manager.post(here.path(`letters/${id}/sent-again`));
  assert.equal(again.status, 200, again.text);
  assert.deepEqual([again.body.state, again.body.reason, again.body.again], ["queued", null, false]);
  const sent = await letter(place.mail, email, SUBJECT.invite);
  assert.ok(!tried.has(sent.key), "another key");
  assert.equal((await here.manager.post(here.path(`letters/${id}/sent-again`))).problem, "letter-not-failed");
});

test("a letter can be sent again by its own company's managers alone, and only while its link works", async () => {
  const [here, other] = [await company(place, { user: 1 }), await company(place, { user: 1 })];
  const email = address("lost");
  const { member } = await here.add(email);
  await letter(place.mail, email, SUBJECT.invite);
  await settled(place.mail.letters);
  await place.sql("UPDATE outbox SET state = 'failed', failure = 'x' WHERE receiver = ?1", email);
  const [{ id }] = await place.sql("SELECT id FROM outbox WHERE receiver = ?1", email);
  const again = (browser, at, letterId = id) => browser.post(at.path(`letters/${letterId}/sent-again`));
  assert.equal((await again(other.manager, other)).problem, "not-found");
  assert.equal((await again(other.manager, here)).problem, "not-found");
  for (const nonsense of ["0", "999999", "x", "-1", "1e3", "99999999999999999999"]) {
    assert.equal((await again(here.manager, here, nonsense)).problem, "not-found", nonsense);
  }
  await place.sql("UPDATE invites SET state = 'withdrawn', settled_at = 1 WHERE member_id = ?1", member.id);
  assert.equal((await again(here.manager, here)).problem, "letter-not-failed");
  await place.sql("UPDATE invites SET state = 'open', settled_at = NULL WHERE member_id = ?1", member.id);
  const answers = await Promise.all(Array.from({ length: 10 }, () => again(here.manager, here)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(9).fill(409)], "ten at once send it once");
  await letter(place.mail, email, SUBJECT.invite, 2);
  await settled(place.mail.letters);
  assert.equal(lettersAbout(place.mail, email, SUBJECT.invite).length, 2);
});

test("the desk sees how letters do, whatever waits", async () => {
  const desk = await place.desk();
  await settled(place.mail.letters);
  await place.sql("UPDATE outbox SET state = 'dropped', settled_at = 1 WHERE state = 'queued'");
  const before = (await desk.get("/api/v1/desk/mail")).rowsRead;
  const at = Date.now() - HOUR;
  await putLetters(place, "waits", 5000, { at });
  place.mail.behave(500);
  await place.scheduled();
  const answer = await desk.get("/api/v1/desk/mail");
  assert.equal(answer.status, 200, answer.text);
  const { transport, from, missing, queued, oldest, paused: why, letters } = answer.body;
  assert.deepEqual([transport, from, queued, oldest], ["http", "Seatwise <seatwise@example.com>", 1000, at]);
  assert.deepEqual(missing, ["sender", "origin"], "an example is as good as nothing");
  assert.match(why.reason, /^answer 500/);
  assert.ok(why.until > why.since);
  assert.ok(letters.length > 20);
  assert.ok(answer.rowsRead - before < 4500, `${answer.rowsRead} rows read for 5,000 letters that wait`);
  assert.match(place.logs(), /"mail":"incomplete","missing":\["sender","origin"\]/, "and the log says it at each run");
});
