// The main job, from an order to a licence in use and to its end, over the API alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  SUBJECT, acceptInvite, addManager, assign, expectStatus, letter, lettersAbout, linkIn, requestLicences, tokenIn,
} from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { endLots } from "../support/database.mjs";
import { settled } from "../support/settle.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => (place = await start()));
after(() => place?.close());

const DAY = 24 * 60 * 60 * 1000;
const isoDay = (milliseconds) => new Date(milliseconds).toISOString().slice(0, 10);

test("from an order to a licence in use and to its end, with the right figures after every step", async () => {
  const desk = await place.desk();

  // 1. A company, and its first manager.
  const made = await desk.post("/api/v1/desk/companies", { name: "Example Learning", platform_url: "https://learn.example.com" });
  assert.equal(made.status, 201);
  const { id } = made.body;
  const path = (rest) => `/api/v1/companies/${id}/${rest}`;
  const managers = [address("first.manager"), address("second.manager")];
  const manager = await addManager(place, desk, id, managers[0], "Sam Okafor");
  await addManager(place, desk, id, managers[1], "Lena Fischer");
  assert.equal(manager.session.identity.name, "Sam Okafor");
  assert.deepEqual(
    { ...manager.session.identity.role },
    { area: "member", company_id: id, company: "Example Learning", manager: true, learner: false },
  );
  assert.equal(manager.session.account_manager.email, "desk@example.com");

  // 2. Nothing there yet; the manager requests 25.
  const dashboard = async () => (await manager.get(path("dashboard"))).body;
  const figures = async (kind = "user") => {
    const { available, in_use, pending, total } = (await dashboard())[kind].balance;
    return [available, in_use, pending, total];
  };
  assert.deepEqual(await figures("user"), [0, 0, 0, 0]);
  assert.deepEqual(await figures("content"), [0, 0, 0, 0]);
  const order = await requestLicences(manager, id, "user", 25);
  assert.equal(order.status, "requested");
  assert.equal(order.number, 1);
  assert.equal(order.requested_by, "Sam Okafor");
  assert.equal((await dashboard()).waiting_orders, 1);
  assert.match((await letter(place.mail, "desk@example.com", SUBJECT.orderReceived)).text, /Sam Okafor of Example Learning requests 25 user licences/);

  // 3. The account manager sees the order at once, and assigns it.
  const waiting = await desk.get("/api/v1/desk/orders");
  const line = waiting.body.items.find((item) => item.order.id === order.id);
  assert.equal(line.company, "Example Learning");
  assert.equal(line.order.quantity, 25);
  const before = Date.now();
  await assign(desk, order.id);
  assert.deepEqual(await figures(), [25, 0, 0, 25]);
  const lots = (await manager.get(path("lots"))).body.items;
  assert.equal(lots.length, 1);
  assert.ok(lots[0].starts_at >= before - 1000 && lots[0].starts_at <= Date.now(), "the term starts at the assignment");
  const twelveMonthsLater = new Date(lots[0].starts_at);
  twelveMonthsLater.setUTCFullYear(twelveMonthsLater.getUTCFullYear() + 1);
  assert.equal(lots[0].ends_at, twelveMonthsLater.getTime());
  for (const receiver of managers) {
    assert.match((await letter(place.mail, receiver, SUBJECT.licencesReady)).subject, /^25 user licences ready for Example Learning$/);
  }
  assert.equal((await manager.get(path("orders"))).body.items[0].status, "assigned");

  // 4. The manager adds a learner, who gets a mail.
  const learnerAddress = address("ines.carvalho");
  const added = await manager.post(path("members"), { email: learnerAddress, name: "Ines Carvalho" });
  assert.equal(added.status, 201);
  assert.deepEqual(added.body.balance, { available: 24, in_use: 0, pending: 1, total: 25 });
  assert.equal(added.body.member.invited, true);
  assert.equal(added.body.member.user.status, "pending");
  assert.deepEqual(await figures(), [24, 0, 1, 25]);

  // 5. The learner looks at the invite, accepts, and sees the licence.
  const invite = await letter(place.mail, learnerAddress, SUBJECT.invite);
  assert.ok(linkIn(invite).startsWith(`${place.origin}/invite#`), "the link leads to this Seatwise");
  const phone = place.browser();
  const token = tokenIn(invite);
  const view = expectStatus(await phone.post("/api/v1/invites/look", { token }), 200).body;
  assert.equal(view.company, "Example Learning");
  assert.equal(view.invited_by, "Sam Okafor");
  assert.equal(view.email, learnerAddress);
  assert.equal(view.manager, false);
  assert.deepEqual(view.licences.map((licence) => licence.kind), ["user"]);
  assert.deepEqual(await figures(), [24, 0, 1, 25], "looking changes nothing");
  expectStatus(await phone.post("/api/v1/invites/accept", { token }), 200);
  assert.deepEqual(await figures(), [24, 1, 0, 25]);
  const mine = expectStatus(await phone.get("/api/v1/me/licences"), 200).body;
  assert.equal(mine.platform_url, "https://learn.example.com");
  assert.equal(mine.licences[0].status, "in_use");
  assert.ok(mine.licences[0].since <= Date.now() && mine.licences[0].until === lots[0].ends_at);
  assert.equal(mine.contact.name, "Sam Okafor", "whom to ask: whoever invited");

  // 6. The end of the lot. It shows at once, and the scheduled run tells everybody, once.
  await endLots(place, id);
  assert.deepEqual(await figures(), [0, 0, 0, 0], "expiry shows before the scheduled run has written it down");
  assert.equal((await phone.get("/api/v1/me/licences")).body.licences[0].status, "expired");
  await place.scheduled();
  await Promise.all([place.scheduled(), place.scheduled()]);
  await place.scheduled(Date.now() + 10 * 60 * 1000);
  assert.deepEqual(await figures(), [0, 0, 0, 0]);
  assert.equal((await phone.get("/api/v1/me/licences")).body.licences[0].status, "expired");
  const people = (await manager.get(path("members"))).body.items;
  assert.equal(people.find((member) => member.email === learnerAddress).user.status, "expired");

  await letter(place.mail, learnerAddress, SUBJECT.licenceExpired);
  for (const receiver of managers) await letter(place.mail, receiver, SUBJECT.lotEnded);
  await settled(place.mail.letters);
  const count = (receiver, subject) => lettersAbout(place.mail, receiver, subject).length;
  assert.equal(count(learnerAddress, SUBJECT.licenceExpired), 1);
  assert.equal(count(learnerAddress, SUBJECT.invite), 1);
  assert.equal(count(learnerAddress, SUBJECT.lotEnded), 0, "what concerns managers doesn't go to learners");
  for (const receiver of managers) {
    assert.equal(count(receiver, SUBJECT.lotEnded), 1);
    assert.equal(count(receiver, SUBJECT.licencesReady), 1);
    assert.equal(count(receiver, SUBJECT.invite), 1);
  }
  assert.equal(count("desk@example.com", SUBJECT.orderReceived), 1);
});

