// Orders on their way: requested, assigned whole or in part, declined, cancelled, renewed; and what everyone is told.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { assign, expectStatus, letter, lettersAbout, requestLicences } from "../../worker/local/steps.mjs";
import { sound } from "../support/audit.mjs";
import { address, company } from "../support/company.mjs";
import { endLotAt } from "../support/database.mjs";
import { settled } from "../support/settle.mjs";
import { DESK, start } from "../support/start.mjs";

const DAY = 86_400_000;
/** 2 March 2026 is a Monday. */
const date = (day) => Date.parse(`${day}T00:00:00Z`);

let place, here;
before(async () => {
  place = await start();
  here = await company(place);
});
after(() => place?.close());

const page = async (order) => expectStatus(await here.manager.get(here.path(`orders/${order.id}`)), 200).body;
const assignment = (order, body, options) => here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, body, options);
const decline = (order, reason) => here.desk.post(`/api/v1/desk/orders/${order.id}/refusal`, { reason });
const cancel = (order) => here.manager.post(here.path(`orders/${order.id}/cancellation`), {});
const request = async (body) => expectStatus(await here.manager.post(here.path("orders"), body), 201).body;
const lotsOf = (order) => place.sql("SELECT quantity, starts_at, ends_at FROM lots WHERE order_id = ?1 ORDER BY part", order.id);
const total = async (kind = "user") => (await here.figures(kind))[3];

test("an order is assigned in parts, and each part is a lot", async () => {
  const before = await total();
  const order = await request({ kind: "user", quantity: 100, reference: "PO-7", message: "For the autumn" });
  const first = expectStatus(await assignment(order, { quantity: 60, note: "The rest follows in May" }), 200, 201).body;
  assert.deepEqual([first.status, first.assigned, first.quantity], ["requested", 60, 100]);
  assert.equal(await total(), before + 60);
  const told = await letter(place.mail, here.managerAddress, /: 60 user licences for /);
  assert.match(told.text, /60 user licences/);
  assert.match(told.text, /40/, "and how many are still open");
  assert.match(told.text, /The rest follows in May/);

  const rest = expectStatus(await assignment(order, { open: 40 }), 200, 201).body;
  assert.deepEqual([rest.status, rest.assigned], ["assigned", 100]);
  assert.equal(await total(), before + 100);
  const shown = await page(order);
  assert.deepEqual(shown.lots.map((lot) => lot.quantity), [60, 40]);
  assert.deepEqual(shown.history.map((event) => event.what), ["order_assigned", "order_assigned", "order_requested"]);
  assert.equal(shown.history[1].note, "The rest follows in May");
  await sound(place, here);
});

test("a part that somebody else has assigned meanwhile is not assigned twice", async () => {
  const order = await request({ kind: "user", quantity: 10 });
  expectStatus(await assignment(order, { quantity: 4, open: 10 }), 200, 201);
  // Another account manager still sees ten that are open.
  const stale = await assignment(order, { quantity: 4, open: 10 });
  assert.equal(stale.problem, "order-changed", stale.text);
  const blind = await assignment(order, { quantity: 4 });
  assert.equal(blind.problem, "order-changed", blind.text);
  assert.deepEqual((await lotsOf(order)).map((lot) => lot.quantity), [4]);
  const tooMany = await assignment(order, { quantity: 7, open: 6 });
  assert.equal(tooMany.body.field, "quantity", tooMany.text);
  expectStatus(await assignment(order, { open: 6 }), 200, 201);
  const again = await assignment(order, { open: 6 });
  assert.equal(again.problem, "order-not-open", again.text);
});

test("twenty who assign one order at once make one lot, whole or in part, with and without a key", async () => {
  for (const body of [{}, { quantity: 3 }, { quantity: 3, open: 8 }]) {
    for (const key of [undefined, randomUUID()]) {
      const order = await request({ kind: "content", quantity: 8 });
      const before = await total("content");
      const options = key ? { headers: { "idempotency-key": key } } : {};
      const answers = await Promise.all(Array.from({ length: 20 }, () => assignment(order, body, options)));
      const done = answers.filter((answer) => answer.status < 300);
      assert.ok(key ? done.length >= 1 : done.length === 1, `${JSON.stringify(body)}: ${answers.map((answer) => answer.status).join(" ")}`);
      for (const answer of answers.filter((one) => one.status >= 300)) assert.equal(answer.status, 409, answer.text);
      assert.equal((await lotsOf(order)).length, 1, JSON.stringify(body));
      assert.equal(await total("content"), before + (body.quantity ?? 8));
    }
  }
});

