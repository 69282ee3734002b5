// The account managers' desk: companies, what ends, what is overdrawn, corrections, colleagues.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assign, expectStatus, letter, lettersAbout, requestLicences, signIn, SUBJECT } from "../../worker/local/steps.mjs";
import { sound } from "../support/audit.mjs";
import { address, company } from "../support/company.mjs";
import { addLearnersBySql, endLotAt } from "../support/database.mjs";
import { settled } from "../support/settle.mjs";
import { DESK, start } from "../support/start.mjs";

const DAY = 86_400_000;
const onDay = (at) => new Date(at).toISOString().slice(0, 10);

let place, desk;
before(async () => {
  place = await start();
  desk = await place.desk();
});
after(() => place?.close());

const get = async (path, browser = desk) => expectStatus(await browser.get(`/api/v1/desk/${path}`), 200).body;
/** All rows of one of the desk's lists. */
async function all(path, browser = desk) {
  const rows = [];
  for (let after = ""; ; ) {
    const page = await get(`${path}${path.includes("?") ? "&" : "?"}${after}`, browser);
    rows.push(...page.items);
    if (!page.next) return rows;
    after = `after=${encodeURIComponent(page.next)}`;
  }
}
const reduce = (here, lot, body) => desk.post(`/api/v1/desk/companies/${here.id}/lots/${lot}/reduction`, body);
const extend = (here, lot, body) => desk.post(`/api/v1/desk/companies/${here.id}/lots/${lot}/extension`, body);
const lots = async (here) => (await here.manager.get(here.path("lots"))).body.items;
const recent = async (here) => (await here.manager.get(here.path("dashboard"))).body.recent;

/** Somebody new at the desk, signed in. */
async function colleague(role = "account_manager", name = "Kim Larsen") {
  const email = address("colleague");
  const page = expectStatus(await desk.post("/api/v1/desk/staff", { email, name, phone: "+45 12 34 56 78", role }), 201).body;
  const line = page.items.find((one) => one.email === email);
  return { ...line, browser: await signIn(place, email) };
}

test("a company is created with its first manager, who gets an invite at once", async () => {
  const email = address("first");
  const body = { name: "First Steps Ltd", platform_url: "https://learn.example.com", content_with_user: true, manager: { email, name: "Ada First" } };
  const made = expectStatus(await desk.post("/api/v1/desk/companies", body), 201).body;
  const invite = await letter(place.mail, email, SUBJECT.invite);
  assert.match(invite.text, /manage the learning licences of First Steps Ltd/);
  const page = await get(`companies/${made.id}`);
  assert.deepEqual(page.managers.map((one) => [one.name, one.invited]), [["Ada First", true]]);
  assert.equal(page.settings.content_with_user, true);
  assert.equal(page.account_manager.email, DESK);
});

test("what is wrong with the first manager makes no company", async () => {
  const count = async () => (await place.sql("SELECT count(*) AS n FROM companies"))[0].n;
  const before = await count();
  const bad = await desk.post("/api/v1/desk/companies", { name: "Never There", manager: { email: "nonsense" } });
  assert.equal(bad.body.field, "email", bad.text);
  const worse = await desk.post("/api/v1/desk/companies", { name: "Never There", manager: { email: address(), name: "a\nb" } });
  assert.equal(worse.body.field, "manager_name", worse.text);
  assert.equal(await count(), before);
});

