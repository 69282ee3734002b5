// A company's look, and whom its learners ask.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SUBJECT, acceptInvite, addManager, expectStatus, letter, tokenIn } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { endLots } from "../support/database.mjs";
import { giveLogo, png } from "../support/pictures.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => (place = await start()));
after(() => place?.close());

const look = (token) => place.browser().post("/api/v1/invites/look", { token });
const mine = async (browser) => expectStatus(await browser.get("/api/v1/me/licences"), 200).body;
const invited = async (here, email = address("invited"), by = here.manager) => {
  expectStatus(await by.post(here.path("members"), { email }), 201);
  return { email, token: tokenIn(await letter(place.mail, email, SUBJECT.invite)) };
};

test("a logo is served to everybody as what it is, for ever, and can do nothing", async () => {
  const here = await company(place, { user: 1 });
  const file = png(120, 40);
  // What it is said to be doesn't count.
  const { logo } = expectStatus(await giveLogo(here, file, "image/webp"), 200).body.look;
  assert.deepEqual([logo.width, logo.height], [120, 40]);
  const answer = await fetch(`${place.origin}${logo.address}`);
  assert.equal(answer.status, 200);
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), file);
  const header = (name) => answer.headers.get(name);
  assert.equal(header("content-type"), "image/png");
  assert.equal(header("x-content-type-options"), "nosniff");
  assert.match(header("cache-control"), /public.*max-age=31536000.*immutable/);
  assert.match(header("content-security-policy"), /default-src 'none'.*sandbox/);
  assert.equal(header("cross-origin-resource-policy"), "cross-origin", "letters show it on other sites");
  assert.equal(header("set-cookie"), null);
});

test("another picture has another address, and one that is taken away has none", async () => {
  const here = await company(place);
  const first = (await giveLogo(here, png(64, 64, [3, 2, 1]))).body.look.logo.address;
  const second = (await giveLogo(here, png(64, 64, [1, 2, 3]))).body.look.logo.address;
  assert.notEqual(first, second);
  assert.equal((await fetch(`${place.origin}${first}`)).status, 404, "the one before is gone");
  assert.equal((await fetch(`${place.origin}${second}`)).status, 200);
  const removed = expectStatus(await here.manager.delete(here.path("logo")), 200).body;
  assert.equal(removed.look.logo, null);
  const gone = await place.browser().get(second);
  assert.deepEqual([gone.status, gone.problem], [404, "not-found"]);
  assert.match(gone.headers["cache-control"], /no-store/);
});

test("two companies may have the same logo, and one keeps it when the other takes it away", async () => {
  const [one, other] = [await company(place), await company(place)];
  const shared = (await giveLogo(one)).body.look.logo.address;
  assert.equal((await giveLogo(other)).body.look.logo.address, shared);
  expectStatus(await one.manager.delete(one.path("logo")), 200);
  assert.equal((await fetch(`${place.origin}${shared}`)).status, 200);
});