test("twenty requests with the same key are one order; numbers have no gaps and no twins", async () => {
  const key = randomUUID();
  const ask = (headers) => here.manager.post(here.path("orders"), { kind: "user", quantity: 5, reference: "twenty" }, { headers });
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask({ "idempotency-key": key })));
  assert.ok(answers.every((answer) => answer.status === 201 || answer.status === 409), answers.map((answer) => answer.status).join(" "));
  assert.equal(new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id)).size, 1);
  const [{ n }] = await place.sql("SELECT count(*) AS n FROM orders WHERE company_id = ?1 AND reference = 'twenty'", here.id);
  assert.equal(n, 1);
  await Promise.all(Array.from({ length: 20 }, () => ask({ "idempotency-key": randomUUID() })));
  const numbers = (await place.sql("SELECT number FROM orders WHERE company_id = ?1 ORDER BY number", here.id)).map((row) => row.number);
  assert.deepEqual(numbers, numbers.map((_, index) => index + 1));
});

test("an order is declined with a reason, which the managers read; what was assigned of it stays", async () => {
  const order = await request({ kind: "user", quantity: 30 });
  expectStatus(await assignment(order, { quantity: 10 }), 200, 201);
  const without = await decline(order, "  ");
  assert.equal(without.body.field, "reason", without.text);
  const before = await total();
  const declined = expectStatus(await decline(order, "The budget for this year is used up"), 200).body;
  assert.deepEqual([declined.status, declined.assigned, declined.reason], ["declined", 10, "The budget for this year is used up"]);
  assert.equal(await total(), before);
  const told = await letter(place.mail, here.managerAddress, /declined/i);
  assert.match(told.text, /The budget for this year is used up/);
  assert.match(told.text, /20 user licences/);
  for (const late of [await decline(order, "Again"), await assignment(order, { open: 20 }), await cancel(order)]) {
    assert.equal(late.problem, "order-not-open", late.text);
  }
  const shown = await page(order);
  assert.equal(shown.history[0].what, "order_declined");
  assert.equal(shown.history[0].note, "The budget for this year is used up");
});

test("a manager cancels what is open; the account manager is told and can't assign it any more", async () => {
  const order = await request({ kind: "user", quantity: 12 });
  const cancelled = expectStatus(await cancel(order), 200).body;
  assert.equal(cancelled.status, "cancelled");
  await letter(place.mail, DESK, /no longer needs 12 user licences/);
  const late = await assignment(order, {});
  assert.equal(late.problem, "order-not-open", late.text);
  const twice = await cancel(order);
  assert.equal(twice.problem, "order-not-open", twice.text);
  const other = await company(place);
  const foreign = await other.manager.post(other.path(`orders/${order.id}/cancellation`), {});
  assert.equal(foreign.problem, "not-found", "another company's order is not there");
});

test("an order that is declined and assigned at once is one of both", async () => {
  for (let round = 0; round < 10; round++) {
    const order = await requestLicences(here.manager, here.id, "content", 2);
    const answers = await Promise.all([assignment(order, {}), decline(order, "No"), cancel(order)]);
    assert.equal(answers.filter((answer) => answer.status < 300).length, 1, answers.map((answer) => answer.text).join("\n"));
    const [{ status }] = await place.sql("SELECT status FROM orders WHERE id = ?1", order.id);
    assert.equal((await lotsOf(order)).length, status === "assigned" ? 1 : 0);
  }
  await sound(place, here);
});

test("a renewal points at its lot; assigned early, the new term starts at the old end, and its holders go on", async () => {
  const there = await company(place, { user: 2 });
  const learner = await there.learner();
  const [lot] = (await there.manager.get(there.path("lots"))).body.items;
  const asked = { kind: "user", quantity: 2, renews: lot.id };
  const order = expectStatus(await there.manager.post(there.path("orders"), asked), 201).body;
  assert.deepEqual(order.renews, { id: lot.id, order: 1, ends_at: lot.ends_at });
  const [shown] = (await there.manager.get(there.path("lots"))).body.items;
  assert.equal(shown.renewal, order.number, "the lot says that it is being renewed");
  expectStatus(await assignment(order, {}), 200, 201);
  const [renewed] = await lotsOf(order);
  assert.equal(renewed.starts_at, lot.ends_at);
  const end = new Date(lot.ends_at);
  assert.equal(new Date(renewed.ends_at).getUTCFullYear(), end.getUTCFullYear() + 1);
  // The old lot ends; whoever holds one moves on and is told so.
  await endLotAt(place, there.id, lot.id, Date.now() + 500);
  await place.sql("UPDATE lots SET opened_at = NULL WHERE order_id = ?1", order.id);
  await place.sql("DROP TRIGGER lots_stay_themselves");
  await place.sql("UPDATE lots SET starts_at = (SELECT ends_at FROM lots old WHERE old.id = ?2) WHERE order_id = ?1", order.id, lot.id);
  await new Promise((resolve) => setTimeout(resolve, 700));
  assert.deepEqual(await there.figures(), [1, 1, 0, 2]);
  await place.scheduled();
  await letter(place.mail, learner.address, / goes on$/);
  assert.equal(lettersAbout(place.mail, learner.address, /has expired$/).length, 0, "nobody is told that it has expired");

  const wrongKind = await there.manager.post(there.path("orders"), { kind: "content", quantity: 1, renews: lot.id });
  assert.equal(wrongKind.problem, "not-found", wrongKind.text);
  const foreign = await here.manager.post(here.path("orders"), { kind: "user", quantity: 1, renews: lot.id });
  assert.equal(foreign.problem, "not-found", foreign.text);
});

