// The life of an invite.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SUBJECT, acceptInvite, expectStatus, letter, tokenIn } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { databaseDump, endLots } from "../support/database.mjs";
import { settled } from "../support/settle.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => (place = await start()));
after(() => place?.close());

const accept = (browser, token, more = {}) => browser.post("/api/v1/invites/accept", { token, ...more });
const look = (browser, token) => browser.post("/api/v1/invites/look", { token });

/** A company with an open invite. */
async function invited(more) {
  const here = await company(place, { user: 3 });
  const email = address("invited");
  await here.add(email, more);
  return { here, email, token: tokenIn(await letter(place.mail, email, SUBJECT.invite)) };
}

test("looking at an invite says who invites to what, as often as one likes, and changes nothing", async () => {
  const { here, email, token } = await invited({ name: "Ines Carvalho" });
  await settled(place.mail.letters);
  const before = await databaseDump(place);
  for (let times = 0; times < 3; times++) {
    const answer = await look(place.browser(), token);
    assert.equal(answer.status, 200);
    const { company: name, invited_by, name: invitee, email: to, manager, licences, open_until } = answer.body;
    assert.deepEqual([name, invited_by, invitee, to, manager], [here.name, "Sam Okafor", "Ines Carvalho", email, false]);
    assert.equal(licences.length, 1);
    assert.ok(open_until > Date.now() + 29 * 86_400_000 && open_until < Date.now() + 31 * 86_400_000);
    assert.deepEqual(answer.setCookies, [], "looking signs nobody in");
  }
  assert.deepEqual(await databaseDump(place), before);
});

test("accepting puts the reserved licence into use and signs in", async () => {
  const { here, email, token } = await invited();
  const browser = place.browser();
  const { session } = expectStatus(await accept(browser, token), 200, 201).body;
  assert.equal(session.identity.email, email);
  assert.ok(browser.cookies.has("__Host-session"));
  assert.deepEqual(await here.figures(), [2, 1, 0, 3]);
  assert.equal((await browser.get("/api/v1/me/licences")).body.licences[0].status, "in_use");
});

test("accepting twice says that it was accepted, shows the way in, and changes nothing", async () => {
  const { here, token } = await invited();
  expectStatus(await accept(place.browser(), token), 200, 201);
  await settled(place.mail.letters);
  const before = await databaseDump(place);
  const replayed = place.browser();
  for (const again of [await accept(replayed, token), await look(replayed, token)]) {
    assert.equal(again.status, 409);
    assert.equal(again.problem, "invite-accepted");
    assert.deepEqual(again.body.ways_out, ["sign_in"]);
  }
  assert.equal(replayed.cookies.has("__Host-session"), false, "a forwarded link lets nobody else in");
  assert.deepEqual(await databaseDump(place), before);
  assert.deepEqual(await here.figures(), [2, 1, 0, 3]);
});

test("two tabs that accept at once accept once", async () => {
  const { here, token } = await invited();
  const answers = await Promise.all(Array.from({ length: 8 }, () => accept(place.browser(), token)));
  assert.equal(answers.filter((answer) => answer.status < 300).length, 1, answers.map((answer) => answer.status).join(" "));
  for (const answer of answers.filter((one) => one.status >= 300)) assert.equal(answer.problem, "invite-accepted");
  assert.deepEqual(await here.figures(), [2, 1, 0, 3]);
  const events = await place.sql("SELECT what, count(*) AS n FROM events WHERE company_id = ?1 AND what = 'licence_activated' GROUP BY what", here.id);
  assert.deepEqual(events, [{ what: "licence_activated", n: 1 }], "and it happened once in the history");
});

test("an unknown link is not found, whatever it looks like", async () => {
  const { token } = await invited();
  const altered = token.slice(0, -1) + (token.endsWith("A") ? "B" : "A");
  for (const unknown of ["", "x", altered, token.toLowerCase() === token ? token.toUpperCase() : token.toLowerCase(), `${token}A`, "../../session", "%00"]) {
    for (const answer of [await look(place.browser(), unknown), await accept(place.browser(), unknown)]) {
      assert.equal(answer.status, 404, `${JSON.stringify(unknown)}: ${answer.status} ${answer.text}`);
      assert.equal(answer.problem, "invite-unknown");
    }
  }
});

test("the role comes from the invite, never from the request", async () => {
  const { here, token } = await invited();
  const browser = place.browser();
  const answer = await accept(browser, token, { manager: true, role: "manager", company_id: "another", learner: false });
  if (answer.status >= 400) assert.equal(answer.status, 400, "what isn't expected may be refused");
  else assert.equal(answer.body.session.identity.role.manager, false);
  assert.equal((await browser.get(here.path("dashboard"))).status >= 401, true);
});

test("a lapsed invite can't be accepted", async () => {
  const { here, token } = await invited();
  await place.sql("UPDATE invites SET open_until = ?1 WHERE company_id = ?2 AND state = 'open'", Date.now() - 1, here.id);
  for (const answer of [await look(place.browser(), token), await accept(place.browser(), token)]) {
    assert.equal(answer.status, 410, answer.text);
    assert.equal(answer.problem, "invite-ended");
  }
  await place.scheduled();
  assert.deepEqual(await here.figures(), [3, 0, 0, 3], "its licence has come back");
  assert.equal((await accept(place.browser(), token)).problem, "invite-ended");
});

test("an invite whose licence has ended can't be accepted", async () => {
  const { here, token } = await invited();
  await endLots(place, here.id);
  const answer = await accept(place.browser(), token);
  assert.equal(answer.problem, "invite-ended", answer.text);
  await place.scheduled();
  assert.equal((await accept(place.browser(), token)).problem, "invite-ended");
});

test("an invite of somebody who was removed can't be accepted", async () => {
  const { email, token } = await invited();
  await place.sql("UPDATE members SET removed_at = ?1 WHERE email = ?2", Date.now(), email);
  const answer = await accept(place.browser(), token);
  assert.ok([404, 410].includes(answer.status), answer.text);
});

test("accepting needs no free licence: the invite holds one already", async () => {
  const here = await company(place, { user: 1 });
  const email = address("only");
  await here.add(email);
  assert.deepEqual(await here.figures(), [0, 0, 1, 1]);
  await acceptInvite(place, email);
  assert.deepEqual(await here.figures(), [0, 1, 0, 1]);
});

test("somebody who manages and learns gets one invite for both", async () => {
  const { email, token, here } = await invited({ manager: true });
  assert.equal((await look(place.browser(), token)).body.manager, true);
  const browser = await acceptInvite(place, email);
  assert.deepEqual([browser.session.identity.role.manager, browser.session.identity.role.learner], [true, true]);
  assert.equal((await browser.get(here.path("dashboard"))).status, 200);
  assert.equal((await browser.get("/api/v1/me/licences")).body.licences.length, 1);
});

test("whoever accepts in a browser that was signed in leaves no session behind", async () => {
  const here = await company(place, { user: 1 });
  const email = address("shared");
  await here.add(email);
  const token = tokenIn(await letter(place.mail, email, SUBJECT.invite));
  const before = here.manager.cookies.get("__Host-session");
  expectStatus(await accept(here.manager, token), 200);
  const left = place.browser();
  left.cookies.set("__Host-session", before);
  assert.equal((await left.get("/api/v1/session")).body.session, null);
});