test("what is no picture, or too much of one, is refused", async () => {
  const here = await company(place);
  const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
  const padded = Buffer.concat([png(10, 10), Buffer.alloc(70_000)]);
  for (const [what, file, type, status, problem] of [
    ["SVG", svg, "image/svg+xml", 415, "not-a-picture"],
    ["SVG that is called PNG", svg, "image/png", 415, "not-a-picture"],
    ["GIF", Buffer.from("GIF89a\x01\0\x01\0"), "image/gif", 415, "not-a-picture"],
    ["nothing", Buffer.alloc(0), "image/png", 415, "not-a-picture"],
    ["what isn't said to be a picture", png(10, 10), "text/plain", 415, "not-a-picture"],
    ["too many bytes", padded, "image/png", 413, "picture-too-large"],
    ["too many pixels", png(1025, 10), "image/png", 413, "picture-too-large"],
  ]) {
    const answer = await giveLogo(here, file, type);
    assert.deepEqual([answer.status, answer.problem], [status, problem], what);
  }
  assert.equal((await here.manager.get(here.path("look"))).body.look.logo, null, "nothing was kept");
  const crossSite = { "content-type": "image/png", origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  const foreign = await here.manager.send("PUT", here.path("logo"), { raw: png(10, 10), headers: crossSite });
  assert.equal(foreign.problem, "cross-site");
});

test("a colour is told with the tones that can be read, and nonsense isn't taken", async () => {
  const here = await company(place);
  const painted = expectStatus(await here.manager.put(here.path("look"), { accent: " #FFE000 " }), 200).body;
  assert.equal(painted.accent, "#ffe000");
  assert.doesNotMatch(painted.look.colours, /--text-light:#ffe000/, "too pale for text on white");
  assert.match(painted.look.colours, /--button-dark:#ffe000;--ink-dark:#000000;/);
  for (const accent of ["red", "#fff", "#12345g", "#1f4fd1;}", "url(x)"]) {
    const answer = await here.manager.put(here.path("look"), { accent });
    assert.deepEqual([answer.status, answer.body.field], [422, "accent"], accent);
  }
  assert.equal((await here.manager.get(here.path("look"))).body.accent, "#ffe000");
  assert.equal(expectStatus(await here.manager.put(here.path("look"), { accent: null }), 200).body.look.colours, null);
  const what = "SELECT count(*) AS n FROM events WHERE company_id = ?1 AND what = 'settings_changed'";
  assert.equal((await place.sql(what, here.id))[0].n, 2, "each change stands in the history once");
});

test("invite, own page and letters are in the company's look", async () => {
  const here = await company(place, { user: 1 });
  const { logo } = (await giveLogo(here)).body.look;
  await here.manager.put(here.path("look"), { accent: "#7a1fd1" });
  const { email, token } = await invited(here);
  const view = expectStatus(await look(token), 200).body;
  assert.deepEqual([view.look.logo.address, view.look.colours.includes("--button-light:#7a1fd1;")], [logo.address, true]);
  const { html } = await letter(place.mail, email, SUBJECT.invite);
  assert.match(html, new RegExp(`<img src="${place.origin}${logo.address}" alt="${here.name}"`));
  assert.match(html, /a\.button\{background:#7a1fd1;color:#ffffff\}/);
  const learner = await acceptInvite(place, email);
  assert.equal((await mine(learner)).look.logo.address, logo.address);
  // Managers and the desk know it as Seatwise.
  assert.doesNotMatch((await letter(place.mail, here.managerAddress, SUBJECT.licencesReady)).html, /<img|7a1fd1/);
});

test("a learner asks whoever invited them, as long as that person manages, and then the first who does", async () => {
  const here = await company(place, { user: 2 });
  const secondAddress = address("second");
  const second = await addManager(place, here.desk, here.id, secondAddress, "Maya Lund");
  const { email, token } = await invited(here, address("asks"), second);
  assert.deepEqual((await look(token)).body.contact, { name: "Maya Lund", email: secondAddress, phone: null });
  const learner = await acceptInvite(place, email);
  assert.equal((await mine(learner)).contact.email, secondAddress);
  await place.sql("UPDATE members SET is_manager = 0, is_learner = 1 WHERE email = ?1", secondAddress);
  assert.deepEqual((await mine(learner)).contact, { name: "Sam Okafor", email: here.managerAddress, phone: null });
});

test("an invite that can't be accepted says why, and whom to ask", async () => {
  const here = await company(place, { user: 5 });
  const told = async (token, status, problem, closed) => {
    const answer = await look(token);
    assert.deepEqual([answer.status, answer.problem, answer.body.closed], [status, problem, closed], answer.text);
    assert.deepEqual([answer.body.company, answer.body.contact.email], [here.name, here.managerAddress]);
    assert.equal(answer.text.includes("nvited."), false, "no address of the invited person");
  };
  const accepted = await invited(here);
  await acceptInvite(place, accepted.email);
  await told(accepted.token, 409, "invite-accepted", "accepted");
  const withdrawn = await invited(here);
  const [{ id }] = await place.sql("SELECT id FROM members WHERE email = ?1", withdrawn.email);
  expectStatus(await here.manager.post(here.path("licences/taken-back"), { members: [id], pending_only: true }), 200);
  await told(withdrawn.token, 410, "invite-ended", "withdrawn");
  const suspended = await invited(here);
  await place.sql("UPDATE members SET suspended_at = 1 WHERE email = ?1", suspended.email);
  await told(suspended.token, 410, "invite-ended", "suspended");
  const lapsed = await invited(here);
  await place.sql("UPDATE invites SET open_until = ?1 WHERE token_hash IN (SELECT token_hash FROM invites i JOIN members m ON m.id = i.member_id WHERE m.email = ?2)", Date.now() - 1, lapsed.email);
  await told(lapsed.token, 410, "invite-ended", "lapsed");
  const over = await invited(here);
  await endLots(place, here.id);
  await told(over.token, 410, "invite-ended", "over");
});

test("a learner sees the place in the line, and what follows on a licence", async () => {
  const here = await company(place, { user: 1 });
  const holder = await here.learner();
  const [lot] = (await here.manager.get(here.path("lots"))).body.items;
  const order = expectStatus(await here.manager.post(here.path("orders"), { kind: "user", quantity: 1, renews: lot.id }), 201).body;
  const renewal = async () => (await mine(holder)).licences[0].renewal;
  assert.deepEqual(await renewal(), { requested_by: "Sam Okafor", follows_at: null });
  expectStatus(await here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, {}), 200, 201);
  assert.deepEqual(await renewal(), { requested_by: "Sam Okafor", follows_at: lot.ends_at });
  const settings = (await here.manager.get(here.path("settings"))).body;
  expectStatus(await here.manager.put(here.path("settings"), { ...settings, carry_over: "none" }), 200);
  assert.equal(await renewal(), null, "nobody moves on, so nothing is promised");

  // Two who wait: one has joined before.
  const [{ id: company_id }] = [here];
  for (const [place_, name] of [[1, "first"], [2, "second"]]) {
    await place.sql(
      "INSERT INTO members (company_id, id, email, email_typed, sort_name, is_learner, is_manager, created_at, joined_at) VALUES (?1, ?2, ?3, ?3, ?2, 1, 0, ?4, ?4)",
      company_id, `${name}-${company_id}`, `${name}.${company_id.toLowerCase()}@example.com`, Date.now(),
    );
    await place.sql(
      "INSERT INTO waiting (company_id, kind, member_id, since, licence_id, nonce, token_hash) VALUES (?1, 'user', ?2, ?3, ?4, ?4, ?4)",
      company_id, `${name}-${company_id}`, 1_000 + place_, `${name}-licence-${company_id}`,
    );
  }
  await place.sql("UPDATE sessions SET member_id = ?1 WHERE member_id = (SELECT id FROM members WHERE email = ?2)", `second-${company_id}`, holder.address);
  assert.deepEqual((await mine(holder)).waiting, [{ kind: "user", since: 1_002, ahead: 1 }]);
});
