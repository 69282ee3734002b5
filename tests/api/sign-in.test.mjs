// Signing in by mail, staying in, and getting out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SUBJECT, codeIn, expectStatus, letter, lettersAbout, linkIn, signIn, tokenIn } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { databaseDump } from "../support/database.mjs";
import { settled } from "../support/settle.mjs";
import { start } from "../support/start.mjs";

let place, here;
before(async () => {
  place = await start();
  here = await company(place, { user: 100 });
});
after(() => place?.close());

/** Somebody who has joined, and can sign in: the address. */
async function someone() {
  return (await here.learner()).address;
}

/** Asks for a sign-in mail. Returns the browser that asked, with the letter's link token and code. */
async function ask(email) {
  const browser = place.browser();
  const before = lettersAbout(place.mail, email, SUBJECT.signIn).length;
  expectStatus(await browser.post("/api/v1/sign-in-links", { email }), 202);
  const mailed = await letter(place.mail, email, SUBJECT.signIn, before + 1);
  return { browser, mailed, token: tokenIn(mailed), code: codeIn(mailed) };
}

const whoIs = async (browser) => expectStatus(await browser.get("/api/v1/session"), 200).body.session?.identity.email ?? null;
const otherCode = (code) => String((Number(code) + 1) % 100_000_000).padStart(8, "0");

test("the mailed link signs in, in the browser that asked", async () => {
  const email = await someone();
  const { browser, mailed, token } = await ask(email);
  assert.ok(linkIn(mailed).startsWith(`${place.origin}/sign-in#`));
  assert.equal(await whoIs(browser), null, "asking alone signs nobody in");
  const answer = await browser.post("/api/v1/sessions", { token });
  assert.equal(answer.status < 300, true, answer.text);
  assert.equal(answer.body.session.identity.email, email);
  assert.equal(await whoIs(browser), email);
});

test("the mailed code signs in, with spaces or without", async () => {
  const email = await someone();
  for (const typed of [(code) => code, (code) => ` ${code.slice(0, 4)} ${code.slice(4)} `]) {
    const { browser, code } = await ask(email);
    assert.equal((await browser.post("/api/v1/sessions", { code: typed(code) })).status < 300, true);
    assert.equal(await whoIs(browser), email);
  }
});

test("link and code work once, and not one after the other", async () => {
  const email = await someone();
  const { browser, token, code } = await ask(email);
  const window = browser.copy();
  expectStatus(await browser.post("/api/v1/sessions", { token }), 200, 201);
  for (const again of [{ token }, { code }]) {
    const answer = await window.post("/api/v1/sessions", again);
    assert.equal(answer.problem, "sign-in-ended", answer.text);
    assert.equal(answer.status, 410);
  }
  assert.equal(await whoIs(window), null);
});

test("the same link pressed twice at once signs in once", async () => {
  const { browser, token } = await ask(await someone());
  const answers = await Promise.all(Array.from({ length: 6 }, () => browser.copy().post("/api/v1/sessions", { token })));
  assert.equal(answers.filter((answer) => answer.status < 300).length, 1, answers.map((answer) => answer.status).join(" "));
});

test("a newer mail makes the older one useless", async () => {
  const email = await someone();
  const older = await ask(email);
  const newer = await ask(email);
  for (const secret of [{ token: older.token }, { code: older.code }]) {
    assert.equal((await older.browser.post("/api/v1/sessions", secret)).status >= 400, true);
  }
  expectStatus(await newer.browser.post("/api/v1/sessions", { token: newer.token }), 200, 201);
});

test("the link in another browser signs nobody in and leaves the link as good as it was", async () => {
  const email = await someone();
  const { browser, token, code } = await ask(email);
  const scanner = place.browser();
  const answer = await scanner.post("/api/v1/sessions", { token });
  assert.equal(answer.status, 409);
  assert.equal(answer.problem, "other-browser");
  assert.equal(await whoIs(scanner), null);
  assert.equal((await scanner.post("/api/v1/sessions", { code })).status >= 400, true, "nor does the code, which is for the browser that asked");

  const stranger = (await ask(await someone())).browser;
  assert.equal((await stranger.post("/api/v1/sessions", { token })).status >= 400, true, "nor in a browser that asked for somebody else");
  assert.equal((await stranger.post("/api/v1/sessions", { code })).status >= 400, true);
  expectStatus(await browser.post("/api/v1/sessions", { token }), 200, 201);
});

test("after five wrong codes the right one doesn't work any more", async () => {
  const { browser, code } = await ask(await someone());
  for (let left = 4; left >= 0; left--) {
    const answer = await browser.post("/api/v1/sessions", { code: otherCode(code) });
    assert.equal(answer.problem, "wrong-code", answer.text);
    assert.equal(answer.body.tries_left, left);
  }
  assert.equal((await browser.post("/api/v1/sessions", { code })).problem, "sign-in-ended");
});

