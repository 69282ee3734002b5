// What a figure costs, and that it is right when everybody wants the last licence.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, company } from "../support/company.mjs";
import { addLearnersBySql } from "../support/database.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => (place = await start()));
after(() => place?.close());

/** Adds as many people as there are addresses, all at once. */
const addAtOnce = (here, addresses) =>
  Promise.all(addresses.map((email) => here.manager.post(here.path("members"), { email })));

test("the dashboard reads as few rows with 5,000 learners as with 5", async () => {
  // The same company before and after: where its rows lie in an index, beside which other company's, costs a row.
  const here = await company(place, { user: 6000 });
  const read = async () => (await here.manager.get(here.path("dashboard"))).rowsRead;
  await addLearnersBySql(place, here.id, 1, 5);
  assert.deepEqual(await here.figures(), [5995, 5, 0, 6000]);
  const few = await read();
  await addLearnersBySql(place, here.id, 6, 5000);
  assert.deepEqual(await here.figures(), [1000, 5000, 0, 6000]);
  const many = await read();
  assert.equal(many, few, `${few} rows with 5 learners, ${many} with 5,000`);
  assert.ok(many > 0 && many <= 40, `${many} rows are read`);
});

test("what else people do all day costs no more in a large company either", async () => {
  const here = await company(place, { user: 6000 });
  const learner = await here.learner();
  const rows = async () => {
    const read = {};
    const note = (what, answer) => {
      assert.ok(answer.status < 300, `${what}: ${answer.status} ${answer.text}`);
      read[what] = answer.rowsRead;
      return answer;
    };
    note("settings", await here.manager.get(here.path("settings")));
    note("the company's page at the desk", await here.desk.get(`/api/v1/desk/companies/${here.id}`));
    note("the learner's own page", await learner.get("/api/v1/me/licences"));
    note("adding somebody", await here.manager.post(here.path("members"), { email: address("one.more") }));
    const order = note("requesting licences", await here.manager.post(here.path("orders"), { kind: "content", quantity: 1 })).body;
    note("assigning them", await here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, {}));
    return read;
  };
  await addLearnersBySql(place, here.id, 1, 5);
  const few = await rows();
  await addLearnersBySql(place, here.id, 6, 5000);
  const many = await rows();
  for (const [what, read] of Object.entries(many)) {
    // A few more, for the order and the lot that the first round has left behind.
    assert.ok(read <= few[what] + 20, `${what}: ${few[what]} rows with 5 learners, ${read} with 5,000`);
  }
});

test("a page of the list of members reads a page's worth of rows, whatever their number", async () => {
  const here = await company(place, { user: 6000 });
  await addLearnersBySql(place, here.id, 1, 5000);
  const page = await here.manager.get(here.path("members"));
  assert.equal(page.status, 200);
  assert.ok(page.body.items.length <= 200 && page.body.next, "the list comes in pages");
  assert.ok(page.rowsRead <= page.body.items.length * 8 + 40, `${page.rowsRead} rows for ${page.body.items.length} members`);
});

test("every member is on exactly one page of the list", async () => {
  const here = await company(place, { user: 300 });
  await addLearnersBySql(place, here.id, 1, 299);
  const seen = [];
  let cursor;
  do {
    const page = await here.manager.get(here.path(`members${cursor ? `?after=${encodeURIComponent(cursor)}` : ""}`));
    assert.equal(page.status, 200);
    seen.push(...page.body.items.map((member) => member.id));
    cursor = page.body.next;
  } while (cursor && seen.length < 1000);
  assert.equal(seen.length, 300, "299 learners and the manager");
  assert.equal(new Set(seen).size, 300);
});

test("50 additions at once on 25 licences: 25 succeed, 25 are told how short they are", async () => {
  const here = await company(place, { user: 25 });
  const addresses = Array.from({ length: 50 }, () => address("crowd"));
  const answers = await addAtOnce(here, addresses);
  const added = answers.filter((answer) => answer.status === 201);
  const refused = answers.filter((answer) => answer.status === 409);
  assert.deepEqual([added.length, refused.length], [25, 25], answers.map((answer) => answer.status).join(" "));
  for (const answer of refused) {
    assert.equal(answer.problem, "not-enough-licences");
    assert.ok(answer.body.short_by >= 1);
    assert.equal(answer.body.licence_kind, "user");
    assert.deepEqual(answer.body.ways_out, ["request_user_licences"]);
    assert.ok(answer.body.detail.length > 20);
  }
  assert.deepEqual(await here.figures(), [0, 0, 25, 25]);
  const [{ members, licences, invites }] = await place.sql(
    `SELECT (SELECT count(*) FROM members WHERE company_id = ?1 AND is_learner) AS members,
            (SELECT count(*) FROM licences WHERE company_id = ?1) AS licences,
            (SELECT count(*) FROM invites WHERE company_id = ?1 AND state = 'open') AS invites`,
    here.id,
  );
  assert.deepEqual({ members, licences, invites }, { members: 25, licences: 25, invites: 25 }, "nothing is left of those refused");
});

test("the last licence goes to one of twenty who want it, in every round", async () => {
  for (let round = 0; round < 5; round++) {
    const here = await company(place, { user: 1 });
    const answers = await addAtOnce(here, Array.from({ length: 20 }, () => address("last")));
    const statuses = answers.map((answer) => answer.status).sort();
    assert.deepEqual(statuses, [201, ...Array(19).fill(409)], `round ${round + 1}`);
    assert.deepEqual(await here.figures(), [0, 0, 1, 1]);
  }
});

test("the same address, added twenty times at once, is there once and holds one licence", async () => {
  const here = await company(place, { user: 25 });
  const email = address("same");
  const answers = await addAtOnce(here, Array(20).fill(email));
  assert.equal(answers.filter((answer) => answer.status === 201).length, 1, answers.map((answer) => answer.status).join(" "));
  for (const answer of answers.filter((one) => one.status !== 201)) assert.equal(answer.problem, "already-member");
  assert.deepEqual(await here.figures(), [24, 0, 1, 25]);
});

test("licences that end first are handed out first, and a draw can use up one lot and begin the next", async () => {
  const here = await company(place);
  await here.give("user", 2, { months: 12 });
  await here.give("user", 2, { months: 6 });
  await here.add();
  await here.add();
  await here.add();
  const lots = (await here.manager.get(here.path("lots"))).body.items;
  assert.deepEqual(
    lots.map((lot) => [lot.quantity, lot.pending]),
    [
      [2, 2],
      [2, 1],
    ],
  );
  assert.ok(lots[0].ends_at < lots[1].ends_at, "the first to end stands first");
  assert.deepEqual(await here.figures(), [1, 0, 3, 4]);
});