test("a term that starts in the past ends when it would have ended, also when only the scheduled run's clock is there", async () => {
  const here = await company(place);
  const order = await requestLicences(here.manager, here.id, "user", 3);
  const tomorrow = Math.floor(Date.now() / DAY) * DAY + DAY;
  const aYearBefore = new Date(tomorrow);
  aYearBefore.setUTCFullYear(aYearBefore.getUTCFullYear() - 1);
  await assign(here.desk, order.id, { starts_on: isoDay(aYearBefore.getTime()) });
  assert.deepEqual(await here.figures(), [3, 0, 0, 3]);
  const [lot] = (await here.manager.get(here.path("lots"))).body.items;
  assert.equal(lot.ends_at, tomorrow);

  const learner = await here.learner();
  await here.add();
  assert.deepEqual(await here.figures(), [1, 1, 1, 3]);

  // Not a moment too early.
  await place.scheduled(tomorrow - 1);
  assert.deepEqual(await here.figures(), [1, 1, 1, 3]);
  await settled(place.mail.letters);
  assert.equal(lettersAbout(place.mail, learner.address, SUBJECT.licenceExpired).length, 0);

  // Two runs at once, as Cloudflare may start them.
  await Promise.all([place.scheduled(tomorrow), place.scheduled(tomorrow)]);
  await letter(place.mail, learner.address, SUBJECT.licenceExpired);
  await letter(place.mail, here.managerAddress, SUBJECT.lotEnded);
  await settled(place.mail.letters);
  assert.equal(lettersAbout(place.mail, learner.address, SUBJECT.licenceExpired).length, 1);
  assert.equal(lettersAbout(place.mail, here.managerAddress, SUBJECT.lotEnded).length, 1);
  const states = await place.sql("SELECT status, ended_reason FROM licences WHERE company_id = ?1", here.id);
  assert.deepEqual(states, [
    { status: "ended", ended_reason: "expired" },
    { status: "ended", ended_reason: "expired" },
  ]);
});

