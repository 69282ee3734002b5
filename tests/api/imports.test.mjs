// Imports of users from files: planned, started, stopped, gone on with, undone; by one request or part by part.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../worker/local/places.mjs";
import { SUBJECT, acceptInvite, expectStatus, lettersAbout, letter } from "../../worker/local/steps.mjs";
import { sound } from "../support/audit.mjs";
import { address, company } from "../support/company.mjs";
import { databaseDump } from "../support/database.mjs";
import { csv, importFile, plan, startImport, step, steps } from "../support/imports.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => (place = await start()));
after(() => place?.close());

const planned = async (here, raw, type) => expectStatus(await importFile(here, raw, "?file=new-starters.csv", type), 201).body;
const show = async (here, id) => expectStatus(await here.manager.get(here.path(`imports/${id}`)), 200).body;
const people = async (here) => (await here.manager.get(here.path("members"))).body.items.map(({ email }) => email).sort();
const counts = async (here) => expectStatus(await here.manager.get(here.path("members/counts")), 200).body;
const draft = async (here) => expectStatus(await here.manager.post(here.path("imports/drafts"), { file: "x.csv", separator: ",", header: ["email"], columns: { email: 0 } }), 201).body;
const part = (here, id, number, rows, more = {}) => here.manager.put(here.path(`imports/${id}/parts/${number}`), { rows, ...more });
const rows = (...emails) => emails.map((email, index) => ({ line: index + 2, email }));

test("a file is planned without a trace, and imported as planned", async () => {
  const here = await company(place, { user: 5 });
  await here.add("known@import.example");
  const file = "E-Mail;Vorname;Nachname;Abteilung\r\nines@import.example;Ines;Carvalho;Sales\r\nKNOWN@import.example;;;\r\nines@IMPORT.example;;;\r\nli@@import.example;Li;Wei;\r\n";
  const before = await here.figures();
  const shown = await planned(here, file);
  assert.deepEqual(await here.figures(), before);
  assert.deepEqual([shown.new, shown.known, shown.removed, shown.import.repeated, shown.import.unreadable], [1, 1, 0, 1, 1]);
  assert.deepEqual(shown.new_groups, ["Sales"]);
  assert.deepEqual(shown.capacity, [{ kind: "user", needed: 1, available: 4, short: 0 }]);
  const done = await steps(here, shown);
  assert.deepEqual([done.state, done.added, done.worked_off], ["done", 1, 2]);
  assert.deepEqual(await here.figures(), [3, 0, 2, 5]);
  const page = (await here.manager.get(here.path("members?search=carvalho"))).body.items;
  assert.deepEqual(page.map(({ name, email, group, standing }) => [name, email, group, standing]), [["Ines Carvalho", "ines@import.example", "Sales", "pending"]]);
  await letter(place.mail, "ines@import.example", SUBJECT.invite);
  const learner = await acceptInvite(place, "ines@import.example");
  assert.equal((await learner.get("/api/v1/me/licences")).body.licences.length, 1);
  await sound(place, here);
});

test("one event tells of an import as a whole, and one of each who came", async () => {
  const here = await company(place, { user: 3 });
  const { import: { id } } = await planned(here, csv(3));
  await steps(here, await plan(here, id));
  const events = await place.sql("SELECT what, headline, quantity, belongs_to, door FROM events WHERE company_id = ?1 AND belongs_to = ?2", here.id, id);
  const of = (what) => events.filter((event) => event.what === what);
  assert.deepEqual(of("users_imported").map(({ headline, quantity }) => [headline, quantity]), [[1, 3]]);
  assert.deepEqual([of("member_added").length, of("licence_drawn").length], [3, 3]);
  assert.ok(of("member_added").every(({ headline, door }) => headline === 0 && door === "import"));
  assert.match((await here.manager.get(here.path("dashboard"))).body.recent[0].what, /users_imported/);
});

test("the same file again adds nobody", async () => {
  const here = await company(place, { user: 10 });
  const file = csv(4);
  await steps(here, await planned(here, file));
  const again = await planned(here, file);
  assert.deepEqual([again.new, again.known], [0, 4]);
  assert.equal((await steps(here, again)).added, 0);
  assert.deepEqual(await here.figures(), [6, 0, 4, 10]);
});

