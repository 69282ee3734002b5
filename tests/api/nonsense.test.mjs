// Nonsense at every door: whatever comes in, nothing breaks, and what breaks nothing is answered in form.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { requestLicences } from "../../worker/local/steps.mjs";
import { company } from "../support/company.mjs";
import { routes } from "../support/routes.mjs";
import { start } from "../support/start.mjs";

let place, here, order;
before(async () => {
  place = await start();
  here = await company(place, { user: 5 });
  order = await requestLicences(here.manager, here.id, "user", 1);
});
after(() => place?.close());

const BODIES = [
  "", " ", "null", "true", "0", "-0", '""', "[]", "{}", "[[]]", '{"":0}', '{"__proto__":{"x":1}}', "\ufeff{}", "{}{}", "{'a':1}",
  '{"email":null}', '{"email":{}}', '{"email":""}', '{"email":"@"}', '{"email":"a@b.c\\u0000"}', '{"email":"\\ud800@example.com"}', '{"email":"é@é.é"}',
  '{"email":"a@xn--a.example"}', '{"email":"a@example.com","email":"b@example.com"}', '{"email":"a@b.example","name":"\\u0000"}', '{"email":"a@b.example","name":"💩"}',
  '{"token":null}', '{"token":""}', '{"token":"aaaaaaaaaaaaaaaaaaaaaé"}', `{"token":"${"é".repeat(60)}"}`, '{"token":"\\u0000"}',
  '{"code":null}', '{"code":""}', '{"code":"१२३४५६७८"}', '{"code":"12345678901234567890"}', `{"code":"${" ".repeat(5000)}"}`, '{"token":"a","code":"b"}',
  '{"id":null}', '{"id":""}', `{"id":"${"x".repeat(5000)}"}`,
  '{"kind":"user","quantity":1e999}', '{"kind":"user","quantity":-9223372036854775808}', '{"kind":"user","quantity":9223372036854775807}', '{"kind":"user","quantity":1.0}',
  '{"kind":"user","quantity":NaN}', '{"kind":"USER","quantity":1}', '{"kind":"user","quantity":1,"reference":5}',
  '{"starts_on":"9999-12-31"}', '{"starts_on":"+262143-01-01"}', '{"starts_on":"-0001-01-01"}', '{"starts_on":"0000-00-00"}', '{"starts_on":"1970-01-01","months":121}', '{"months":4294967295}', '{"months":4294967296}',
  '{"name":"x","platform_url":"https://"}', '{"name":"x","platform_url":"https://[::1"}', '{"name":"x","platform_url":5}',
  '{"platform_url":"https://a.example","content_with_user":1,"invite_days":1}', '{"platform_url":null,"content_with_user":false,"invite_days":9223372036854775807}',
];

/** Nothing broke: an answer in form that is not ours to be ashamed of. */
function inForm(what, answer) {
  assert.ok(answer.status < 500, `${what}: ${answer.status} ${answer.text}`);
  if (answer.status >= 400) assert.ok(answer.problem, `${what}: ${answer.status} ${answer.text}`);
  assert.equal(answer.headers["x-content-type-options"], "nosniff", what);
}

for (const route of routes().filter(({ method }) => method === "POST" || method === "PUT")) {
  test(`nothing breaks ${route.method} ${route.path}`, async () => {
    const path = route.path.replace("{company}", here.id).replace("{order}", order.id);
    const callers = { Staff: here.desk, Anyone: place.browser() };
    for (const raw of BODIES) {
      inForm(`${path} ${raw.slice(0, 80)}`, await (callers[route.who] ?? here.manager).send(route.method, path, { raw }));
    }
  });
}

test("nothing breaks a list, however one asks to go on with it", async () => {
  const queries = [
    "after=", "after=.", "after=a.b.c", "after=%", "after=%00", "after=%ff%fe", "after=-1", "after=99999999999999999999", `after=${"x".repeat(5000)}`, "after=x&after=y",
    "search=", "search=%", "search=%25", "search=%00", "search=_", "search='", "search=%F0%9F", "search=%F0%9F%92%A9", `search=${"a".repeat(5000)}`, "search=\u00e9".normalize("NFD"), "search=%f4%8f%bf%bf", "?", "&&&=", "limit=-1",
  ];
  for (const query of queries.map((one) => one.replace(/[^\x20-\x7e]/g, encodeURIComponent))) {
    for (const rest of ["members", "orders", "lots", "dashboard", "settings"]) inForm(`${rest}?${query}`, await here.manager.get(here.path(`${rest}?${query}`)));
    for (const rest of ["orders", "companies"]) inForm(`desk/${rest}?${query}`, await here.desk.get(`/api/v1/desk/${rest}?${query}`));
  }
});

test("nothing breaks the reading of cookies", async () => {
  for (const cookie of ["", ";", "=", "__Host-session", "__Host-session=", "__Host-session==", `__Host-session=${"a".repeat(5000)}`, "__Host-session=%00; __Host-session=b", '__Host-session="x"', "a=b;;c"]) {
    const answer = await place.browser().get("/api/v1/session", { headers: { cookie } });
    inForm(`cookie ${cookie.slice(0, 40)}`, answer);
    assert.equal(answer.body.session, null);
    inForm("asking", await place.browser().post("/api/v1/sessions", { code: "12345678" }, { headers: { cookie: cookie.replaceAll("session", "asking") } }));
  }
});
