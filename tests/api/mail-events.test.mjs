// What the mail provider tells of letters, signed by a library that isn't ours.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { SUBJECT, letter } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { settled } from "../support/settle.mjs";
import { WEBHOOK_SECRET, start } from "../support/start.mjs";

let place;
before(async () => (place = await start()));
after(() => place?.close());

const PATH = "/api/v1/mail-events";
const MINUTE = 60 * 1000;

/** Sends an event as the provider does. */
function tell(event, { secret = WEBHOOK_SECRET, at = new Date(), id = `msg_${randomUUID()}`, prefix = "webhook", change = {}, raw } = {}) {
  const body = raw ?? JSON.stringify(event);
  const headers = {
    [`${prefix}-id`]: id,
    [`${prefix}-timestamp`]: String(Math.floor(at.getTime() / 1000)),
    [`${prefix}-signature`]: new Webhook(secret).sign(id, at, body),
    // It is no browser.
    origin: null,
    "sec-fetch-site": null,
    "sec-fetch-mode": null,
    "sec-fetch-dest": null,
    ...change,
  };
  return place.browser().send("POST", PATH, { raw: body, headers });
}

const event = (type, emailId, more = {}) => ({ type, created_at: new Date().toISOString(), data: { email_id: emailId, to: ["x@example.com"], ...more } });
const bounce = { bounce: { type: "Permanent", subType: "General", message: "550 5.1.1 <x@example.com>: no such user" } };

/** A company with somebody who was invited; the letter, and its row. */
async function invited() {
  const here = await company(place, { user: 1 });
  const email = address("told");
  const { member } = await here.add(email);
  const { id } = await letter(place.mail, email, SUBJECT.invite);
  await settled(place.mail.letters);
  const row = async () => (await place.sql("SELECT * FROM outbox WHERE receiver = ?1", email))[0];
  const events = () => place.sql("SELECT what, headline, note, member_id FROM events WHERE company_id = ?1 AND what LIKE 'letter%'", here.id);
  return { here, email, member, id, row, events };
}

test("the provider's name for a letter is kept, and what it tells is written down", async () => {
  const { id, row, events } = await invited();
  assert.equal((await row()).provider_id, id);
  const steps = [
    ["email.sent", null],
    ["email.delivery_delayed", "delayed"],
    ["email.delivered", "delivered"],
    ["email.opened", "delivered"],
    ["email.complained", "complained"],
  ];
  for (const [type, delivery] of steps) {
    const answer = await tell(event(type, id));
    assert.equal(answer.status, 204, answer.text);
    assert.equal((await row()).delivery, delivery, type);
  }
  assert.deepEqual(await events(), []);
});

test("a letter that came back stands in the history once, however often it is told, and can be sent again", async () => {
  const { here, email, member, id, row, events } = await invited();
  for (let i = 0; i < 3; i++) assert.equal((await tell(event("email.bounced", id, bounce), { prefix: "svix" })).status, 204);
  assert.equal((await tell(event("email.delivered", id))).status, 204, "told late");
  const { state, delivery, delivery_reason: reason } = await row();
  assert.deepEqual([state, delivery, reason], ["sent", "bounced", "550 5.1.1 … no such user"]);
  assert.deepEqual(await events(), [{ what: "letter_bounced", headline: 1, note: "550 5.1.1 … no such user", member_id: member.id }]);
  assert.doesNotMatch(place.logs(), new RegExp(email.replace(".", "\\.")), "no address in the log");

  const [failed] = (await (await place.desk()).get("/api/v1/desk/mail")).body.failed;
  assert.deepEqual([failed.receiver, failed.company, failed.letter.state, failed.letter.again], [email, here.name, "bounced", true]);
  const again = await here.manager.post(here.path(`letters/${failed.letter.id}/sent-again`));
  assert.equal(again.status, 200, again.text);
  const second = await letter(place.mail, email, SUBJECT.invite, 2);
  await settled(place.mail.letters);
  assert.notEqual(second.id, id);
  assert.deepEqual([(await row()).provider_id, (await row()).delivery], [second.id, null]);
  // What is told of the first one is about a letter that nobody knows any more.
  assert.equal((await tell(event("email.bounced", id, bounce))).status, 204);
  assert.equal((await row()).delivery, null);
});

test("twenty reports of one bounce at once are one line in the history", async () => {
  const { id, events } = await invited();
  const answers = await Promise.all(Array.from({ length: 20 }, () => tell(event("email.bounced", id, bounce))));
  assert.ok(answers.every(({ status }) => status === 204));
  assert.equal((await events()).length, 1);
});

