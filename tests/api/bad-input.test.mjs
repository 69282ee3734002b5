// Whatever comes in: a 4xx in plain words, and nothing has changed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { requestLicences } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { databaseDump } from "../support/database.mjs";
import { settled } from "../support/settle.mjs";
import { start } from "../support/start.mjs";

let place, here, other, order;
before(async () => {
  place = await start();
  here = await company(place, { user: 5 });
  other = await company(place, { user: 5 });
  order = await requestLicences(here.manager, here.id, "user", 5);
  // Until the last letter has left, the outbox changes by itself.
  await settled(place.mail.letters);
});
after(() => place?.close());

/** A row: what is wrong, who sends it, how, and the statuses that say so. */
const member = (body, options) => () => here.manager.post(here.path("members"), body, options);
const rawMember = (raw, headers) => () => here.manager.send("POST", here.path("members"), { raw, headers });
const orderOf = (body) => () => here.manager.post(here.path("orders"), body);
const nested = (depth) => "[".repeat(depth) + "]".repeat(depth);
const good = () => ({ email: address("never") });

const TABLE = [
  ["no e-mail address at all", member({}), [400, 422]],
  ["an empty e-mail address", member({ email: "" }), [422], "email"],
  ["spaces for an e-mail address", member({ email: "   " }), [422], "email"],
  ["an e-mail address without @", member({ email: "ines.example.com" }), [422], "email"],
  ["an e-mail address with two @", member({ email: "ines@@example.com" }), [422], "email"],
  ["an e-mail address of 10,000 characters", member({ email: `${"x".repeat(9_988)}@example.com` }), [422], "email"],
  ["an e-mail address with a line break", member({ email: "ines@example.com\r\nBcc: all@example.com" }), [422], "email"],
  ["an e-mail address that is a number", member({ email: 5 }), [400, 422]],
  ["an e-mail address that is a list", member({ email: ["a@example.com"] }), [400, 422]],
  ["an e-mail address that is null", member({ email: null }), [400, 422]],
  ["a name with a line break", member({ ...good(), name: "Ines\r\nBcc: all@example.com" }), [422], "name"],
  ["a name with NUL", member({ ...good(), name: "Ines\0" }), [422], "name"],
  ["a name that turns the text around", member({ ...good(), name: "Ines \u202eoh" }), [422], "name"],
  ["a name of 10,000 characters", member({ ...good(), name: "n".repeat(10_000) }), [422], "name"],
  ["a role that is a text", member({ ...good(), manager: "yes" }), [400, 422]],
  ["nobody's role", member({ ...good(), learner: false, manager: false }), [422]],
  ["JSON that isn't", rawMember('{"email": "ines@example.com"'), [400]],
  ["JSON with a trailing word", rawMember('{"email":"never.trailing@example.com"} and'), [400]],
  ["nothing at all", rawMember(""), [400]],
  ["a list instead of an object", member([]), [400]],
  ["a text instead of an object", member("ines@example.com"), [400]],
  ["null instead of an object", rawMember("null"), [400]],
  ["brackets 30,000 deep", rawMember(nested(30_000)), [400]],
  ["brackets 100,000 deep", rawMember(nested(100_000)), [400, 413]],
  ["brackets 30,000 deep in a field", rawMember(`{"email":"never.deep@example.com","name":${nested(30_000)}}`), [400]],
  ["bytes that aren't UTF-8", rawMember(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), [400]],
  ["a form instead of JSON", rawMember("email=ines%40example.com", { "content-type": "application/x-www-form-urlencoded" }), [415]],
  ["JSON declared as plain text", rawMember('{"email":"never.plain@example.com"}', { "content-type": "text/plain" }), [415]],
  ["JSON that isn't declared at all", rawMember('{"email":"never.bare@example.com"}', { "content-type": null }), [415]],
  ["a body of 2 MB", rawMember(JSON.stringify({ ...good(), name: "n".repeat(2_000_000) })), [413]],
  ["a request from another site", member(good(), { headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" } }), [403]],
  ["a request with a foreign origin alone", member(good(), { headers: { origin: "https://evil.example", "sec-fetch-site": null } }), [403]],
  ["a request with an origin of nowhere", member(good(), { headers: { origin: "null", "sec-fetch-site": null } }), [403]],
  ["a request from a sister site", member(good(), { headers: { "sec-fetch-site": "same-site" } }), [403]],
  ["an idempotency key of 1,000 characters", member(good(), { headers: { "idempotency-key": "k".repeat(1_000) } }), [400]],
  ["an empty idempotency key", member(good(), { headers: { "idempotency-key": "" } }), [400]],
  ["an order of -1", orderOf({ kind: "user", quantity: -1 }), [422], "quantity"],
  ["an order of 0", orderOf({ kind: "user", quantity: 0 }), [422], "quantity"],
  ["an order of 1,000,001", orderOf({ kind: "user", quantity: 1_000_001 }), [422], "quantity"],
  ["an order of 2^53 + 2", () => here.manager.send("POST", here.path("orders"), { raw: '{"kind":"user","quantity":9007199254740994}' }), [422], "quantity"],
  ["an order of 1e400", () => here.manager.send("POST", here.path("orders"), { raw: '{"kind":"user","quantity":1e400}' }), [400, 422]],
  ["an order of 10^30", () => here.manager.send("POST", here.path("orders"), { raw: `{"kind":"user","quantity":1${"0".repeat(30)}}` }), [400, 422]],
  ["an order of two and a half", orderOf({ kind: "user", quantity: 2.5 }), [400, 422]],
  ["an order of a text", orderOf({ kind: "user", quantity: "25" }), [400, 422]],
  ["an order of an unknown kind", orderOf({ kind: "gold", quantity: 5 }), [400, 422]],
  ["an order with a message of 10,000 characters", orderOf({ kind: "user", quantity: 5, message: "m".repeat(10_000) }), [422], "message"],
  ["an order with a line break in its reference", orderOf({ kind: "user", quantity: 5, reference: "PO-1\r\nX: y" }), [422], "reference"],
  ["settings with a platform that is a script", () => here.manager.put(here.path("settings"), { platform_url: "javascript:alert(1)", content_with_user: false, invite_days: 30 }), [422], "platform_url"],
  ["settings with invites open for 0 days", () => here.manager.put(here.path("settings"), { platform_url: null, content_with_user: false, invite_days: 0 }), [422], "invite_days"],
  ["settings with half of them missing", () => here.manager.put(here.path("settings"), { content_with_user: true }), [400, 422]],
  ["another company's id", () => here.manager.post(other.path("members"), good()), [404]],
  ["another company's settings", () => here.manager.put(other.path("settings"), { platform_url: null, content_with_user: true, invite_days: 30 }), [404]],
  ["an unknown company's id", () => here.manager.post("/api/v1/companies/nobody-knows-it/members", good()), [404]],
  ["an id of 10,000 characters", () => here.manager.post(`/api/v1/companies/${"i".repeat(10_000)}/members`, good()), [404]],
  ["an id with a quotation mark", () => here.manager.post("/api/v1/companies/x'%20OR%201=1--/members", good()), [404]],
  ["an unknown order", () => here.desk.post("/api/v1/desk/orders/nobody-knows-it/assignment", {}), [404]],
  ["a term that starts on the 30th of February", () => here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, { starts_on: "2026-02-30" }), [422], "starts_on"],
  ["a term that starts some day", () => here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, { starts_on: "tomorrow" }), [422], "starts_on"],
  ["a term of 0 months", () => here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, { months: 0 }), [422], "months"],
  ["a term of 1,000,000 months", () => here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, { months: 1_000_000 }), [422], "months"],
  ["a term of -1 months", () => here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, { months: -1 }), [400, 422]],
  ["a company without a name", () => here.desk.post("/api/v1/desk/companies", { name: " " }), [422], "name"],
  ["a company with a line break in its name", () => here.desk.post("/api/v1/desk/companies", { name: "A\nB" }), [422], "name"],
  ["a manager for an unknown company", () => here.desk.post("/api/v1/desk/companies/nobody-knows-it/managers", { email: "m@example.com" }), [404]],
  ["a manager without an address", () => here.desk.post(`/api/v1/desk/companies/${here.id}/managers`, { email: "m" }), [422], "email"],
  ["a sign-in for what isn't an address", () => place.browser().post("/api/v1/sign-in-links", { email: "a@b@example.com" }), [422], "email"],
  ["a sign-in with neither link nor code", () => place.browser().post("/api/v1/sessions", {}), [400, 422]],
  ["a sign-in with both", () => place.browser().post("/api/v1/sessions", { token: "a", code: "b" }), [400, 422]],
  ["a sign-in with a made-up link", () => place.browser().post("/api/v1/sessions", { token: "made-up" }), [404, 409, 410, 422]],
  ["an invite with a made-up link", () => place.browser().post("/api/v1/invites/accept", { token: "made-up" }), [404]],
  ["an invite with an endless link", () => place.browser().post("/api/v1/invites/accept", { token: "x".repeat(20_000) }), [400, 404, 413, 422]],
];

