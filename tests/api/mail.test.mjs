// What happens to letters when the mail provider has a bad day.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { listenForMail } from "../../worker/local/mail-listener.mjs";
import { SUBJECT, letter, lettersAbout, signIn } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { calm, putLetters, sentByBinding } from "../support/mail.mjs";
import { settled } from "../support/settle.mjs";
import { DESK, start } from "../support/start.mjs";

let place;
before(async () => (place = await start()));
afterEach(() => calm(place));
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
  await putLetters(place, "backlog", 1000, { at: Date.now() - 60_000, company: here.id });
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
    const row = async () => (await here.sql("SELECT state, failure, provider_id FROM outbox"))[0];
    for (let left = 50; left > 0 && (await row())?.state === "queued"; left -= 1) await new Promise((done) => setTimeout(done, 100));
    const { state, failure, provider_id: id } = await row();
    assert.deepEqual([state, failure], ["sent", null]);
    const [mail, ...others] = await sentByBinding(here);
    assert.deepEqual([mail.messageId, mail.from, mail.to, others], [id, '"Seatwise" <seatwise@example.com>', [DESK], []]);
    assert.match(mail.subject, /^\d{4} \d{4} is your sign-in code$/);
    assert.equal(here.mail.letters.length, 0, "nobody else got it");
  } finally {
    await here.close();
  }
});

test("through the binding, hostile names add no receiver, no header and no line to the subject", async () => {
  const here = await start({ vars: { MAIL_URL: "" } });
  try {
    const hostile = ["\r\nBcc: eve@example.com", "\nSubject: other", "\0", "\u2028\u2029", "\u202egnp.exe", "\u200f\u061c", "<script>alert(1)</script>", '"><img src=x>', "=?utf-8?q?=0d=0aBcc:_eve@example.com?=", "a\r\n\r\n<html>", "'; DROP TABLE outbox; --"];
    for (const [i, text] of hostile.entries()) {
      const data = JSON.stringify({ company: text, kind: "user", ends_at: 1826841600000 });
      await here.sql(
        "INSERT INTO outbox (cause, receiver, receiver_name, letter, data, created_at, next_try_at) VALUES (?1, ?2, ?3, 'licence_carried', ?4, ?5, ?5)",
        `hostile:${i}`, `ines${i}@example.com`, text, data, Date.now(),
      );
    }
    for (const [i, receiver] of ["a@example.com, eve@example.com", "a@example.com\r\nBcc: eve@example.com", "Ines <a@example.com>", "a@example.com\0"].entries()) {
      await here.sql(
        "INSERT INTO outbox (cause, receiver, letter, data, created_at, next_try_at) VALUES (?1, ?2, 'staff_invited', '{\"inviter\":\"x\"}', ?3, ?3)",
        `several:${i}`, receiver, Date.now(),
      );
    }
    await here.scheduled(Date.now() + 1000);
    const mails = await sentByBinding(here);
    assert.deepEqual(mails.map(({ to }) => to.join("|")).sort(), hostile.map((_, i) => `ines${i}@example.com`).sort(), "one receiver each");
    for (const mail of mails) {
      assert.deepEqual([mail.cc, mail.bcc, mail.replyTo, mail.headers, mail.attachments], [undefined, undefined, undefined, undefined, []]);
      assert.doesNotMatch(mail.subject, /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/, JSON.stringify(mail.subject));
    }
    const states = await here.sql("SELECT state, count(*) AS n FROM outbox WHERE cause LIKE 'several%' OR cause LIKE 'hostile%' GROUP BY state ORDER BY state");
    assert.deepEqual(states, [{ state: "failed", n: 4 }, { state: "sent", n: hostile.length }]);
  } finally {
    await here.close();
  }
});

test("into a folder letters go without a key, and nothing is missing", async () => {
  const listener = await listenForMail({ folder: mkdtempSync(join(tmpdir(), "seatwise-mail-")) });
  const here = await start({ vars: { MAIL_URL: "", MAIL_FOLDER: listener.url } });
  try {
    assert.equal((await here.browser().post("/api/v1/sign-in-links", { email: DESK })).status, 202);
    const { file } = await letter(listener, DESK, SUBJECT.signIn);
    assert.match(readFileSync(file, "utf8"), /^From: Seatwise <seatwise@example.com>\nTo: desk@example.com\nSubject: \d{4} \d{4} is your sign-in code\n\nHello,\n/);
    assert.equal(listener.attempts[0].authorization, undefined);
    const desk = await signIn({ origin: here.origin, mail: listener }, DESK);
    const { transport, missing } = (await desk.get("/api/v1/desk/mail")).body;
    assert.deepEqual([transport, missing], ["folder", []]);
  } finally {
    await here.close();
    await listener.close();
  }
});

test("every letter can be looked at from the desk, in a frame that does nothing", async () => {
  const desk = await place.desk();
  const { letters } = (await desk.get("/api/v1/desk/mail")).body;
  assert.ok(letters.length >= 20);
  for (const kind of letters) {
    const path = `/api/v1/desk/mail/letters/${kind}`;
    const [html, text] = [await desk.get(path), await desk.get(`${path}?as=text`)];
    assert.deepEqual([html.status, html.headers["content-type"]], [200, "text/html; charset=utf-8"], kind);
    assert.deepEqual([text.status, text.headers["content-type"]], [200, "text/plain; charset=utf-8"], kind);
    assert.match(text.text, /^.+\n\nHello Ines Carvalho,\n\n/, kind);
    assert.match(text.text, new RegExp(`: ${place.origin}/`), `${kind}: its link leads here`);
    for (const { headers } of [html, text]) {
      const policy = headers["content-security-policy"];
      assert.equal(policy, "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox");
      assert.deepEqual([headers["x-frame-options"], headers["x-content-type-options"], headers["cache-control"]], ["SAMEORIGIN", "nosniff", "no-store"]);
    }
  }
  for (const unknown of ["nothing", "SIGN_IN", "sign-in"]) {
    assert.equal((await desk.get(`/api/v1/desk/mail/letters/${unknown}`)).problem, "not-found", unknown);
  }
});