test("too few licences: it says how short, and imports the first that fit when asked to", async () => {
  const here = await company(place, { user: 2 });
  const shown = await planned(here, csv(5, { prefix: "short" }));
  assert.deepEqual([shown.fits, shown.capacity[0].short], [2, 3]);
  const refused = await startImport(here, shown.import.id, { stamp: shown.stamp });
  assert.deepEqual([refused.status, refused.problem, refused.body.short_by, refused.body.available], [409, "not-enough-licences", 3, 2]);
  assert.deepEqual(refused.body.ways_out, ["request_user_licences"]);
  assert.equal((await show(here, shown.import.id)).state, "draft");
  const done = await steps(here, shown, { first: 2 });
  assert.deepEqual([done.added, done.left_out, done.state], [2, 3, "done"]);
  const answer = await here.manager.get(here.path(`imports/${shown.import.id}/refused`));
  assert.match(answer.headers["content-disposition"], /^attachment/);
  const lines = answer.text.trimEnd().split("\r\n");
  assert.match(lines[0], /^\ufeffemail,name,/);
  assert.deepEqual(lines.slice(1).map((line) => line.split(",")[0]), ["short-3@import.example", "short-4@import.example", "short-5@import.example"]);
  assert.match(lines[1], /no licence left/);
});

test("licences that are set aside for a group count for its members alone", async () => {
  const here = await company(place, { user: 1 });
  const group = expectStatus(await here.manager.post(here.path("groups"), { name: "North" }), 201).body;
  const order = expectStatus(await here.manager.post(here.path("orders"), { kind: "user", quantity: 2, group: group.id }), 201).body;
  expectStatus(await here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, { months: 12 }), 200, 201);
  const file = (...groups) => `email,group\n${groups.map((name, index) => `aside-${index}-${here.id}@import.example,${name}`).join("\n")}\n`;
  assert.equal((await planned(here, file("north", "", "", "North"))).fits, 2, "the third has no licence");
  const shown = await planned(here, file("North", "", "NORTH"));
  assert.equal(shown.fits, 3);
  assert.deepEqual(shown.new_groups, [], "however it is spelt");
  assert.equal((await steps(here, shown)).added, 3);
  assert.deepEqual(await here.figures(), [0, 0, 3, 3]);
  await sound(place, here);
});

test("what every new user also gets has to be there too (C5)", async () => {
  const here = await company(place, { user: 5, content: 1 });
  const { body: settings } = await here.manager.get(here.path("settings"));
  expectStatus(await here.manager.put(here.path("settings"), { ...settings, content_with_user: true }), 200);
  const shown = await planned(here, csv(3));
  assert.deepEqual(shown.capacity.map(({ kind, short }) => [kind, short]), [["user", 0], ["content", 2]]);
  const refused = await startImport(here, shown.import.id, { stamp: shown.stamp });
  assert.deepEqual(refused.body.ways_out, ["request_content_licences", "change_content_setting"]);
  assert.equal((await steps(here, shown, { first: 1 })).added, 1);
  assert.deepEqual([await here.figures(), await here.figures("content")], [[4, 0, 1, 5], [0, 0, 1, 1]]);
});

test("whoever was removed is left alone unless asked for, and groups change only when asked to", async () => {
  const here = await company(place, { user: 5 });
  const gone = await here.add("gone@import.example");
  expectStatus(await here.manager.post(here.path("members/removed"), { members: [gone.member.id] }), 200);
  await here.add("moves@import.example");
  const file = "email,group\ngone@import.example,\nmoves@import.example,South\n";
  const shown = await planned(here, file);
  assert.deepEqual([shown.new, shown.known, shown.moves, shown.removed], [0, 1, 1, 1]);
  const left = await steps(here, shown);
  assert.deepEqual([left.added, left.brought_back, left.moved], [0, 0, 0]);
  assert.deepEqual(await people(here), [here.managerAddress, "moves@import.example"].sort());
  const { import: { id } } = await planned(here, file);
  const choices = { bring_back: true, move_groups: true };
  const wanted = await plan(here, id, "?bring_back=true&move_groups=true");
  assert.equal(wanted.capacity[0].needed, 1);
  const done = await steps(here, wanted, choices);
  assert.deepEqual([done.added, done.brought_back, done.moved], [0, 1, 1]);
  const moved = (await here.manager.get(here.path("members?search=moves"))).body.items[0];
  assert.equal(moved.group, "South");
  await sound(place, here);
});