for (const [what, send, statuses, field] of TABLE) {
  test(`${what} is refused in plain words and changes nothing`, async () => {
    const before = await databaseDump(place);
    const answer = await send();
    assert.ok(statuses.includes(answer.status), `expected ${statuses.join(" or ")}, got ${answer.status}: ${answer.text.slice(0, 300)}`);
    assert.equal(answer.headers["content-type"]?.split(";")[0], "application/problem+json");
    const { type, title, status, detail } = answer.body;
    assert.match(type, /^urn:seatwise:problem:[a-z-]+$/);
    assert.equal(status, answer.status);
    assert.ok(title.length > 3 && /[.?!]$/.test(detail), `in sentences: ${title} / ${detail}`);
    assert.doesNotMatch(answer.text, /serde|expected .* at line|D1_|SQLITE|panick|undefined|stack/i, "nothing of the machinery shows");
    if (field) assert.equal(answer.body.field, field);
    assert.deepEqual(await databaseDump(place), before);
  });
}

test("after all that, good input still works", async () => {
  const added = await here.manager.post(here.path("members"), { email: address("Ines"), name: "  Ines Carvalho " });
  assert.equal(added.status, 201);
  assert.equal(added.body.member.name, "Ines Carvalho");
  assert.equal((await here.desk.post(`/api/v1/desk/orders/${order.id}/assignment`, {})).status < 300, true);
});
