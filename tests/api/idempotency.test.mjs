// A request that comes twice does its work once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { requestLicences } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => (place = await start()));
after(() => place?.close());

let counter = 0;
const key = () => `key-${++counter}-${Date.now()}`;
const keyed = (value) => ({ headers: { "idempotency-key": value } });
const orders = async (here) => (await here.manager.get(here.path("orders"))).body.items;

test("the same key with the same request gets the same answer, and one order", async () => {
  const here = await company(place);
  const options = keyed(key());
  const body = { kind: "user", quantity: 25, reference: "PO-7" };
  const first = await here.manager.post(here.path("orders"), body, options);
  const second = await here.manager.post(here.path("orders"), body, options);
  assert.equal(first.status, 201);
  assert.equal(second.status, 201);
  assert.deepEqual(second.body, first.body);
  assert.equal((await orders(here)).length, 1);
});

test("the same key with another request is refused", async () => {
  const here = await company(place, { user: 5 });
  const options = keyed(key());
  await here.manager.post(here.path("orders"), { kind: "user", quantity: 25 }, options);
  const other = await here.manager.post(here.path("orders"), { kind: "user", quantity: 26 }, options);
  assert.equal(other.status, 422);
  assert.equal(other.problem, "idempotency-key-reused");
  const elsewhere = await here.manager.post(here.path("members"), { email: address() }, options);
  assert.equal(elsewhere.status, 422, "another address with the same key is another request");
  assert.deepEqual(await here.figures(), [5, 0, 0, 5]);
});

test("somebody else's key is nobody else's business", async () => {
  const [one, other] = [await company(place), await company(place)];
  const options = keyed(key());
  const body = { kind: "user", quantity: 5 };
  const answers = [await one.manager.post(one.path("orders"), body, options), await other.manager.post(other.path("orders"), body, options)];
  assert.deepEqual(answers.map((answer) => answer.status), [201, 201]);
  assert.notEqual(answers[0].body.id, answers[1].body.id);
  assert.equal((await orders(other)).length, 1);
});

test("twenty requests at once with the same key make one order", async () => {
  const here = await company(place);
  const options = keyed(key());
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => here.manager.post(here.path("orders"), { kind: "user", quantity: 25 }, options)),
  );
  const ids = new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id));
  assert.equal(ids.size, 1, answers.map((answer) => answer.status).join(" "));
  for (const answer of answers) assert.ok([201, 409].includes(answer.status), answer.text);
  assert.equal((await orders(here)).length, 1);
});

test("twenty orders at once with keys of their own get twenty numbers", async () => {
  const here = await company(place);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => here.manager.post(here.path("orders"), { kind: "user", quantity: 1 }, keyed(key()))),
  );
  assert.deepEqual(answers.map((answer) => answer.status), Array(20).fill(201));
  const numbers = answers.map((answer) => answer.body.number).sort((a, b) => a - b);
  assert.deepEqual(numbers, Array.from({ length: 20 }, (_, index) => index + 1));
});

test("an addition that is sent again, because its answer was lost, adds one person", async () => {
  const here = await company(place, { user: 5 });
  const options = keyed(key());
  const body = { email: address(), name: "Ines Carvalho" };
  const answers = [];
  for (let times = 0; times < 3; times++) answers.push(await here.manager.post(here.path("members"), body, options));
  assert.deepEqual(answers.map((answer) => answer.status), [201, 201, 201]);
  assert.equal(new Set(answers.map((answer) => answer.body.member.id)).size, 1);
  assert.deepEqual(await here.figures(), [4, 0, 1, 5]);
});

test("twenty additions at once with the same key add one person and all say so", async () => {
  const here = await company(place, { user: 5 });
  const options = keyed(key());
  const body = { email: address() };
  const answers = await Promise.all(Array.from({ length: 20 }, () => here.manager.post(here.path("members"), body, options)));
  // Not "this person is here already": that would look like a failure to whoever only repeats.
  assert.deepEqual(answers.map((answer) => answer.status), Array(20).fill(201), answers.find((answer) => answer.status !== 201)?.text);
  assert.equal(new Set(answers.map((answer) => answer.body.member.id)).size, 1);
  assert.deepEqual(await here.figures(), [4, 0, 1, 5]);
});

test("a refused addition can be repeated with the same key once there are licences", async () => {
  const here = await company(place);
  const options = keyed(key());
  const body = { email: address() };
  assert.equal((await here.manager.post(here.path("members"), body, options)).status, 409);
  await here.give("user", 1);
  assert.equal((await here.manager.post(here.path("members"), body, options)).status, 201);
});

test("twenty assignments of one order at once make one lot", async () => {
  const here = await company(place);
  const order = await requestLicences(here.manager, here.id, "user", 25);
  const answers = await Promise.all(Array.from({ length: 20 }, () => here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, {})));
  assert.equal(answers.filter((answer) => answer.status < 300).length, 1, answers.map((answer) => answer.status).join(" "));
  for (const answer of answers.filter((one) => one.status >= 300)) assert.equal(answer.problem, "order-not-open");
  assert.equal((await here.manager.get(here.path("lots"))).body.items.length, 1);
  assert.deepEqual(await here.figures(), [25, 0, 0, 25]);
});

test("an assignment that is sent again with its key gets its answer again", async () => {
  const here = await company(place);
  const order = await requestLicences(here.manager, here.id, "user", 25);
  const options = keyed(key());
  const answers = [];
  for (let times = 0; times < 2; times++) answers.push(await here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, {}, options));
  assert.equal(answers[0].status < 300, true, answers[0].text);
  assert.equal(answers[1].status, answers[0].status, answers[1].text);
  assert.deepEqual(answers[1].body, answers[0].body);
});

test("twenty assignments at once with the same key make one lot and all say so", async () => {
  const here = await company(place);
  const order = await requestLicences(here.manager, here.id, "user", 25);
  const options = keyed(key());
  const answers = await Promise.all(Array.from({ length: 20 }, () => here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, {}, options)));
  assert.equal(new Set(answers.map((answer) => answer.status)).size, 1, answers.map((answer) => answer.status).join(" "));
  assert.ok(answers[0].status < 300, answers[0].text);
  assert.deepEqual(await here.figures(), [25, 0, 0, 25]);
});

test("a company that is created twice with one key is there once", async () => {
  const desk = await place.desk();
  const options = keyed(key());
  const body = { name: "Once Only" };
  const answers = await Promise.all(Array.from({ length: 5 }, () => desk.post("/api/v1/desk/companies", body, options)));
  assert.ok(answers.some((answer) => answer.status === 201));
  const [{ n }] = await place.sql("SELECT count(*) AS n FROM companies WHERE name = 'Once Only'");
  assert.equal(n, 1);
});