test("licences whose term is over already can't be handed out", async () => {
  const here = await company(place);
  const order = await requestLicences(here.manager, here.id, "user", 5);
  await assign(here.desk, order.id, { starts_on: isoDay(Date.now() - 800 * DAY) });
  assert.deepEqual(await here.figures(), [0, 0, 0, 0]);
  const refused = await here.manager.post(here.path("members"), { email: address() });
  assert.equal(refused.status, 409);
  assert.equal(refused.body.short_by, 1);
});

test("a company that gives every new user a content licence draws both kinds, or neither", async () => {
  const here = await company(place, { user: 5, content: 1 });
  const settings = (await here.manager.get(here.path("settings"))).body;
  assert.equal(settings.content_with_user, false);
  const changed = await here.manager.put(here.path("settings"), { ...settings, content_with_user: true });
  assert.equal(changed.status, 200);

  await here.learner();
  assert.deepEqual(await here.figures("user"), [4, 1, 0, 5]);
  assert.deepEqual(await here.figures("content"), [0, 1, 0, 1]);

  const refused = await here.manager.post(here.path("members"), { email: address() });
  assert.equal(refused.status, 409);
  assert.equal(refused.problem, "not-enough-licences");
  assert.equal(refused.body.licence_kind, "content");
  assert.equal(refused.body.short_by, 1);
  assert.deepEqual(refused.body.ways_out, ["request_content_licences", "change_content_setting"]);
  assert.deepEqual(await here.figures("user"), [4, 1, 0, 5], "no user licence was drawn on the way");
});

test("somebody who only manages takes no licence, and can sign in when all licences have ended", async () => {
  const here = await company(place, { user: 2 });
  const email = address("second");
  await here.add(email, { learner: false, manager: true });
  const second = await acceptInvite(place, email);
  assert.deepEqual(await here.figures(), [2, 0, 0, 2]);
  await endLots(place, here.id);
  await place.scheduled();
  assert.equal((await second.get(here.path("dashboard"))).status, 200);
  assert.equal(second.session.identity.role.manager, true);
});

test("the same address is added once", async () => {
  const here = await company(place, { user: 3 });
  const email = address("Twin");
  await here.add(email);
  const again = await here.manager.post(here.path("members"), { email: `  ${email.toUpperCase()} ` });
  assert.equal(again.status, 409);
  assert.equal(again.problem, "already-member");
  assert.deepEqual(await here.figures(), [2, 0, 1, 3]);
});

test("a manager sees nothing of another company", async () => {
  const [one, other] = [await company(place, { user: 1 }), await company(place, { user: 1 })];
  for (const rest of ["dashboard", "members", "orders", "lots", "settings"]) {
    const theirs = await one.manager.get(other.path(rest));
    const unknown = await one.manager.get(`/api/v1/companies/nothing-of-this-name/${rest}`);
    assert.equal(theirs.status, 404, rest);
    assert.equal(theirs.text, unknown.text, "a foreign id and an unknown one get the same answer");
  }
});
