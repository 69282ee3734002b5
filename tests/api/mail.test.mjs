// What happens to letters when the mail provider has a bad day.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { SUBJECT, letter, lettersAbout } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { settled } from "../support/settle.mjs";
import { DESK, start } from "../support/start.mjs";

let place;
before(async () => (place = await start()));
afterEach(() => place.mail.behave(200));
after(() => place?.close());

const HOUR = 60 * 60 * 1000;

test("a letter goes out with key, sender, subject, text and HTML", async () => {
  const here = await company(place, { user: 1 });
  const email = address("ines");
  await here.add(email, { name: "Ines <b>Carvalho</b>" });
  const invite = await letter(place.mail, email, SUBJECT.invite);
  assert.equal(invite.from, "Seatwise <seatwise@example.com>");
  assert.equal(invite.subject, `Sam Okafor invites you to ${here.name}`);
  assert.ok(invite.key?.length > 0, "with an idempotency key");
  assert.ok(place.mail.attempts.every((attempt) => attempt.authorization === "Bearer test-mail-token"));
  assert.match(invite.text, /^Hello Ines <b>Carvalho<\/b>,/, "plain text is plain");
  assert.doesNotMatch(invite.html, /<b>Carvalho/, "what people type can't become HTML");
  assert.match(invite.html, /Ines &lt;b&gt;Carvalho/);
  assert.doesNotMatch(invite.html, /<script|src=["']http/i, "nothing in it is fetched from elsewhere");
  assert.equal(new Set(place.mail.letters.map((one) => one.key)).size, place.mail.letters.length, "each letter has a key of its own");
});

for (const status of [500, 429, 503, "hang"]) {
  test(`when the provider answers ${status}, nothing waits for it and the letter comes later, once`, async () => {
    const here = await company(place, { user: 1 });
    const email = address("patient");
    await settled(place.mail.letters);

    place.mail.behave(status);
    const added = await here.manager.post(here.path("members"), { email });
    assert.equal(added.status, 201);
    const held = place.mail.attempts.filter((attempt) => attempt.status === "hang");
    assert.ok(held.every((attempt) => !attempt.over), "the answer is there while the provider still holds the letter");
    await settled(place.mail.attempts);
    assert.equal(place.mail.to(email).length, 0);

    place.mail.behave(200);
    // A hanging attempt still holds the letter for a while; the run after next must have it.
    for (const later of [1, 2, 3]) await place.scheduled(Date.now() + later * HOUR);
    await letter(place.mail, email, SUBJECT.invite);
    await place.scheduled(Date.now() + 4 * HOUR);
    await settled(place.mail.letters);
    assert.equal(lettersAbout(place.mail, email, SUBJECT.invite).length, 1);
    const left = await place.sql("SELECT state FROM outbox WHERE receiver = ?1", email);
    assert.deepEqual(left, [{ state: "sent" }]);
  });
}

test("two scheduled runs at once send a waiting letter once", async () => {
  const here = await company(place, { user: 1 });
  const email = address("once");
  await settled(place.mail.letters);
  place.mail.behave(500);
  await here.add(email);
  await settled(place.mail.attempts);
  place.mail.behave(200);
  await Promise.all([place.scheduled(Date.now() + HOUR), place.scheduled(Date.now() + HOUR), place.scheduled(Date.now() + HOUR)]);
  await letter(place.mail, email, SUBJECT.invite);
  await settled(place.mail.letters);
  assert.equal(lettersAbout(place.mail, email, SUBJECT.invite).length, 1);
});

test("a letter that the provider will never take is given up, and doesn't hold up the others", async () => {
  const here = await company(place, { user: 2 });
  const [bad, good] = [address("refused"), address("fine")];
  await settled(place.mail.letters);
  place.mail.behave(422);
  await here.add(bad);
  await settled(place.mail.attempts);
  place.mail.behave(200);
  await here.add(good);
  await letter(place.mail, good, SUBJECT.invite);
  for (const later of [1, 2, 3]) await place.scheduled(Date.now() + later * HOUR);
  const [{ state, failure }] = await place.sql("SELECT state, failure FROM outbox WHERE receiver = ?1", bad);
  assert.ok(["failed", "sent"].includes(state), state);
  if (state === "failed") assert.ok(failure?.length > 0, "the reason is kept");
});

test("a sign-in mail that comes too late is not sent at all", async () => {
  const here = await company(place, { user: 1 });
  const { address: email } = await here.learner();
  await settled(place.mail.letters);
  place.mail.behave(500);
  const browser = place.browser();
  assert.equal((await browser.post("/api/v1/sign-in-links", { email })).status, 202);
  await settled(place.mail.attempts);
  place.mail.behave(200);
  await place.scheduled(Date.now() + HOUR);
  await settled(place.mail.letters);
  assert.equal(lettersAbout(place.mail, email, SUBJECT.signIn).length, 0, "its link has ended");
});

test("a sign-in mail that a newer one has replaced is not sent late", async () => {
  const here = await company(place, { user: 1 });
  const { address: email } = await here.learner();
  await settled(place.mail.letters);
  place.mail.behave(500);
  await place.browser().post("/api/v1/sign-in-links", { email });
  await settled(place.mail.attempts);
  place.mail.behave(200);
  await place.browser().post("/api/v1/sign-in-links", { email });
  await letter(place.mail, email, SUBJECT.signIn);
  // Two minutes on, the first would still be young enough.
  await place.scheduled(Date.now() + 2 * 60 * 1000);
  await settled(place.mail.letters);
  assert.equal(lettersAbout(place.mail, email, SUBJECT.signIn).length, 1);
});

test("a sign-in mail doesn't wait behind a thousand others", async () => {
  const here = await company(place, { user: 1 });
  const { address: email } = await here.learner();
  await letter(place.mail, here.managerAddress, SUBJECT.licencesReady);
  await settled(place.mail.letters);
  // As after the end of a large lot: letters that the scheduled run has not got round to yet.
  await place.sql(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
     INSERT INTO outbox (cause, receiver, letter, data, company_id, created_at, next_try_at)
     SELECT 'backlog:' || i, 'backlog' || i || '@example.com', letter, data, company_id, ?1, ?1
     FROM n, (SELECT letter, data, company_id FROM outbox WHERE letter = 'licences_ready' LIMIT 1)`,
    Date.now() - 60_000,
  );
  assert.equal((await place.browser().post("/api/v1/sign-in-links", { email })).status, 202);
  await letter(place.mail, email, SUBJECT.signIn);
  await place.scheduled();
  await settled(place.mail.letters);
  const left = await place.sql("SELECT count(*) AS n FROM outbox WHERE state = 'queued'");
  assert.ok(left[0].n < 1000, "and the others leave as well");
});

test("without a provider, letters leave by Cloudflare's own binding", async () => {
  const here = await start({ vars: { MAIL_URL: "" } });
  try {
    const browser = here.browser();
    assert.equal((await browser.post("/api/v1/sign-in-links", { email: DESK })).status, 202);
    const state = async () => (await here.sql("SELECT state, failure FROM outbox"))[0];
    for (let left = 50; left > 0 && (await state())?.state === "queued"; left -= 1) await new Promise((done) => setTimeout(done, 100));
    assert.deepEqual(await state(), { state: "sent", failure: null });
    assert.equal(here.mail.letters.length, 0, "nobody else got it");
  } finally {
    await here.close();
  }
});