test("companies are found by the start of any word of their names, in any case, with or without accents, own or all", async () => {
  const names = ["Zebra Öl Works", "Öl & Zebra", "zebrafish learning zebra", "Quiet Harbour"];
  for (const name of names) expectStatus(await desk.post("/api/v1/desk/companies", { name }), 201);
  const search = async (text, more = "", browser = desk) =>
    (await all(`companies?search=${encodeURIComponent(text)}${more}`, browser)).map((line) => line.name).sort();
  assert.deepEqual(await search("zebra"), ["Zebra Öl Works", "zebrafish learning zebra", "Öl & Zebra"]);
  assert.deepEqual(await search("ÖL"), ["Zebra Öl Works", "Öl & Zebra"]);
  assert.deepEqual(await search("ol"), ["Zebra Öl Works", "Öl & Zebra"], "who has no such key finds them too");
  assert.deepEqual(await search("öl work"), ["Zebra Öl Works"], "several words are one beginning");
  assert.deepEqual(await search("ebra"), [], "the middle of a word is none");
  assert.deepEqual(await search("quiet"), ["Quiet Harbour"]);
  assert.deepEqual(await search("'; DROP TABLE companies; --"), []);
  assert.deepEqual(await search("%"), []);
  const other = await colleague();
  assert.deepEqual(await search("zebra", "&own=true", other.browser), []);
  assert.equal((await search("zebra", "&own=true")).length, 3);
  const quiet = (await all("companies?search=quiet"))[0];
  expectStatus(await desk.send("PUT", `/api/v1/desk/companies/${quiet.id}/name`, { body: { name: "Loud Harbour" } }), 200);
  assert.deepEqual(await search("quiet"), [], "a renamed company is found by its new name alone");
  assert.deepEqual(await search("loud"), ["Loud Harbour"]);
});

test("companies stand in the order of the alphabet, whatever the case and the accents", async () => {
  const { id, browser } = await colleague();
  const names = ["émile & sons", "Zypern Reisen", "Österreich Bahn", "acme", "Éclair", "Oslo Ferries"];
  for (const name of names) expectStatus(await browser.post("/api/v1/desk/companies", { name }), 201);
  const own = async () => (await all("companies?own=true", browser)).map((line) => line.name);
  assert.deepEqual(await own(), ["acme", "Éclair", "émile & sons", "Oslo Ferries", "Österreich Bahn", "Zypern Reisen"], id);
  const [first] = await all("companies?own=true", browser);
  expectStatus(await browser.send("PUT", `/api/v1/desk/companies/${first.id}/name`, { body: { name: "Übersee" } }), 200);
  assert.deepEqual(await own(), ["Éclair", "émile & sons", "Oslo Ferries", "Österreich Bahn", "Übersee", "Zypern Reisen"]);
});

test("a search goes page by page and shows each company once", async () => {
  for (let i = 0; i < 60; i++) expectStatus(await desk.post("/api/v1/desk/companies", { name: `Paged paged number ${i}` }), 201);
  const found = await all("companies?search=paged");
  assert.equal(found.length, 60);
  assert.equal(new Set(found.map((line) => line.id)).size, 60);
  const names = (await all("companies")).map((line) => line.name.toLowerCase().normalize("NFD").replace(/\p{Mark}/gu, ""));
  assert.deepEqual(names, names.toSorted(), "all of them by name");
});

test("unused licences are taken out of a lot, with a reason that stands in the history; used ones never", async () => {
  const here = await company(place, { user: 10 });
  await here.learner();
  await here.add();
  const [lot] = await lots(here);
  const nobody = await reduce(here, lot.id, { from: 10, to: 6, reason: " " });
  assert.equal(nobody.body.field, "reason", nobody.text);
  const after = expectStatus(await reduce(here, lot.id, { from: 10, to: 6, reason: "Ordered twice by mistake" }), 200).body;
  assert.equal(after.items[0].quantity, 6);
  assert.deepEqual(await here.figures(), [4, 1, 1, 6]);
  const [event] = await recent(here);
  assert.deepEqual([event.what, event.quantity, event.note, event.actor], ["lot_reduced", 4, "Ordered twice by mistake", "Robin Hale"]);
  const stale = await reduce(here, lot.id, { from: 10, to: 5, reason: "Again" });
  assert.equal(stale.problem, "lot-changed", stale.text);
  const used = await reduce(here, lot.id, { from: 6, to: 1, reason: "Too far" });
  assert.equal(used.problem, "lot-changed", used.text);
  for (const to of [6, 7, -1]) {
    const more = await reduce(here, lot.id, { from: 6, to, reason: "No" });
    assert.equal(more.body.field, "to", more.text);
  }
  expectStatus(await reduce(here, lot.id, { from: 6, to: 2, reason: "Down to what is used" }), 200);
  assert.deepEqual(await here.figures(), [0, 1, 1, 2]);
  const other = await company(place);
  assert.equal((await reduce(other, lot.id, { from: 2, to: 2, reason: "x" })).status, 422);
  assert.equal((await reduce(other, lot.id, { from: 3, to: 2, reason: "x" })).problem, "not-found");
  await sound(place, here);
});

