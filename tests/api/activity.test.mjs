// The history of a company, as its managers look through it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { expectStatus } from "../../worker/local/steps.mjs";
import { company } from "../support/company.mjs";
import { addMembersBySql, learnerId } from "../support/database.mjs";
import { csv, importFile } from "../support/imports.mjs";
import { start } from "../support/start.mjs";

const DAY = 86_400_000;
const TODAY = new Date().toISOString().slice(0, 10);
let place;
before(async () => (place = await start()));
after(() => place?.close());

const ask = (here, query = "", browser = here.manager) => browser.get(here.path(`activity?${query}`));

/** Every line of a list, page after page. */
async function whole(here, query = "", { most = 300, pages = 400 } = {}) {
  const items = [];
  let after = "";
  for (let page = 0; page < pages; page++) {
    const answer = expectStatus(await ask(here, `${query}${after}`), 200);
    assert.ok(answer.rowsRead <= most, `${answer.rowsRead} rows read for ${query}`);
    items.push(...answer.body.page.items);
    assert.equal(answer.body.looked_until === null, answer.body.page.next === null);
    if (!answer.body.page.next) return items;
    after = `&after=${answer.body.page.next}`;
  }
  throw new Error(`more than ${pages} pages`);
}

const seqs = (lines) => lines.map(({ event }) => event.seq);
const inDatabase = async (here, where, ...values) =>
  (await place.sql(`SELECT seq FROM events WHERE company_id = ?1 AND ${where} ORDER BY seq DESC`, here.id, ...values)).map(({ seq }) => seq);

