// The licence engine, measured in the Worker with a real D1. Each time stands beside a floor: the same rows by one
// bare SQL statement a table, through the same database, in the same run. The triggers of the schema work for both.
import { expectStatus, requestLicences } from "../../worker/local/steps.mjs";
import { company } from "../support/company.mjs";
import { addLearnersBySql, addMembersBySql, endLotAt, learnerId, learnerIds } from "../support/database.mjs";
import { start } from "../support/start.mjs";

/** The most members that one request can be about. */
const MOST = 5_000;
const MANY = 100_000;

/** @param {(name: string, value: string | number, unit: string) => void} say */
export async function engine(say) {
  const place = await start();
  try {
    for (const part of [draws, lots, reads, expiry]) {
      await part(place, say);
      // A hundred thousand letters would otherwise go out before the next part's first invite.
      await place.sql("DELETE FROM outbox WHERE state = 'queued'");
    }
  } finally {
    await place.close();
  }
}

async function milliseconds(work) {
  const begun = performance.now();
  const answer = await work();
  return { took: performance.now() - begun, answer };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/**
 * The rows that a draw writes, each table's by one bare statement: licences for learners who hold none; and, unless it is
 * to be the licences `alone`, their events and letters.
 */
async function bare(place, companyId, from, to, alone = false) {
  const database = await place.database();
  const numbers = "WITH RECURSIVE n(i) AS (SELECT CAST(?2 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ?3)";
  const lot = "(SELECT id, ends_at FROM lots WHERE company_id = ?1 AND kind = 'user' AND overdraft = 0 AND pending + in_use < quantity LIMIT 1) lot";
  const statements = [
    `${numbers} INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, activated_at, ends_at, active_on)
     SELECT ?1, printf('m%021d', i), printf('b%021d', i), lot.id, 'user', 'in_use', 1, 1, lot.ends_at, 20000 FROM n, ${lot}`,
    `${numbers} INSERT INTO events (company_id, at, door, what, member_id, kind, quantity, licence_id, lot_id, to_state, ends_at)
     SELECT ?1, 1, 'add_user', 'licence_drawn', printf('m%021d', i), 'user', 1, printf('b%021d', i), lot.id, 'in_use', lot.ends_at FROM n, ${lot}`,
    `${numbers} INSERT INTO outbox (cause, receiver, letter, data, company_id, created_at, next_try_at)
     SELECT 'bare:' || ?1 || ':' || i, 'learner' || i || '@many.example', 'licence_given', '{}', ?1, 1, 1 FROM n`,
  ];
  await database.batch(statements.slice(0, alone ? 1 : 3).map((statement) => database.prepare(statement).bind(companyId, from, to)));
}

async function draws(place, say) {
  const here = await company(place, { user: 2 * MANY });
  const other = await company(place, { user: 2 * MANY });
  const give = (from, to) => here.manager.post(here.path("licences/given"), { members: learnerIds(from, to) });
  const third = await company(place, { user: MANY });
  const [times, floors, licences] = [[], [], []];
  let written;
  for (let round = 0; round < 5; round++) {
    const [from, to] = [round * 1000 + 1, round * 1000 + 1000];
    for (const one of [here, other, third]) await addMembersBySql(place, one.id, from, to);
    const { took, answer } = await milliseconds(() => give(from, to));
    expectStatus(answer, 200);
    written = answer.rowsWritten;
    times.push(took);
    await place.sql("DELETE FROM outbox WHERE state = 'queued'");
    floors.push((await milliseconds(() => bare(place, other.id, from, to))).took);
    licences.push((await milliseconds(() => bare(place, third.id, from, to, true))).took);
    await place.sql("DELETE FROM outbox WHERE state = 'queued'");
  }
  say("draw_1000_rows_written", (written / 1000).toFixed(2), "rows/member");
  say("draw_1000", median(times).toFixed(0), "ms");
  say("draw_1000_floor", median(floors).toFixed(0), "ms");
  say("draw_1000_licences_alone", median(licences).toFixed(0), "ms");
  say("draw_1000_by_floor", (median(times) / median(floors)).toFixed(2), "ratio");

  for (const one of [here, other]) {
    for (let from = 5_001; from < 5_001 + MANY; from += 20_000) await addMembersBySql(place, one.id, from, from + 19_999);
  }
  const chunks = Array.from({ length: MANY / MOST }, (_, index) => [5_001 + index * MOST, 5_000 + (index + 1) * MOST]);
  const { took } = await milliseconds(async () => {
    for (const [from, to] of chunks) expectStatus(await give(from, to), 200);
  });
  const floor = await milliseconds(async () => {
    for (const [from, to] of chunks) await bare(place, other.id, from, to);
  });
  say("draw_100000_per_second", (MANY / (took / 1000)).toFixed(0), "1/s");
  say("draw_100000_floor_per_second", (MANY / (floor.took / 1000)).toFixed(0), "1/s");
  say("draw_100000_by_floor", (took / floor.took).toFixed(2), "ratio");
}

async function lots(place, say) {
  const here = await company(place);
  const result = {};
  for (const quantity of [1, 1_000_000]) result[quantity] = { times: [], written: 0 };
  for (let round = 0; round < 15; round++) {
    for (const quantity of [1, 1_000_000]) {
      const order = await requestLicences(here.manager, here.id, "user", quantity);
      const { took, answer } = await milliseconds(() => here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, {}));
      expectStatus(answer, 200, 201);
      result[quantity].times.push(took);
      result[quantity].written = answer.rowsWritten;
    }
  }
  const [one, million] = [result[1], result[1_000_000]];
  say("lot_of_1_rows_written", one.written, "rows");
  say("lot_of_1000000_rows_written", million.written, "rows");
  say("lot_of_1000000", median(million.times).toFixed(1), "ms");
  say("lot_of_1000000_by_lot_of_1", (median(million.times) / median(one.times)).toFixed(2), "ratio");
}