test("a lot is reduced once by twenty who do it at once, and never below what is drawn meanwhile", async () => {
  const here = await company(place, { user: 30 });
  const [lot] = await lots(here);
  const answers = await Promise.all(Array.from({ length: 20 }, () => reduce(here, lot.id, { from: 30, to: 20, reason: "Once" })));
  assert.equal(answers.filter((answer) => answer.status === 200).length, 1);
  const race = await Promise.all([
    reduce(here, lot.id, { from: 20, to: 0, reason: "All" }),
    ...Array.from({ length: 10 }, () => here.manager.post(here.path("members"), { email: address("racer") })),
  ]);
  const drawn = race.slice(1).filter((answer) => answer.status === 201).length;
  assert.ok(race[0].status === 200 ? drawn === 0 : drawn === 10, race.map((answer) => answer.status).join(" "));
  await sound(place, here);
});

test("a lot ends later, and so do the licences that ended with it; those with an end of their own don't", async () => {
  const here = await company(place, { user: 3 });
  const { member: stays } = await here.add();
  const { member: leaves } = await here.add();
  const own = onDay(Date.now() + 30 * DAY);
  expectStatus(await here.manager.send("PUT", here.path(`members/${leaves.id}/end`), { body: { ends_on: own } }), 200);
  const [lot] = await lots(here);
  const later = onDay(lot.ends_at + 45 * DAY);
  const after = expectStatus(await extend(here, lot.id, { ends_on: later, reason: "The course runs longer" }), 200).body;
  assert.equal(onDay(after.items[0].ends_at), later);
  const end = async (id) => onDay((await here.manager.get(here.path(`members/${id}`))).body.member.user.ends_at);
  assert.equal(await end(stays.id), later);
  assert.equal(await end(leaves.id), own);
  const [event] = await recent(here);
  assert.deepEqual([event.what, event.note], ["lot_extended", "The course runs longer"]);
  for (const ends_on of [later, onDay(lot.starts_at), "2099-01-01", "nonsense"]) {
    const answer = await extend(here, lot.id, { ends_on, reason: "No" });
    assert.equal(answer.body.field, "ends_on", `${ends_on}: ${answer.text}`);
  }
  await sound(place, here);
});