test("twenty wrong codes at once are five tries, not twenty", async () => {
  const { browser, code } = await ask(await someone());
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      browser.copy().post("/api/v1/sessions", { code: String((Number(code) + 1 + index) % 100_000_000).padStart(8, "0") }),
    ),
  );
  assert.ok(answers.filter((answer) => answer.problem === "wrong-code").length <= 5);
  assert.equal((await browser.post("/api/v1/sessions", { code })).problem, "sign-in-ended");
});

test("link and code end after ten minutes", async () => {
  for (const secret of ["token", "code"]) {
    const email = await someone();
    const asked = await ask(email);
    const [{ asked_at, expires_at }] = await place.sql("SELECT asked_at, expires_at FROM sign_in_links WHERE email = ?1", email);
    assert.equal(expires_at - asked_at, 10 * 60 * 1000);
    await place.sql("UPDATE sign_in_links SET asked_at = asked_at - 600000, expires_at = expires_at - 600000 WHERE email = ?1", email);
    const answer = await asked.browser.post("/api/v1/sessions", { [secret]: asked[secret] });
    assert.equal(answer.problem, "sign-in-ended");
    assert.equal(await whoIs(asked.browser), null);
  }
});

test("whether an address is known can't be told from the answer", async () => {
  const known = await someone();
  const strip = ({ date, ...rest }) => ({ ...rest, "set-cookie": (rest["set-cookie"] ?? []).map((line) => line.replace(/=[^;]*/, "=…")) });
  const answers = [];
  for (const email of [known, address("stranger")]) answers.push(await place.browser().post("/api/v1/sign-in-links", { email }));
  assert.deepEqual(answers.map((answer) => answer.status), [202, 202]);
  assert.equal(answers[0].text, answers[1].text);
  const [one, other] = answers.map((answer) => strip(answer.headers));
  assert.deepEqual(one, other, "not from the headers either");
});

test("a stranger gets no mail", async () => {
  const email = address("stranger");
  await place.browser().post("/api/v1/sign-in-links", { email });
  await settled(place.mail.letters);
  assert.deepEqual(place.mail.to(email), []);
});

test("somebody who wants to flood a mailbox is told to wait", async () => {
  const email = await someone();
  const answers = [];
  for (let count = 0; count < 25; count++) answers.push(await place.browser().post("/api/v1/sign-in-links", { email }));
  await settled(place.mail.letters);
  assert.ok(lettersAbout(place.mail, email, SUBJECT.signIn).length <= 10, "at most ten mails for an address in so short a time");
  for (const answer of answers) {
    assert.ok([202, 429].includes(answer.status), answer.text);
    if (answer.status === 429) assert.ok(Number(answer.headers["retry-after"]) > 0, "the answer says when to try again");
  }
});

test("the session's cookie can't be read by scripts, leaves only encrypted, and stays with this host", async () => {
  const email = await someone();
  const { browser, token } = await ask(email);
  const asking = (await place.browser().post("/api/v1/sign-in-links", { email: address() })).setCookies.find((line) => line.startsWith("__Host-asking="));
  const session = (await browser.post("/api/v1/sessions", { token })).setCookies.find((line) => line.startsWith("__Host-session="));
  for (const line of [asking, session]) {
    const attributes = line.split(";").map((part) => part.trim().toLowerCase());
    for (const needed of ["httponly", "secure", "samesite=lax", "path=/"]) assert.ok(attributes.includes(needed), line);
    assert.ok(!attributes.some((part) => part.startsWith("domain")), line);
  }
  assert.ok(/^__Host-session=[\w-]{43,}/.test(session), "256 random bits");
});

test("every sign-in makes a new session, and a made-up one is nobody's", async () => {
  const email = await someone();
  const one = await signIn(place, email);
  const other = await signIn(place, email);
  assert.notEqual(one.cookies.get("__Host-session"), other.cookies.get("__Host-session"));
  const fixed = place.browser();
  fixed.cookies.set("__Host-session", "A".repeat(43));
  assert.equal(await whoIs(fixed), null);
  assert.equal((await fixed.get("/api/v1/me/licences")).status, 401);
});

test("the database holds neither session nor link nor code", async () => {
  const email = await someone();
  const { browser, token, code } = await ask(email);
  expectStatus(await browser.post("/api/v1/sessions", { token }), 200, 201);
  const everything = JSON.stringify(await databaseDump(place));
  for (const secret of [token, code, browser.cookies.get("__Host-session"), browser.cookies.get("__Host-asking")]) {
    assert.ok(secret === undefined || !everything.includes(secret));
  }
});

test("signing out ends the session at once, on the server", async () => {
  const browser = await signIn(place, await someone());
  const stolen = browser.copy();
  assert.equal((await browser.delete("/api/v1/session")).status < 300, true);
  assert.equal(browser.cookies.has("__Host-session"), false, "the cookie is taken back");
  assert.equal(await whoIs(stolen), null);
  assert.equal((await stolen.get("/api/v1/me/licences")).status, 401);
});