/** What is read with 100 learners and with 100,000. */
async function reads(place, say) {
  const here = await company(place, { user: MANY });
  const [lot] = expectStatus(await here.manager.get(here.path("lots")), 200).body.items;
  const today = new Date().toISOString().slice(0, 10);
  const pages = {
    dashboard: "dashboard",
    explain: "balances/user",
    forecast: "forecast",
    member_page: `members/${learnerId(7)}`,
    not_carried: `lots/${lot.id}/not-carried`,
    holders: `holders/user?on=${today}`,
  };
  let last = 0;
  for (const learners of [100, MANY]) {
    for (let from = last + 1; from <= learners; from += 20_000) await addLearnersBySql(place, here.id, from, Math.min(learners, from + 19_999));
    last = learners;
    for (const [name, path] of Object.entries(pages)) {
      const times = [];
      let answer;
      for (let round = 0; round < 5; round++) {
        const measured = await milliseconds(() => here.manager.get(here.path(path)));
        ({ answer } = measured);
        times.push(measured.took);
      }
      expectStatus(answer, 200);
      say(`${name}_rows_read_${learners}_learners`, answer.rowsRead, "rows");
      say(`${name}_${learners}_learners`, median(times).toFixed(1), "ms");
    }
  }
}

/** A lot that ends with 100,000 licences held, while somebody looks at the dashboard all the time. */
async function expiry(place, say) {
  const here = await company(place, { user: MANY });
  const [lot] = (await here.manager.get(here.path("lots"))).body.items;
  for (let from = 1; from <= MANY; from += 20_000) await addLearnersBySql(place, here.id, from, from + 19_999);
  const floors = await bareExpiry(place);
  const end = Date.now() + 30_000;
  await endLotAt(place, here.id, lot.id, end);
  expect(await here.figures(), [0, MANY, 0, MANY], "before the end");
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, end - Date.now()) + 5));
  let over = false;
  let slowest = 0;
  let looks = 0;
  const watching = (async () => {
    while (!over) {
      const { took, answer } = await milliseconds(() => here.figures());
      expect(answer, [0, 0, 0, 0], "after the end");
      slowest = Math.max(slowest, took);
      looks++;
    }
  })();
  const { took } = await milliseconds(() => place.scheduled());
  over = true;
  await watching;
  expect(await here.figures(), [0, 0, 0, 0], "in the end");
  const [{ left }] = await place.sql("SELECT count(*) AS left FROM licences WHERE company_id = ?1 AND status <> 'ended'", here.id);
  if (left) throw new Error(`${left} of ${MANY} licences are left`);
  const [{ written }] = await place.sql("SELECT count(*) AS written FROM events WHERE company_id = ?1 AND what = 'licence_expired'", here.id);
  if (written !== MANY) throw new Error(`${written} expiries are written down`);
  say("expiry_100000", (took / 1000).toFixed(1), "s");
  say("expiry_100000_floor", (floors / 1000).toFixed(1), "s");
  say("expiry_100000_by_floor", (took / floors).toFixed(2), "ratio");
  // Nothing gets in while a statement runs, so none of them took longer than the slowest answer.
  say("expiry_slowest_dashboard_meanwhile", (slowest / 1000).toFixed(2), "s");
  say("expiry_dashboards_meanwhile", looks, "answers");
}

/** The same number of licences ended by one bare statement. */
async function bareExpiry(place) {
  const other = await company(place, { user: MANY });
  for (let from = 1; from <= MANY; from += 20_000) await addLearnersBySql(place, other.id, from, from + 19_999);
  const { took } = await milliseconds(() =>
    place.sql("UPDATE licences SET status = 'ended', ended_at = ends_at, ended_reason = 'expired' WHERE company_id = ?1 AND status <> 'ended'", other.id),
  );
  return took;
}

function expect(actual, expected, when) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(`${when}: ${actual} rather than ${expected}`);
}