test("a plan that no longer holds is not carried out", async () => {
  const here = await company(place, { user: 5 });
  const shown = await planned(here, "email\nfirst@plan.example\nsecond@plan.example\n");
  await here.add("second@plan.example");
  const refused = await startImport(here, shown.import.id, { stamp: shown.stamp });
  assert.deepEqual([refused.status, refused.problem], [409, "plan-changed"]);
  assert.deepEqual(await here.figures(), [4, 0, 1, 5]);
  const now = await plan(here, shown.import.id);
  assert.deepEqual([now.new, now.known], [1, 1]);
  assert.equal((await steps(here, now)).added, 1);
});

test("an import that is under way stops where it would do something else than was shown, and goes on when asked to", async () => {
  const here = await company(place, { user: 10 });
  const { id } = await draft(here);
  for (const number of [0, 1]) expectStatus(await part(here, id, number, rows(`under-${number}a@way.example`, `under-${number}b@way.example`), { last: number === 1 }), 204);
  const shown = await plan(here, id);
  expectStatus(await startImport(here, id, { stamp: shown.stamp }), 200);
  await here.add("under-1b@way.example");
  let now = expectStatus(await step(here, id), 200).body;
  assert.deepEqual([now.state, now.stopped, now.added], ["stopped", "changed", 2]);
  now = await steps(here, await plan(here, id));
  assert.deepEqual([now.state, now.added], ["done", 3]);
  assert.deepEqual(await here.figures(), [6, 0, 4, 10]);
  await sound(place, here);
});

test("licences that go elsewhere stop an import; nobody is half added", async () => {
  const here = await company(place, { user: 3 });
  const shown = await planned(here, csv(3, { prefix: "elsewhere" }));
  expectStatus(await startImport(here, shown.import.id, { stamp: shown.stamp }), 200);
  await here.add();
  const now = expectStatus(await step(here, shown.import.id), 200).body;
  assert.deepEqual([now.state, now.stopped, now.added], ["stopped", "short", 0]);
  assert.deepEqual(await here.figures(), [2, 0, 1, 3]);
  const rest = await plan(here, shown.import.id);
  assert.deepEqual([rest.fits, rest.new], [2, 3]);
  const done = await steps(here, rest, { first: 2 });
  assert.deepEqual([done.state, done.added, done.left_out], ["done", 2, 1]);
  await sound(place, here);
});

test("it can be stopped, and goes on where it was; the scheduled run goes on by itself", async () => {
  const here = await company(place, { user: 10 });
  const { id } = await draft(here);
  for (const number of [0, 1]) expectStatus(await part(here, id, number, rows(`stop-${number}@go.example`), { last: number === 1 }), 204);
  const shown = await plan(here, id);
  expectStatus(await startImport(here, id, { stamp: shown.stamp }), 200);
  const stopped = expectStatus(await here.manager.post(here.path(`imports/${id}/stop`), {}), 200).body;
  assert.deepEqual([stopped.state, stopped.stopped], ["stopped", "asked"]);
  assert.equal(expectStatus(await step(here, id), 200).body.added, 0);
  const again = await plan(here, id);
  expectStatus(await startImport(here, id, { stamp: again.stamp }), 200);
  await place.scheduled();
  const done = await show(here, id);
  assert.deepEqual([done.state, done.added], ["done", 2]);
});