test("a session ends when it has not been used for long, and in the end anyway", async () => {
  for (const column of ["idle_until", "ends_at"]) {
    const email = await someone();
    const browser = await signIn(place, email);
    await place.sql(`UPDATE sessions SET ${column} = ?1 WHERE email = ?2`, Date.now() - 1, email);
    assert.equal(await whoIs(browser), null, column);
    assert.equal((await browser.get("/api/v1/me/licences")).status, 401);
  }
});

test("somebody who is removed is out at the next request", async () => {
  const email = await someone();
  const browser = await signIn(place, email);
  assert.equal((await browser.get("/api/v1/me/licences")).status, 200);
  await place.sql("UPDATE members SET removed_at = ?1 WHERE email = ?2", Date.now(), email);
  assert.equal((await browser.get("/api/v1/me/licences")).status, 401);
  assert.equal(await whoIs(browser), null);
  await place.browser().post("/api/v1/sign-in-links", { email });
  const before = lettersAbout(place.mail, email, SUBJECT.signIn).length;
  await settled(place.mail.letters);
  assert.equal(lettersAbout(place.mail, email, SUBJECT.signIn).length, before, "and can't sign in again");
});

test("a manager whose role is taken away has it no longer at the next request", async () => {
  const one = await company(place, { user: 1 });
  await place.sql("UPDATE members SET is_manager = 0, is_learner = 1 WHERE company_id = ?1 AND is_manager = 1", one.id);
  assert.equal((await one.manager.get(one.path("dashboard"))).status, 403);
});

test("somebody in two companies chooses, and sees only the one that was chosen", async () => {
  const email = address("both");
  const [one, other] = [await company(place, { user: 1 }), await company(place, { user: 1 })];
  for (const each of [one, other]) {
    await each.add(email, { manager: true });
  }
  for (const count of [1, 2]) {
    const token = tokenIn(await letter(place.mail, email, SUBJECT.invite, count));
    expectStatus(await place.browser().post("/api/v1/invites/accept", { token }), 200, 201);
  }
  const browser = await signIn(place, email);
  const { identity, others } = browser.session;
  assert.equal(others.length, 1);
  assert.deepEqual([identity.role.company_id, others[0].role.company_id].sort(), [one.id, other.id].sort());
  const [now, later] = identity.role.company_id === one.id ? [one, other] : [other, one];
  assert.equal((await browser.get(now.path("dashboard"))).status, 200);
  assert.equal((await browser.get(later.path("dashboard"))).status, 404);
  const switched = expectStatus(await browser.put("/api/v1/session/identity", { id: others[0].id }), 200).body.session;
  assert.equal(switched.identity.role.company_id, later.id);
  assert.equal((await browser.get(later.path("dashboard"))).status, 200);
  assert.equal((await browser.get(now.path("dashboard"))).status, 404);

  const stranger = (await signIn(place, await someone())).copy();
  assert.equal((await stranger.put("/api/v1/session/identity", { id: others[0].id })).status, 404, "nobody takes an identity that isn't theirs");
});

test("reading changes nothing, whoever reads: mail scanners follow links", async () => {
  const email = await someone();
  const invited = address("invited");
  await here.add(invited);
  const { token } = await ask(email);
  const invite = tokenIn(await letter(place.mail, invited, SUBJECT.invite));
  await settled(place.mail.letters);
  const before = await databaseDump(place);
  const scanner = place.browser();
  for (const method of ["GET", "HEAD"]) {
    for (const path of [
      `/sign-in`, `/invite`, `/sign-in?token=${token}`, `/invite?token=${invite}`,
      `/api/v1/sessions?token=${token}`, `/api/v1/invites/accept?token=${invite}`, `/api/v1/invites/look?token=${invite}`,
      "/api/v1/sign-in-links", "/api/v1/session",
    ]) {
      const answer = await scanner.send(method, path);
      assert.ok(answer.status < 500, `${method} ${path}: ${answer.status}`);
      assert.ok(!scanner.cookies.has("__Host-session"), `${method} ${path}`);
    }
    for (const rest of ["dashboard", "members", "orders", "lots", "settings"]) {
      await here.manager.send(method, here.path(rest));
    }
  }
  assert.deepEqual(await databaseDump(place), before);
});

test("no address, link, code or cookie ever stands in the log", async () => {
  const email = await someone();
  const { browser, token, code } = await ask(email);
  await browser.post("/api/v1/sessions", { code: otherCode(code) });
  await browser.post("/api/v1/sessions", { token });
  await place.browser().post("/api/v1/sessions", { token });
  await place.scheduled();
  const logs = place.logs();
  assert.match(logs, /SignIn/, "there is a log to look at");
  const secrets = [token, code, browser.cookies.get("__Host-session"), "test-mail-token"];
  for (const { to, text } of place.mail.letters) {
    secrets.push(...to, tokenIn({ text }), codeIn({ text }));
  }
  for (const secret of secrets.filter(Boolean)) assert.ok(!logs.includes(secret), `the log has ${secret}`);
});