test("a letter that the provider couldn't send after all has failed", async () => {
  const { id, row, events } = await invited();
  for (let i = 0; i < 2; i++) assert.equal((await tell(event("email.failed", id, { failed: { reason: "reached_daily_quota" } }))).status, 204);
  assert.deepEqual([(await row()).state, (await row()).failure], ["failed", "reached_daily_quota"]);
  assert.deepEqual((await events()).map(({ what, note }) => [what, note]), [["letter_failed", "reached_daily_quota"]]);
});

test("what the provider tells before its own answer has arrived is not lost", async () => {
  const here = await company(place, { user: 1 });
  await settled(place.mail.letters);
  const email = address("quick");
  place.mail.behave(() => ({ delay: 1000 }));
  await here.add(email);
  while (!place.mail.attempts.some((attempt) => attempt.to?.[0] === email)) await new Promise((done) => setTimeout(done, 20));
  const { key } = place.mail.attempts.find((attempt) => attempt.to?.[0] === email);
  assert.equal((await tell(event("email.bounced", "not-known-yet", { ...bounce, tags: { letter: key } }))).status, 204);
  await letter(place.mail, email, SUBJECT.invite);
  place.mail.behave(200);
  await settled(place.mail.letters);
  const [row] = await place.sql("SELECT state, delivery FROM outbox WHERE receiver = ?1", email);
  assert.deepEqual(row, { state: "sent", delivery: "bounced" });
});

test("nothing that isn't signed by the provider, and just now, is believed", async () => {
  const { id, row } = await invited();
  const bounced = event("email.bounced", id, bounce);
  const now = Date.now();
  const refused = {
    "no signature": { change: { "webhook-signature": null } },
    "no id": { change: { "webhook-id": null } },
    "no timestamp": { change: { "webhook-timestamp": null } },
    "another id": { change: { "webhook-id": "msg_other" } },
    "another timestamp": { change: { "webhook-timestamp": String(Math.floor(now / 1000) + 30) } },
    "another secret": { secret: `whsec_${Buffer.from("another secret of 24 byt").toString("base64")}` },
    "an old story": { at: new Date(now - 6 * MINUTE) },
    "one from the future": { at: new Date(now + 6 * MINUTE) },
    "a signature of another sort": { change: { "webhook-signature": "v2,AAAA" } },
    "an empty signature": { change: { "webhook-signature": "v1," } },
  };
  for (const [what, options] of Object.entries(refused)) {
    const answer = await tell(bounced, options);
    assert.deepEqual([answer.status, answer.problem], [401, "not-signed"], what);
  }
  const at = new Date();
  const signature = new Webhook(WEBHOOK_SECRET).sign("msg_1", at, JSON.stringify(bounced));
  const other = await tell(event("email.bounced", id, { bounce: { message: "changed on the way" } }), { at, id: "msg_1", change: { "webhook-signature": signature } });
  assert.equal(other.problem, "not-signed", "another body");
  assert.equal((await row()).delivery, null);

  for (const [what, options] of Object.entries({
    "a little old": { at: new Date(Date.now() - 4 * MINUTE) },
    "a little early": { at: new Date(Date.now() + 4 * MINUTE) },
    "one of several signatures": { at, id: "msg_1", change: { "webhook-signature": `v1,AAAA v1a,BBBB ${signature}` } },
  })) {
    assert.equal((await tell(bounced, options)).status, 204, what);
  }
  assert.equal((await row()).delivery, "bounced");
});

test("what is signed and nothing to us is answered like the rest", async () => {
  for (const told of [event("email.bounced", "nobody-knows", bounce), event("email.bounced", "x".repeat(5000)), { type: "domain.created", data: { id: "x" } }, {}, [], "text"]) {
    assert.equal((await tell(told)).status, 204, JSON.stringify(told).slice(0, 80));
  }
  assert.equal((await tell(undefined, { raw: "{nonsense" })).status, 204);
  assert.equal((await tell(event("email.bounced", "a"), { change: { "content-type": "text/plain" } })).problem, "not-json");
});

test("without a secret nobody is believed", async () => {
  const here = await start({ secrets: { MAIL_WEBHOOK_SECRET: "" } });
  try {
    const at = new Date();
    const body = JSON.stringify(event("email.bounced", "a"));
    for (const secret of [WEBHOOK_SECRET, `whsec_${Buffer.from("x").toString("base64")}`]) {
      const headers = { "webhook-id": "m", "webhook-timestamp": String(Math.floor(at / 1000)), "webhook-signature": new Webhook(secret).sign("m", at, body) };
      assert.equal((await here.browser().send("POST", PATH, { raw: body, headers })).problem, "not-signed");
    }
    assert.deepEqual((await (await here.desk()).get("/api/v1/desk/mail")).body.missing, ["sender", "origin", "webhook"]);
  } finally {
    await here.close();
  }
});