test("an import is undone as one action, as far as nobody has accepted", async () => {
  const here = await company(place, { user: 10 });
  const gone = await here.add("undo-back@import.example");
  expectStatus(await here.manager.post(here.path("members/removed"), { members: [gone.member.id] }), 200);
  await here.add("undo-moves@import.example");
  const choices = { bring_back: true, move_groups: true };
  const { import: { id } } = await planned(here, "email,group\nundo-a@import.example,East\nundo-b@import.example,\nundo-back@import.example,\nundo-moves@import.example,East\n");
  const done = await steps(here, await plan(here, id, "?bring_back=true&move_groups=true"), choices);
  assert.deepEqual([done.added, done.brought_back, done.moved], [2, 1, 1]);
  assert.ok(done.undo_until > Date.now());
  await acceptInvite(place, "undo-b@import.example");
  assert.equal(expectStatus(await here.manager.post(here.path(`imports/${id}/undo`), {}), 200).body.state, "undoing");
  let now;
  do now = expectStatus(await step(here, id), 200).body;
  while (now.state === "undoing");
  assert.deepEqual([now.state, now.undone], ["undone", 2]);
  assert.deepEqual(await people(here), [here.managerAddress, "undo-b@import.example", "undo-moves@import.example"].sort());
  assert.deepEqual(await here.figures(), [8, 1, 1, 10]);
  assert.equal((await here.manager.get(here.path("members?search=undo-moves"))).body.items[0].group, null);
  const refused = await here.manager.post(here.path(`imports/${id}/undo`), {});
  assert.deepEqual([refused.status, refused.problem], [409, "import-not-open"]);
  await sound(place, here);
});

test("parts can come twice and in any order, and nothing starts before all of them are there", async () => {
  const here = await company(place, { user: 10 });
  const { id } = await draft(here);
  expectStatus(await part(here, id, 1, rows("order-b@import.example"), { last: true }), 204);
  const early = await startImport(here, id, { stamp: (await plan(here, id)).stamp });
  assert.deepEqual([early.status, early.problem], [409, "import-not-open"]);
  for (let twice = 0; twice < 2; twice++) expectStatus(await part(here, id, 0, rows("order-a@import.example")), 204);
  const done = await steps(here, await plan(here, id));
  assert.deepEqual([done.added, done.rows], [2, 2]);
  const late = await part(here, id, 2, rows("order-c@import.example"));
  assert.deepEqual([late.status, late.problem], [409, "import-not-open"]);
});

test("two managers import overlapping files at once: every address once, nothing oversold", async () => {
  const here = await company(place, { user: 60 });
  const files = [0, 25].map((from) => `email\n${Array.from({ length: 50 }, (_, i) => `both-${from + i}@import.example`).join("\n")}\n`);
  const plans = await Promise.all(files.map((file) => planned(here, file)));
  await Promise.all(plans.map((shown) => startImport(here, shown.import.id, { stamp: shown.stamp, first: 30 })));
  await Promise.all(plans.map(async (shown) => {
    for (let round = 0; round < 20; round++) {
      const now = expectStatus(await step(here, shown.import.id), 200).body;
      if (now.state === "done") return;
      if (now.state === "stopped") {
        const again = await plan(here, shown.import.id);
        await startImport(here, shown.import.id, { stamp: again.stamp, first: Math.min(again.fits, 20) });
      }
    }
  }));
  const [{ twice }] = await place.sql("SELECT count(*) AS twice FROM (SELECT 1 FROM members WHERE company_id = ?1 GROUP BY email HAVING count(*) > 1)", here.id);
  assert.equal(twice, 0);
  const [available, , pending, total] = await here.figures();
  assert.ok(available >= 0 && available + pending === total, `${available} ${pending} ${total}`);
  assert.equal((await counts(here)).pending, pending);
  await sound(place, here);
});

test("JSON rows are imported by one request, streamed, as a list or a row a line", async () => {
  const here = await company(place, { user: 10 });
  const list = JSON.stringify([{ email: "json-a@import.example", first_name: "Jo", last_name: "Son" }, { email: "nobody" }]);
  const done = expectStatus(await importFile(here, list, "?apply=true", "application/json"), 201).body;
  assert.deepEqual([done.state, done.added, done.unreadable], ["done", 1, 1]);
  const lines = `{"email":"json-b@import.example","name":"{ \\"odd\\" ]"}\n{"email":"json-c@import.example"}\n`;
  assert.equal(expectStatus(await importFile(here, lines, "?apply=true", "application/x-ndjson"), 201).body.added, 2);
  assert.deepEqual(await here.figures(), [7, 0, 3, 10]);
});