/** A company with 4,000 events over forty days, among those of another one: what lies apart costs a row each. */
let many;
async function large() {
  if (many) return many;
  const here = await company(place);
  const other = await company(place);
  await addMembersBySql(place, here.id, 1, 20);
  const [{ id: manager }] = await place.sql("SELECT id FROM members WHERE company_id = ?1 AND is_manager", here.id);
  await place.sql(
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 7999)
     INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, kind, quantity)
     SELECT CASE i % 2 WHEN 0 THEN ?1 ELSE ?2 END, ?3 + i * ?4,
       CASE WHEN i % 400 = 0 THEN 'desk' WHEN i % 14 = 0 THEN 'scheduled_run' WHEN i % 6 = 0 THEN 'import' WHEN i % 10 = 0 THEN 'directory_sync' ELSE 'api' END,
       CASE WHEN i % 14 = 0 OR i % 2 = 1 THEN NULL ELSE ?5 END, CASE WHEN i % 14 = 0 THEN NULL ELSE 'Sam Okafor' END,
       CASE WHEN i % 1000 = 0 THEN 'settings_changed' WHEN i % 22 = 0 THEN 'invite_sent' WHEN i % 12 = 0 THEN 'member_added' ELSE 'licence_drawn' END, 0,
       CASE WHEN i % 1000 = 0 OR i % 2 = 1 THEN NULL ELSE printf('m%021d', 1 + i % 20) END, CASE WHEN i % 12 = 0 OR i % 22 = 0 OR i % 1000 = 0 THEN NULL ELSE 'user' END, 1 FROM n`,
    here.id, other.id, Date.now() - 40 * DAY, (40 * DAY) / 8000, manager,
  );
  return (many = { here, manager });
}

test("the history is whole, newest first, and a page reads about what it shows", async () => {
  const { here } = await large();
  const lines = await whole(here);
  assert.deepEqual(seqs(lines), await inDatabase(here, "true"));
  assert.ok(lines.length > 4000);
  const few = await company(place);
  assert.ok((await ask(here)).rowsRead <= (await ask(few)).rowsRead + 200);
});

test("whatever it is narrowed down to, exactly that is found, and a page reads about what it shows", async () => {
  const { here, manager } = await large();
  const topics = { settings: "what IN ('settings_changed', 'company_created')", invites: "what LIKE 'invite%'", people: "what = 'member_added'", licences: "what = 'licence_drawn'", expiry: "false", sync: "false", orders: "what LIKE 'order%'" };
  const ways = { hand: "door IN ('api', 'add_user', 'invite')", import: "door = 'import'", sync: "door = 'directory_sync'", rule: "door = 'scheduled_run'", desk: "door = 'desk'" };
  for (const [topic, where] of Object.entries(topics)) assert.deepEqual(seqs(await whole(here, `topic=${topic}`)), await inDatabase(here, where), topic);
  for (const [way, where] of Object.entries(ways)) assert.deepEqual(seqs(await whole(here, `door=${way}`)), await inDatabase(here, where), way);
  assert.deepEqual(seqs(await whole(here, "topic=settings&door=desk")), await inDatabase(here, `${topics.settings} AND ${ways.desk}`));
  const day = (back) => new Date(Date.now() - back * DAY).toISOString().slice(0, 10);
  const range = (from, until) => `at >= ${Date.parse(from)} AND at < ${Date.parse(until) + DAY}`;
  for (const [from, until] of [[30, 28], [20, 20], [3, 0], [39, 38]]) {
    const days = `from=${day(from)}&until=${day(until)}`;
    assert.deepEqual(seqs(await whole(here, days)), await inDatabase(here, range(day(from), day(until))), days);
    assert.deepEqual(seqs(await whole(here, `${days}&topic=invites&door=rule`)), await inDatabase(here, `${range(day(from), day(until))} AND ${topics.invites} AND ${ways.rule}`));
  }
  assert.deepEqual(seqs(await whole(here, `until=${day(35)}`)), await inDatabase(here, range("1970-01-01", day(35))));
  assert.deepEqual(await whole(here, `from=${day(3)}&until=${day(9)}`), []);
  assert.deepEqual(await whole(here, "from=2037-01-01"), []);
  // Who it happened to, and who did it.
  const person = learnerId(3);
  assert.deepEqual(seqs(await whole(here, `person=${person}`)), await inDatabase(here, "member_id = ?2", person));
  assert.deepEqual(seqs(await whole(here, `person=${person}&topic=invites`, { most: 450 })), await inDatabase(here, `member_id = ?2 AND ${topics.invites}`, person));
  const own = `(member_id = ?2 OR actor_id = ?2 AND (headline OR ${ways.hand}))`;
  assert.deepEqual(seqs(await whole(here, `person=${manager}`)), await inDatabase(here, own, manager));
  assert.deepEqual(seqs(await whole(here, `person=${manager}&topic=settings`, { most: 450 })), await inDatabase(here, `${own} AND ${topics.settings}`, manager));
});

test("a line says who did what to whom, through which door, and when it is sealed", async () => {
  const here = await company(place, { user: 20 });
  const pia = (await here.add(undefined, { name: "Pia Lindqvist" })).member;
  expectStatus(await importFile(here, csv(3), "?apply=true"), 201);
  await place.scheduled();
  const lines = await whole(here);
  const added = lines.find(({ event, member_id: id }) => event.what === "member_added" && id === pia.id);
  assert.deepEqual([added.event.actor, added.event.member, added.way, added.actor_id], ["Sam Okafor", "Pia Lindqvist", "hand", here.manager.session.identity.id]);
  assert.ok(added.seal >= 1);
  const drawn = lines.find(({ event, member_id: id }) => event.what === "licence_drawn" && id === pia.id);
  assert.deepEqual([drawn.event.kind, drawn.event.quantity, drawn.to], ["user", 1, "pending"]);
  assert.ok(drawn.licence_id && drawn.lot_id && drawn.ends_at > Date.now());
  const imported = lines.filter(({ way }) => way === "import");
  assert.ok(imported.filter(({ file, import_id: id }) => file && id).length >= 6, JSON.stringify(imported));
  const assigned = lines.find(({ event }) => event.what === "order_assigned");
  assert.deepEqual([assigned.way, assigned.actor_id, assigned.event.order_id !== null], ["desk", null, true]);
  const { body } = await ask(here, `person=${pia.id}`);
  assert.deepEqual([body.person, body.page.items.every(({ member_id: id }) => id === pia.id)], ["Pia Lindqvist", true]);
  // Whom the desk looks after, the desk sees; other companies see nothing.
  assert.deepEqual(seqs(expectStatus(await ask(here, "", here.desk), 200).body.page.items).slice(0, 5), seqs(lines).slice(0, 5));
  const other = await company(place);
  assert.equal((await ask(here, "", other.manager)).status, 404);
  assert.deepEqual((await ask(other, `person=${pia.id}`)).body, { page: { items: [], next: null }, looked_until: null, person: null });
});

test("the history is exported as it is narrowed down, as CSV that is safe in a spreadsheet, and as JSON", async () => {
  const { here } = await large();
  await here.give("user", 1);
  await here.add("formula@example.com", { name: "=HYPERLINK(\"x\")" });
  const file = await here.manager.get(here.path("activity/export?format=csv"));
  assert.match(file.headers["content-type"], /^text\/csv/);
  assert.match(file.headers["content-disposition"], /activity\.csv/);
  const lines = file.text.trim().split("\r\n");
  assert.equal(lines.length, 1 + (await inDatabase(here, "true")).length);
  assert.match(lines[0], /^\ufeff?time,who,door,what/);
  assert.ok(file.text.includes("\"'=HYPERLINK(\"\"x\"\")\""));
  const json = JSON.parse((await here.manager.get(here.path("activity/export?format=json&topic=settings"))).text);
  assert.deepEqual(seqs(json), await inDatabase(here, "what IN ('settings_changed', 'company_created')"));
  assert.deepEqual(JSON.parse((await here.manager.get(here.path("activity/export?format=json&from=2037-01-01"))).text), []);
  const other = await company(place);
  assert.equal((await other.manager.get(here.path("activity/export"))).status, 404);
});

test("what isn't understood narrows nothing down, but a day must be one", async () => {
  const here = await company(place);
  const all = seqs(await whole(here));
  for (const query of ["topic=nonsense", "door=nonsense", "after=nonsense", "after=99999999999999999999", "topic=&door=&person=&from="]) {
    assert.deepEqual(seqs(await whole(here, query)), all, query);
  }
  assert.deepEqual(await whole(here, "after=-1"), []);
  assert.deepEqual(await whole(here, `person=${encodeURIComponent("' OR 1=1")}`), []);
  for (const name of ["from", "until"]) {
    const answer = await ask(here, `${name}=2026-02-30`);
    assert.deepEqual([answer.status, answer.body.field], [422, name]);
  }
  assert.deepEqual(seqs(await whole(here, `from=${TODAY}`)), all);
});