test("the account manager may start a renewal on another day, for other months, and for another group", async () => {
  const there = await company(place, { user: 5 });
  const [lot] = (await there.manager.get(there.path("lots"))).body.items;
  const sales = expectStatus(await there.manager.post(there.path("groups"), { name: "Sales" }), 201).body.id;
  const order = expectStatus(await there.manager.post(there.path("orders"), { kind: "user", quantity: 4, group: sales, renews: lot.id }), 201).body;
  expectStatus(await assignment(order, { quantity: 1, starts_on: "2026-03-02", months: 24 }), 200, 201);
  expectStatus(await assignment(order, { quantity: 2, open: 3, group: "" }), 200, 201);
  expectStatus(await assignment(order, { open: 1, group: sales }), 200, 201);
  const lots = await place.sql("SELECT quantity, group_id, starts_at, ends_at FROM lots WHERE order_id = ?1 ORDER BY part", order.id);
  assert.deepEqual(lots.map((row) => [row.quantity, row.group_id]), [[1, sales], [2, null], [1, sales]]);
  assert.deepEqual([lots[0].starts_at, lots[0].ends_at], [date("2026-03-02"), date("2028-03-02")]);
  const elsewhere = await company(place);
  const order2 = await requestLicences(elsewhere.manager, elsewhere.id, "user", 1);
  const wrong = await assignment(order2, { group: sales });
  assert.equal(wrong.problem, "not-found", "another company's group is not there");
});

test("a request made on a Thursday is brought to mind on Monday", async () => {
  const order = await request({ kind: "user", quantity: 1 });
  const [row] = await place.sql("SELECT requested_at, remind_at FROM orders WHERE id = ?1", order.id);
  const weekend = [6, 0];
  let [days, at] = [0, row.requested_at];
  while (days < 2) {
    at += DAY;
    if (!weekend.includes(new Date(at).getUTCDay())) days += 1;
  }
  assert.equal(row.remind_at, at);
});

test("the address of a person's choice can't smuggle anything into an order", async () => {
  for (const [field, value] of [["reference", "a\r\nBcc: x@example.com"], ["message", "a\u0000b"], ["message", "x".repeat(501)]]) {
    const answer = await here.manager.post(here.path("orders"), { kind: "user", quantity: 1, [field]: value });
    assert.equal(answer.body.field, field, answer.text);
  }
  const note = await requestLicences(here.manager, here.id, "user", 1);
  const answer = await assignment(note, { note: "a\nb" });
  assert.equal(answer.body.field, "note", answer.text);
  assert.equal((await lotsOf(note)).length, 0);
});

test("learners are not told of orders, and managers who have not joined neither", async () => {
  const there = await company(place, { user: 1 });
  const learner = await there.learner();
  const invited = address("invited");
  expectStatus(await there.desk.post(`/api/v1/desk/companies/${there.id}/managers`, { email: invited, name: "Alex Doe" }), 201);
  await settled(place.mail.letters);
  const before = place.mail.to(learner.address).length;
  await there.give("user", 3);
  await letter(place.mail, there.managerAddress, / ready for /, 2);
  await settled(place.mail.letters);
  assert.equal(place.mail.to(learner.address).length, before);
  assert.equal(place.mail.to(invited).filter((one) => / ready for /.test(one.subject)).length, 0);
});

// Last: the clock of this run signs everybody out.
test("an order that waits for more than two working days is brought to mind, and then every week", async () => {
  await settled(place.mail.letters);
  const there = await company(place);
  const order = await requestLicences(there.manager, there.id, "user", 7);
  const settledOne = await requestLicences(there.manager, there.id, "content", 3);
  // As if they had come on a Friday morning.
  const friday = date("2026-12-04") + 9 * 3_600_000;
  for (const { id } of [order, settledOne]) {
    await place.sql("UPDATE orders SET requested_at = ?2, remind_at = ?3 WHERE id = ?1", id, friday, date("2026-12-08") + 9 * 3_600_000);
  }
  await assign(there.desk, settledOne.id);
  const reminders = () => lettersAbout(place.mail, DESK, new RegExp(`^${there.name} still waits for`)).length;
  await place.scheduled(date("2026-12-08"));
  await settled(place.mail.letters);
  assert.equal(reminders(), 0, "on Monday night it is not yet due");
  for (const at of ["10:00", "11:00", "12:00"]) await place.scheduled(Date.parse(`2026-12-08T${at}:00Z`));
  await settled(place.mail.letters);
  assert.equal(reminders(), 1, "once, however often the run comes");
  await place.scheduled(date("2026-12-15") + 12 * 3_600_000);
  await settled(place.mail.letters);
  assert.equal(reminders(), 2, "five working days later again");
  assert.equal(lettersAbout(place.mail, DESK, new RegExp(`^${there.name} still waits for .* content`)).length, 0, "never once it is assigned");
});
