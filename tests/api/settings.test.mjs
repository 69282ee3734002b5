// A company's settings: what they would do, two who save at once, and who may manage.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SUBJECT, acceptInvite, addManager, expectStatus, letter, signIn } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => (place = await start()));
after(() => place?.close());

const settingsOf = async (here) => expectStatus(await here.manager.get(here.path("settings")), 200).body;
const save = (here, settings) => here.manager.put(here.path("settings"), settings);
const managersOf = async (here, browser = here.manager) => expectStatus(await browser.get(here.path("managers")), 200).body.items;

test("of two who start from the same settings, the second one undoes nothing", async () => {
  const here = await company(place);
  const settings = await settingsOf(here);
  const first = expectStatus(await save(here, { ...settings, invite_days: 14 }), 200).body;
  assert.equal(first.version, settings.version + 1);
  const second = await save(here, { ...settings, inactive_days: 30 });
  assert.deepEqual([second.status, second.problem], [409, "settings-changed"]);
  const after = await settingsOf(here);
  assert.deepEqual([after.invite_days, after.inactive_days], [14, 90]);
  assert.equal((await save(here, { ...after, inactive_days: 30 })).status, 200);
  const { version, ...without } = await settingsOf(here);
  assert.equal((await save(here, { ...without, invite_days: 7 })).body.version, version + 1, "who names no version means it");
});

test("of many who save at once, one does", async () => {
  const here = await company(place);
  const settings = await settingsOf(here);
  const answers = await Promise.all(Array.from({ length: 6 }, (_, days) => save(here, { ...settings, invite_days: 10 + days })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409]);
  const events = await place.sql("SELECT count(*) AS n FROM events WHERE company_id = ?1 AND what = 'settings_changed'", here.id);
  assert.equal(events[0].n, 1);
});

test("learners ask whom the company has chosen: a manager, or a mailbox", async () => {
  const here = await company(place, { user: 1 });
  const second = address("second");
  await addManager(place, here.desk, here.id, second, "Maya Lund");
  const learner = await here.learner();
  const contact = async () => expectStatus(await learner.get("/api/v1/me/licences"), 200).body.contact;
  const maya = (await managersOf(here)).find(({ email }) => email === second);
  expectStatus(await save(here, { ...(await settingsOf(here)), contact_id: maya.id }), 200);
  assert.deepEqual(await contact(), { name: "Maya Lund", email: second, phone: null });
  expectStatus(await save(here, { ...(await settingsOf(here)), contact_id: null, contact_email: " help@example.com " }), 200);
  assert.deepEqual(await contact(), { name: here.name, email: "help@example.com", phone: null });
  const refused = await save(here, { ...(await settingsOf(here)), contact_email: "nonsense" });
  assert.deepEqual([refused.status, refused.body.field], [422, "contact_email"]);
  const other = await company(place);
  const [stranger] = await managersOf(other);
  const foreign = await save(here, { ...(await settingsOf(here)), contact_email: null, contact_id: stranger.id });
  assert.deepEqual([foreign.status, foreign.body.field], [422, "contact_id"], "nobody of another company");
});

test("what settings would do is counted, at a cost that doesn't grow", async () => {
  const here = await company(place, { user: 5, content: 2 });
  await here.learner();
  await here.learner();
  await here.add();
  await place.sql("UPDATE members SET active_on = active_on - 40 WHERE company_id = ?1 AND standing = 'in_use'", here.id);
  const effect = async (days) => expectStatus(await here.manager.get(here.path(`settings/effect${days ? `?inactive_days=${days}` : ""}`)), 200);
  const { body, rowsRead } = await effect(30);
  assert.deepEqual(body, { inactive: 2, open_invites: 1, without_content: 3, content_available: 2 });
  assert.equal((await effect(41)).body.inactive, 0);
  assert.equal((await effect()).body.inactive, 0, "by the company's own number of days");
  assert.equal((await effect("nonsense")).body.inactive, 0);
  for (let more = 0; more < 2; more++) await here.add();
  assert.ok((await effect(30)).rowsRead <= rowsRead, "two more users cost nothing");
});