test("bodies that are no file are refused in plain words, and add nobody", async () => {
  const here = await company(place, { user: 10 });
  const figures = await here.figures();
  for (const [raw, type, status, problem] of [
    ["<users/>", "application/xml", 415, "not-a-file"],
    ["name,city\nInes,Lisbon\n", "text/csv", 422, "no-addresses"],
    ["", "text/csv", 422, "no-addresses"],
    ["[{]", "application/json", 400, "malformed-body"],
    ['[{"email":"open@import.example"}', "application/json", 400, "malformed-body"],
    ['{"email":5}', "application/json", 400, "malformed-body"],
    ["[[]]", "application/json", 400, "malformed-body"],
    [`{"email":"${"x".repeat(70_000)}"}`, "application/x-ndjson", 400, "malformed-body"],
  ]) {
    const answer = await importFile(here, raw, "?apply=true", type);
    // Without a body there is nothing to look at.
    const allowed = raw === "" ? [status, 400] : [status];
    assert.ok(allowed.includes(answer.status), `${raw.slice(0, 40)}: ${answer.status} ${answer.text.slice(0, 200)}`);
    if (raw !== "") assert.equal(answer.problem, problem);
  }
  assert.deepEqual(await here.figures(), figures);
});

test("every odd file of the corpus is read as expected, by the Worker too", async () => {
  const folder = join(ROOT, "tests/files/import");
  const names = readdirSync(folder).filter((name) => name.endsWith(".csv"));
  assert.ok(names.length >= 60, `${names.length} files`);
  const here = await company(place, { user: 5 });
  for (const name of names) {
    const answer = await importFile(here, readFileSync(join(folder, name)));
    assert.ok([201, 400, 422].includes(answer.status), `${name}: ${answer.status} ${answer.text.slice(0, 200)}`);
    if (answer.status !== 201) continue;
    const expected = readFileSync(join(folder, name.replace(/\.csv$/, ".expected")), "utf8").split("\n");
    const found = expected.filter((line) => /^\d+ .+@/.test(line) && !/^\d+ refused/.test(line)).length;
    assert.equal(answer.body.new, found, name);
  }
  assert.deepEqual(await people(here), [here.managerAddress], "looking at files adds nobody");
});

test("another company's imports are not found", async () => {
  const here = await company(place, { user: 5 });
  const other = await company(place, { user: 5 });
  const shown = await planned(here, csv(1));
  const id = shown.import.id;
  for (const ask of [
    () => other.manager.get(other.path(`imports/${id}`)),
    () => other.manager.get(other.path(`imports/${id}/plan`)),
    () => other.manager.get(other.path(`imports/${id}/refused`)),
    () => startImport(other, id, { stamp: shown.stamp }),
    () => step(other, id),
    () => part(other, id, 0, rows("theirs@import.example")),
    () => other.manager.post(other.path(`imports/${id}/undo`), {}),
    () => other.manager.post(other.path(`imports/${id}/stop`), {}),
  ]) assert.equal((await ask()).status, 404);
});

test("old rows and unused drafts are forgotten, what was done is not", async () => {
  const here = await company(place, { user: 5 });
  const kept = await steps(here, await planned(here, csv(2)));
  const unused = (await planned(here, csv(2))).import.id;
  const list = expectStatus(await here.manager.get(here.path("imports")), 200).body.items.map(({ id }) => id);
  assert.ok(list.includes(kept.id) && list.includes(unused));
  await place.scheduled(Date.now() + 9 * 86_400_000);
  const left = await place.sql("SELECT id FROM imports WHERE company_id = ?1", here.id);
  assert.deepEqual(left.map(({ id }) => id), [kept.id]);
  assert.deepEqual(await place.sql("SELECT number FROM import_parts WHERE company_id = ?1", here.id), []);
});
