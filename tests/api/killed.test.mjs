// The Worker is killed (kill -9) in the middle of draws and expiries, again and again, and goes on with the same files:
// what was acknowledged is there, what wasn't can be repeated, and nothing is there twice.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import { Browser } from "../../worker/local/browser.mjs";
import { listenForMail } from "../../worker/local/mail-listener.mjs";
import { expectStatus, lettersAbout, signIn, SUBJECT } from "../../worker/local/steps.mjs";
import { applyMigrations, startWorker } from "../../worker/local/worker.mjs";
import { SOUND } from "../support/audit.mjs";
import { address, company } from "../support/company.mjs";
import { CRON, DESK } from "../support/start.mjs";

/** How often it is killed. A round takes about three seconds, nearly all of it to start again. */
const ROUNDS = Number(process.env.SEATWISE_KILLS || 30);
/** How many licences come to their end in each round. */
const ENDING = 400;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** A fresh number for whatever needs one of its own. */
let counter = 0;

let folder, mail, worker, place, start;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "seatwise-killed-"));
  mail = await listenForMail();
  await applyMigrations(folder);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const vars = {
    ORIGIN: origin,
    MAIL_URL: mail.url,
    MAIL_FROM: "Seatwise <seatwise@example.com>",
    MAIL_TOKEN: "test-mail-token",
    TOKEN_KEY: randomBytes(32).toString("base64url"),
    ADMINISTRATOR: DESK,
    ADMINISTRATOR_NAME: "Robin Hale",
  };
  start = async () => {
    worker = startWorker(port, vars, { state: folder, log: join(folder, "worker.log") });
    await worker.ready();
  };
  let desk;
  place = { origin, mail, browser: () => new Browser(origin), desk: () => (desk ??= signIn(place, DESK)) };
  await start();
});
after(async () => {
  await worker?.kill();
  await mail?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Does something with the database's file while the Worker is down. */
function inFile(work) {
  const where = join(folder, "v3/d1/miniflare-D1DatabaseObject");
  const file = readdirSync(where).find((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite");
  const database = new DatabaseSync(join(where, file));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Learners whose licences end before their lot does, from the moment `at` on. */
function addEnding(database, companyId, round, at) {
  const numbers = `WITH RECURSIVE n(i) AS (SELECT ${round * ENDING} UNION ALL SELECT i + 1 FROM n WHERE i < ${(round + 1) * ENDING - 1})`;
  const lot = "(SELECT id FROM lots WHERE company_id = ?1 AND overdraft = 0 AND kind = 'user' ORDER BY ends_at, id LIMIT 1)";
  // Not all in one go, so that a kill comes in between.
  const end = "(CAST(?2 AS INTEGER) + i % 10 * 150)";
  database.exec("BEGIN");
  database
    .prepare(
      `${numbers} INSERT INTO members (company_id, id, email, email_typed, name, sort_name, is_learner, is_manager, created_at, joined_at)
       SELECT ?1, printf('m%021d', i), 'ending' || i || '@many.example', 'ending' || i || '@many.example', NULL, 'ending' || i, 1, 0, 1, 1 FROM n`,
    )
    .run(companyId);
  database
    .prepare(
      `${numbers} INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, activated_at, ends_at, active_on)
       SELECT ?1, printf('m%021d', i), printf('l%021d', i), ${lot}, 'user', 'in_use', 1, 1, ${end}, ${end} / 86400000 FROM n`,
    )
    .run(companyId, at);
  database
    .prepare(
      `${numbers} INSERT INTO events (company_id, at, door, what, member_id, kind, quantity, licence_id, lot_id, to_state, ends_at)
       SELECT ?1, ?2, 'import', 'licence_drawn', printf('m%021d', i), 'user', 1, printf('l%021d', i), ${lot}, 'in_use', ${end} FROM n`,
    )
    .run(companyId, at);
  database.exec("COMMIT");
}

test(`killed ${ROUNDS} times in the middle of draws and expiries, it has lost nothing and doubled nothing`, async () => {
  const here = await company(place, { user: 1_000_000 });
  const members = [];
  const orders = [];
  let killedInBetween = 0;

  /** Sends a request again and again under its own key until it is answered; `keep` gets what was acknowledged. */
  const once = async (request) => {
    const answer = await here.manager.post(request.path, request.body, { headers: { "idempotency-key": request.key } });
    assert.equal(answer.status, 201, `${request.path}: ${answer.status} ${answer.text}`);
    request.id = answer.body.member?.id ?? answer.body.id;
    return answer;
  };
  const newMember = () => ({ path: here.path("members"), body: { email: address("killed") }, key: `member-${++counter}` });
  const newOrder = () => ({ path: here.path("orders"), body: { kind: "content", quantity: 1, reference: `R-${++counter}` }, key: `order-${counter}` });

  for (let round = 0; round < ROUNDS; round++) {
    let down = false;
    const open = [];
    const failed = [];
    const keepSending = async (make, among) => {
      while (!down) {
        const request = make();
        open.push(request);
        try {
          await once(request);
          among.push(request);
        } catch (error) {
          if (error.code === "ERR_ASSERTION") failed.push(error);
          if (!down) return;
        }
      }
    };
    const ring = async () => {
      while (!down) {
        await fetch(`${place.origin}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent(CRON)}`).catch(() => {});
      }
    };
    const busy = [...Array.from({ length: 6 }, () => keepSending(newMember, members)), keepSending(newOrder, orders), ring()];
    await pause(40 + Math.random() * 700);
    down = true;
    const killedAt = Date.now();
    await worker.kill();
    await Promise.all(busy);
    assert.deepEqual(failed, []);

    inFile((database) => {
      assert.deepEqual(database.prepare("PRAGMA integrity_check").all().map((row) => ({ ...row })), [{ integrity_check: "ok" }]);
      assert.deepEqual(database.prepare("PRAGMA foreign_key_check").all(), []);
      assert.deepEqual(database.prepare(SOUND).all(here.id), [], `round ${round + 1}`);
      const licence = database.prepare("SELECT count(*) AS n FROM licences WHERE company_id = ? AND member_id = ? AND status = 'pending'");
      for (const { id, body } of members) assert.equal(licence.get(here.id, id).n, 1, `${body.email} was acknowledged`);
      const order = database.prepare("SELECT count(*) AS n FROM orders WHERE company_id = ? AND id = ?");
      for (const { id } of orders) assert.equal(order.get(here.id, id).n, 1, "an order was acknowledged");
      const due = database.prepare("SELECT count(*) AS n FROM licences WHERE company_id = ? AND status <> 'ended' AND ends_at <= ?");
      if (due.get(here.id, killedAt).n > 0) killedInBetween++;
      // It takes about this long to start again: some come to their end before the next kill, some after it.
      addEnding(database, here.id, round, Date.now() + 2_200);
    });

    await start();
    for (const request of open.filter((one) => one.id === undefined)) {
      await once(request);
      (request.body.email ? members : orders).push(request);
    }
    // A request that was acknowledged answers the same again.
    const some = members[Math.floor(Math.random() * members.length)];
    assert.equal((await once({ ...some })).body.member.id, some.id);
  }

  await pause(4_000);
  for (let times = 0; times < 30; times++) {
    await fetch(`${place.origin}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent(CRON)}`);
  }
  const audit = expectStatus(await here.desk.get(`/api/v1/desk/companies/${here.id}/audit`), 200).body;
  assert.deepEqual(audit.differences, []);
  assert.deepEqual(await here.figures(), [1_000_000 - members.length, 0, members.length, 1_000_000]);
  await worker.kill();
  inFile((database) => {
    const one = (sql, ...values) => ({ ...database.prepare(sql).get(here.id, ...values) });
    assert.deepEqual(one("SELECT count(*) AS n, count(DISTINCT reference) AS kinds FROM orders WHERE company_id = ? AND kind = 'content'"), {
      n: orders.length,
      kinds: orders.length,
    });
    assert.equal(one("SELECT count(*) AS n FROM members WHERE company_id = ? AND email LIKE 'killed.%'").n, members.length);
    const expired = "SELECT count(*) AS n, count(DISTINCT licence_id) AS licences FROM events WHERE company_id = ? AND what = 'licence_expired'";
    assert.deepEqual(one(expired), { n: ROUNDS * ENDING, licences: ROUNDS * ENDING });
    const drawn = "SELECT count(*) AS n, count(DISTINCT licence_id) AS licences FROM events WHERE company_id = ? AND what = 'licence_drawn'";
    assert.deepEqual(one(drawn), { n: ROUNDS * ENDING + members.length, licences: ROUNDS * ENDING + members.length });
    const letters = "SELECT count(*) AS n, count(DISTINCT cause) AS causes FROM outbox WHERE company_id = ? AND letter = 'licence_expired'";
    assert.deepEqual(one(letters), { n: ROUNDS * ENDING, causes: ROUNDS * ENDING });
  });
  for (const { body } of members) {
    assert.ok(lettersAbout(mail, body.email, SUBJECT.invite).length <= 1, `${body.email} was invited twice`);
  }
  assert.ok(members.length > ROUNDS && orders.length >= 1, `${members.length} were added, ${orders.length} orders were placed`);
  console.log(`${ROUNDS} kills: ${members.length} members, ${orders.length} orders, ${ROUNDS * ENDING} licences expired; ${killedInBetween} times with expiries still due`);
});

test(`killed ${ROUNDS} times in the middle of imports, each row is imported exactly once`, async () => {
  await worker.kill();
  await start();
  const here = await company(place, { user: 1_000_000 });
  const [PARTS, ROWS] = [40, 200];
  const files = [];
  let [kills, inBetween] = [0, 0];

  /** Asks until there is an answer: the Worker may be down. */
  const patiently = async (ask) => {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (error.code === "ERR_ASSERTION") throw error;
        await pause(50);
      }
    }
  };
  const send = (method, rest, body, headers) => patiently(() => here.manager.send(method, here.path(rest), { body, headers }));

  while (kills < ROUNDS) {
    const file = files.push({}) - 1;
    const rows = (part) => Array.from({ length: ROWS }, (_, i) => ({ line: part * ROWS + i + 2, email: `row-${file}-${part}-${i}@killed.example` }));
    let [adding, finished] = [false, false];
    const importing = (async () => {
      const draft = { file: `${file}.csv`, separator: ",", header: [], columns: {} };
      const { id } = expectStatus(await send("POST", "imports/drafts", draft, { "idempotency-key": `draft-${file}` }), 201).body;
      for (let part = 0; part < PARTS; part++) {
        expectStatus(await send("PUT", `imports/${id}/parts/${part}`, { rows: rows(part), last: part === PARTS - 1 }), 204);
      }
      let state = expectStatus(await send("GET", `imports/${id}`), 200).body;
      while (state.state !== "done") {
        if (state.state === "draft" || state.state === "stopped") {
          const plan = expectStatus(await send("GET", `imports/${id}/plan`), 200).body;
          // An answer that was lost: it runs already.
          const answer = await send("POST", `imports/${id}/start`, { stamp: plan.stamp });
          if (answer.status !== 200) assert.equal(answer.problem, "import-not-open", answer.text);
        }
        adding = true;
        state = expectStatus(await send("POST", `imports/${id}/step`, {}), 200).body;
      }
      finished = true;
      return state;
    })();
    while (!finished && kills < ROUNDS) {
      // Mostly while people are added, sometimes while rows are still on their way.
      while (!adding && !finished && Math.random() < 0.98) await pause(10);
      await pause(Math.random() * 300);
      if (finished) break;
      kills++;
      adding = false;
      await worker.kill();
      inFile((database) => {
        assert.deepEqual(database.prepare(SOUND).all(here.id), [], `after kill ${kills}`);
        const there = database.prepare("SELECT count(*) AS n FROM members WHERE company_id = ? AND email LIKE ?").get(here.id, `row-${file}-%`).n;
        const said = database.prepare("SELECT added AS n FROM imports WHERE company_id = ? AND file = ?").get(here.id, `${file}.csv`)?.n ?? 0;
        assert.equal(there, said, "what an import says that it has done is what is there");
        if (there > 0 && there < PARTS * ROWS) inBetween++;
      });
      await start();
    }
    assert.equal((await importing).added, PARTS * ROWS);
  }
  const all = files.length * PARTS * ROWS;
  assert.deepEqual(await here.figures(), [1_000_000 - all, 0, all, 1_000_000]);
  const audit = expectStatus(await here.desk.get(`/api/v1/desk/companies/${here.id}/audit`), 200).body;
  assert.deepEqual(audit.differences, []);
  await worker.kill();
  inFile((database) => {
    const one = (sql) => ({ ...database.prepare(sql).get(here.id) });
    assert.deepEqual(one("SELECT count(*) AS n, count(DISTINCT email) AS people FROM members WHERE company_id = ? AND email LIKE 'row-%'"), { n: all, people: all });
    assert.deepEqual(one("SELECT count(*) AS n, count(DISTINCT member_id) AS people FROM licences WHERE company_id = ?"), { n: all, people: all });
    assert.deepEqual(one("SELECT count(*) AS n, sum(quantity) AS people FROM events WHERE company_id = ? AND what = 'users_imported'"), { n: files.length, people: all });
    assert.equal(one("SELECT count(DISTINCT cause) AS n FROM outbox WHERE company_id = ? AND letter = 'invite' AND receiver LIKE 'row-%'").n, all);
  });
  console.log(`${kills} kills: ${files.length} imports of ${PARTS * ROWS} rows; ${inBetween} times in the middle of one`);
});