test("somebody new who is to manage is invited, and a user manages at once", async () => {
  const here = await company(place, { user: 1 });
  const learner = await here.learner();
  const made = expectStatus(await here.manager.post(here.path("managers"), { email: learner.address.toUpperCase() }), 201).body;
  assert.deepEqual(made.items.map(({ email, invited }) => [email, invited]).sort(), [[here.managerAddress, false], [learner.address, false]].sort());
  assert.equal((await learner.get(here.path("dashboard"))).status, 200, "at the very next request");
  assert.equal((await learner.get("/api/v1/me/licences")).body.licences[0].status, "in_use", "and keeps the licence");
  const again = await here.manager.post(here.path("managers"), { email: learner.address });
  assert.deepEqual([again.status, again.problem, again.body.field], [409, "manages-already", "email"]);
  const newcomer = address("newcomer");
  const key = { headers: { "idempotency-key": "same-key" } };
  for (let times = 0; times < 2; times++) expectStatus(await here.manager.post(here.path("managers"), { email: newcomer, name: "Amara Diallo" }, key), 201);
  assert.equal((await managersOf(here)).filter(({ invited }) => invited).length, 1, "sent twice, done once");
  await letter(place.mail, newcomer, SUBJECT.invite);
  const browser = await acceptInvite(place, newcomer);
  assert.equal((await browser.get(here.path("managers"))).status, 200);
  assert.deepEqual(await here.figures(), [0, 1, 0, 1], "who only manages needs no licence");
});

test("the right to manage is taken back at once, and never from the last", async () => {
  const here = await company(place, { user: 1 });
  const [own] = await managersOf(here);
  const dismiss = (id, browser = here.manager) => browser.post(here.path(`managers/${id}/dismissed`), {});
  const alone = await dismiss(own.id);
  assert.deepEqual([alone.status, alone.problem], [409, "last-manager"]);
  // Whoever hasn't accepted can't take over.
  const newcomer = address("newcomer");
  expectStatus(await here.manager.post(here.path("managers"), { email: newcomer }), 201);
  assert.equal((await dismiss(own.id)).problem, "last-manager");
  const second = await acceptInvite(place, newcomer);
  const left = expectStatus(await dismiss(own.id, second), 200).body.items;
  assert.deepEqual(left.map(({ email }) => email), [newcomer]);
  assert.equal((await here.manager.get(here.path("dashboard"))).problem, "not-allowed", "at the very next request");
  assert.equal((await here.manager.get("/api/v1/me/licences")).status, 200, "and stays a user");
  const [event] = await place.sql("SELECT what, to_state, headline FROM events WHERE company_id = ?1 ORDER BY seq DESC LIMIT 1", here.id);
  assert.deepEqual(event, { what: "member_role_changed", to_state: "learner", headline: 1 });
  assert.equal((await dismiss(own.id, second)).problem, "not-found", "who doesn't manage can't lose it");
  const other = await company(place);
  const [stranger] = await managersOf(other);
  assert.equal((await dismiss(stranger.id, second)).problem, "not-found");
});

test("of two managers who dismiss each other at once, one stays", async () => {
  const here = await company(place);
  const other = address("other");
  const second = await addManager(place, here.desk, here.id, other, "Maya Lund");
  const [one, two] = [here.managerAddress, other].map((email) => managersOf(here).then((items) => items.find((item) => item.email === email).id));
  const [first, last] = await Promise.all([one, two]);
  await Promise.all([
    here.manager.post(here.path(`managers/${last}/dismissed`), {}),
    second.post(here.path(`managers/${first}/dismissed`), {}),
  ]);
  const [{ n }] = await place.sql("SELECT count(*) AS n FROM members WHERE company_id = ?1 AND is_manager = 1", here.id);
  assert.ok(n >= 1, "somebody is left");
});

test("an invite to manage has no way in any more once the right is taken back", async () => {
  const here = await company(place);
  const newcomer = address("regretted");
  const { items } = expectStatus(await here.manager.post(here.path("managers"), { email: newcomer }), 201).body;
  const invite = await letter(place.mail, newcomer, SUBJECT.invite);
  const { id } = items.find(({ email }) => email === newcomer);
  expectStatus(await here.manager.post(here.path(`managers/${id}/dismissed`), {}), 200);
  const token = /#([\w.~-]+)/.exec(invite.text)[1];
  assert.equal((await place.browser().post("/api/v1/invites/accept", { token })).problem, "invite-ended");
});