test("what ends in the next 120 days is listed, the first first, with its renewal; own or all; and exported", async () => {
  const soon = await company(place, { user: 5, name: "Ending Soon" });
  const late = await company(place, { user: 5, name: "=Ending Later" });
  const never = await company(place, { user: 5, name: "Ending Never" });
  const [first] = await lots(soon);
  const [second] = await lots(late);
  await endLotAt(place, soon.id, first.id, Date.now() + 20 * DAY);
  await endLotAt(place, late.id, second.id, Date.now() + 119 * DAY);
  const order = expectStatus(await soon.manager.post(soon.path("orders"), { kind: "user", quantity: 5, renews: first.id }), 201).body;
  const names = (rows) => rows.map((row) => row.company).filter((name) => name.includes("Ending"));
  const rows = await all("ending");
  assert.deepEqual(names(rows), ["Ending Soon", "=Ending Later"]);
  assert.equal(rows.find((row) => row.company === "Ending Soon").lot.renewal, order.number);
  assert.ok(!names(rows).includes(never.name));
  const other = await colleague();
  assert.deepEqual(await all("ending?own=true", other.browser), []);
  assert.deepEqual(names(await all("ending?own=true")), ["Ending Soon", "=Ending Later"]);
  const csv = await desk.get("/api/v1/desk/export?list=ending");
  assert.equal(csv.status, 200);
  assert.match(csv.text, /^\ufeffcompany,account manager,/);
  assert.match(csv.text, /'=Ending Later/, "a spreadsheet must not take a name for a formula");
  assert.match(csv.text, /Ending Soon,Robin Hale,ORD-0001,user,5,0,/);
  const found = await desk.get("/api/v1/desk/export?list=companies&search=later");
  assert.deepEqual(found.text.trim().split("\r\n").map((line) => line.split(",")[0]), ["company", "'=Ending Later"], "as it was searched for");
  const wrong = await desk.get("/api/v1/desk/export?list=everything");
  assert.equal(wrong.body.field, "list", wrong.text);
});

test("what is overdrawn is listed since when, until it is settled", async () => {
  const here = await company(place, { name: "Over the Edge" });
  // A directory sync is the only door that overdraws; its rule is tested with the store.
  const { member } = await (async () => {
    await here.give("user", 1);
    return here.add();
  })();
  const since = Date.now() - 3 * DAY;
  await place.sql(
    "UPDATE licences SET lot_id = (SELECT id FROM lots WHERE company_id = ?1 AND kind = 'user' AND overdraft = 1) WHERE company_id = ?1 AND member_id = ?2",
    here.id, member.id,
  );
  await place.sql("UPDATE lots SET overdrawn_since = ?2 WHERE company_id = ?1 AND kind = 'user' AND overdraft = 1", here.id, since);
  const line = (await all("overdrawn")).find((row) => row.company_id === here.id);
  assert.deepEqual([line.company, line.kind, line.overdrawn, line.since], ["Over the Edge", "user", 1, since]);
  const order = await requestLicences(here.manager, here.id, "user", 4);
  assert.equal((await all("overdrawn?own=true")).find((row) => row.company_id === here.id).waiting_order, order.number);
  assert.match((await desk.get("/api/v1/desk/export?list=overdrawn")).text, /Over the Edge/);
  assert.equal((await all("companies?search=over the")).at(0).overdrawn, 1);
  await assign(desk, order.id);
  assert.equal((await all("overdrawn")).find((row) => row.company_id === here.id), undefined, "settled, so it is over");
});

test("somebody is invited to the desk, signs in, changes their own number, and not their role", async () => {
  const { id, browser, email } = await colleague();
  await letter(place.mail, email, /desk/i);
  assert.equal(browser.session.identity.role.administrator, false);
  const change = (who, body, by = browser) => by.send("PUT", `/api/v1/desk/staff/${who}`, { body });
  const own = expectStatus(await change(id, { name: "Kim B. Larsen", phone: "+45 99", role: "administrator" }), 200).body;
  const line = own.items.find((one) => one.id === id);
  assert.deepEqual([line.name, line.phone, line.role], ["Kim B. Larsen", "+45 99", "account_manager"]);
  const others = own.items.find((one) => one.email === DESK);
  assert.equal((await change(others.id, { name: "Nobody", role: "account_manager" })).problem, "not-allowed");
  for (const [method, path, body] of [["POST", "staff", { email: address(), name: "X" }], ["POST", `staff/${others.id}/removed`, {}]]) {
    assert.equal((await browser.send(method, `/api/v1/desk/${path}`, { body })).problem, "not-allowed");
  }
  const again = await desk.post("/api/v1/desk/staff", { email: email.toUpperCase(), name: "Twice" });
  assert.equal(again.problem, "already-staff", again.text);
  expectStatus(await change(id, { name: "Kim Larsen", phone: "+45 1", role: "administrator" }, desk), 200);
  assert.equal((await browser.get("/api/v1/session")).body.session.identity.role.administrator, true, "at the very next request");
});

test("the desk keeps an administrator, and nobody removes themselves", async () => {
  const page = await get("staff");
  const me = page.items.find((one) => one.email === DESK);
  assert.equal((await desk.post(`/api/v1/desk/staff/${me.id}/removed`, {})).problem, "own-account");
  for (const other of page.items.filter((one) => one.role === "administrator" && one.id !== me.id)) {
    expectStatus(await desk.send("PUT", `/api/v1/desk/staff/${other.id}`, { body: { name: other.name, role: "account_manager" } }), 200);
  }
  const last = await desk.send("PUT", `/api/v1/desk/staff/${me.id}`, { body: { name: me.name, role: "account_manager" } });
  assert.equal(last.problem, "last-administrator", last.text);
});

test("a company is handed over: its orders wait for the colleague, who is told, and the company sees the new name", async () => {
  const here = await company(place, { user: 2, name: "Handed Over" });
  const order = await requestLicences(here.manager, here.id, "user", 3);
  const kim = await colleague();
  const page = expectStatus(await desk.send("PUT", `/api/v1/desk/companies/${here.id}/account-manager`, { body: { staff: kim.id } }), 200).body;
  assert.equal(page.account_manager.email, kim.email);
  assert.match((await letter(place.mail, kim.email, /Handed Over/)).text, /Robin Hale/);
  assert.deepEqual((await all("orders?own=true", kim.browser)).map((row) => row.order.id), [order.id]);
  assert.ok(!(await all("orders?own=true")).some((row) => row.order.id === order.id));
  assert.ok((await all("orders")).some((row) => row.order.id === order.id), "in the list of all it stays");
  assert.equal((await here.manager.get("/api/v1/session")).body.session.account_manager.name, kim.name);
  const [event] = await recent(here);
  assert.equal(event.what, "account_manager_changed");
  await here.manager.post(here.path("orders"), { kind: "user", quantity: 1 });
  await letter(place.mail, kim.email, SUBJECT.orderReceived);
  const nobody = await desk.send("PUT", `/api/v1/desk/companies/${here.id}/account-manager`, { body: { staff: "nobody" } });
  assert.equal(nobody.problem, "not-found", nobody.text);
});

test("whoever is removed hands their companies over first, and is signed out at once", async () => {
  const [kim, lee] = [await colleague(), await colleague("account_manager", "Lee Hart")];
  const made = expectStatus(await kim.browser.post("/api/v1/desk/companies", { name: "Kim's company" }), 201).body;
  const alone = await desk.post(`/api/v1/desk/staff/${kim.id}/removed`, {});
  assert.equal(alone.problem, "looks-after-companies", alone.text);
  assert.equal((await desk.post(`/api/v1/desk/staff/${kim.id}/removed`, { to: kim.id })).problem, "looks-after-companies");
  assert.equal((await desk.post(`/api/v1/desk/staff/${kim.id}/removed`, { to: "nobody" })).problem, "looks-after-companies");
  const page = expectStatus(await desk.post(`/api/v1/desk/staff/${kim.id}/removed`, { to: lee.id }), 200).body;
  assert.ok(!page.items.some((one) => one.id === kim.id));
  assert.deepEqual([page.history[0].what, page.history[0].person, page.history[0].actor], ["removed", kim.name, "Robin Hale"]);
  assert.equal((await kim.browser.get("/api/v1/desk/orders")).problem, "not-signed-in");
  assert.equal((await get(`companies/${made.id}`)).account_manager.email, lee.email);
  await settled(place.mail.letters);
  expectStatus(await place.browser().post("/api/v1/sign-in-links", { email: kim.email }), 202);
  await settled(place.mail.letters);
  assert.equal(lettersAbout(place.mail, kim.email, SUBJECT.signIn).length, 1, "no new way in");
  const back = expectStatus(await desk.post("/api/v1/desk/staff", { email: kim.email, name: "Kim Again" }), 201).body;
  assert.ok(back.items.some((one) => one.id === kim.id && one.name === "Kim Again"), "the same record, brought back");
});

test("settings are changed from the desk, and the company's history says by whom", async () => {
  const here = await company(place);
  const settings = (await desk.get(here.path("settings"))).body;
  const path = `/api/v1/desk/companies/${here.id}/settings`;
  expectStatus(await desk.send("PUT", path, { body: { ...settings, invite_days: 14 } }), 200);
  assert.equal((await here.manager.get(here.path("settings"))).body.invite_days, 14);
  const [event] = await recent(here);
  assert.deepEqual([event.what, event.actor], ["settings_changed", "Robin Hale"]);
  assert.equal((await desk.send("PUT", here.path("settings"), { body: settings })).problem, "not-allowed", "not as the company itself");
  const nowhere = await desk.send("PUT", "/api/v1/desk/companies/nowhere/settings", { body: settings });
  assert.equal(nowhere.problem, "not-found", nowhere.text);
});

test("the desk's lists read rows in proportion to what they show, with 1,000 companies of 100 learners", async () => {
  const here = await company(place, { user: 200, name: "Aardvark Proportions" });
  await addLearnersBySql(place, here.id, 1, 100);
  const me = (await desk.get("/api/v1/session")).body.session.identity.id;
  const other = await colleague();
  const database = await place.database();
  const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)";
  // Each 20th company is the colleague's.
  const owner = "CASE WHEN i % 20 = 0 THEN ?2 ELSE ?1 END";
  const soon = Date.now() + 10 * DAY;
  await database.batch([
    database.prepare(`${numbers} INSERT INTO companies (id, name, sort_name, account_manager_id, created_at) SELECT 'many' || i, 'Many ' || printf('%04d', i), 'many ' || printf('%04d', i), ${owner}, 1 FROM n`).bind(me, other.id),
    database.prepare(`${numbers} INSERT INTO company_words (words, company_id, account_manager_id) SELECT 'many ' || printf('%04d', i), 'many' || i, ${owner} FROM n UNION ALL SELECT printf('%04d', i), 'many' || i, ${owner} FROM n`).bind(me, other.id),
    database.prepare(`${numbers} INSERT INTO orders (company_id, id, number, kind, quantity, requested_by, requested_at, account_manager_id) SELECT 'many' || i, 'order' || i, 1, 'user', 10, 'Somebody', i, ${owner} FROM n`).bind(me, other.id),
    database.prepare(`${numbers} INSERT INTO lots (company_id, id, kind, order_id, quantity, starts_at, ends_at, opened_at, account_manager_id) SELECT 'many' || i, 'lot' || i, 'user', 'order' || i, 100, 1, ?3 + i, 1, ${owner} FROM n`).bind(me, other.id, soon),
    database.prepare(`${numbers} INSERT INTO lots (company_id, id, kind, overdraft, quantity, starts_at, ends_at, opened_at, account_manager_id) SELECT 'many' || i, 'over' || i, 'user', 1, 0, 1, 253402300799000, 1, ${owner} FROM n`).bind(me, other.id),
    database.prepare(`${numbers}, k(j) AS (SELECT 1 UNION ALL SELECT j + 1 FROM k WHERE j < 100) INSERT INTO members (company_id, id, email, email_typed, sort_name, is_learner, is_manager, created_at, joined_at) SELECT 'many' || i, 'm' || j, i || '-' || j || '@many.example', i || '-' || j || '@many.example', 'x', 1, 0, 1, 1 FROM n, k`),
    database.prepare(`${numbers}, k(j) AS (SELECT 1 UNION ALL SELECT j + 1 FROM k WHERE j < 100) INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, activated_at, ends_at, active_on) SELECT 'many' || i, 'm' || j, 'l' || j, 'lot' || i, 'user', 'in_use', 1, 1, ?1 + i, 20000 FROM n, k WHERE i <= 300`).bind(soon),
  ]);
  const cost = async (path, browser) => {
    const answer = expectStatus(await browser.get(`/api/v1/desk/${path}`), 200);
    return { shown: answer.body.items.length, read: answer.rowsRead };
  };
  const seen = {};
  for (const path of ["orders", "orders?own=true", "companies", "companies?own=true", "companies?search=many", "companies?search=0123", "companies?search=many&own=true", "ending", "ending?own=true", "overdrawn", "overdrawn?own=true"]) {
    const { shown, read } = await cost(path, other.browser);
    seen[path] = `${read} read for ${shown}`;
    // A row of a list is a company with its lots, its account manager, its orders: a dozen rows.
    assert.ok(read <= 40 + 16 * Math.max(shown, 1), `${path}: ${JSON.stringify(seen)}`);
  }
  console.log(JSON.stringify(seen));
});
