// Problems and letters in the language of whoever reads them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { acceptInvite, codeIn, letter } from "../../worker/local/steps.mjs";
import { address, company } from "../support/company.mjs";
import { start } from "../support/start.mjs";
import { OTHERS, pattern, words } from "../support/words.mjs";

let place;
before(async () => (place = await start()));
after(() => place?.close());

const choose = (browser, language, options) => browser.put("/api/v1/session/language", { language }, options);

test("a problem is told in the first language of the reader that there is", async () => {
  const browser = place.browser();
  for (const [accepted, language] of [
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["nl,fr-CA;q=0.7", "fr"],
    ["es", "es"],
    ["ar-EG,en;q=0.5", "ar"],
    ["nl,pt", "en"],
    [null, "en"],
    ["\u00e4;;q=,,;", "en"],
  ]) {
    const answer = await browser.get("/api/v1/nothing", { headers: { "Accept-Language": accepted } });
    assert.equal(answer.status, 404);
    assert.equal(answer.problem, "not-found", "the name stays the same");
    assert.equal(answer.headers["content-language"], language, accepted ?? "nothing said");
    assert.equal(answer.body.title, words(language, "problems").not_found_title, accepted ?? "nothing said");
  }
});

test("a field's problem is told in the reader's language too", async () => {
  const here = await company(place, { user: 1 });
  for (const language of OTHERS) {
    const answer = await here.manager.post(here.path("members"), { email: "nobody" }, { headers: { "Accept-Language": language } });
    assert.equal(answer.body.field, "email");
    assert.notEqual(answer.body.detail, words("en", "problems").address_no_at);
    assert.ok(Object.values(words(language, "problems")).some((text) => pattern(text).test(answer.body.detail)), answer.body.detail);
  }
});

test("who chooses a language keeps it, in every browser; nobody else does", async () => {
  const here = await company(place, { user: 2 });
  assert.equal((await here.manager.get("/api/v1/session")).body.session.language, null);
  assert.equal((await choose(here.manager, "de")).status, 204);
  // Elsewhere nothing is said of languages: the letter is German all the same, and the new session too.
  const elsewhere = place.browser();
  assert.equal((await elsewhere.post("/api/v1/sign-in-links", { email: here.managerAddress })).status, 202);
  const mailed = await letter(place.mail, here.managerAddress, pattern(words("de", "letters").sign_in_subject));
  assert.equal((await elsewhere.post("/api/v1/sessions", { code: codeIn(mailed) })).body.session.language, "de");
  assert.equal((await here.manager.get("/api/v1/session")).body.session.language, "de");
  assert.equal((await (await place.desk()).get("/api/v1/session")).body.session.language, null);
  for (const language of ["nl", "", null, 7]) {
    assert.equal((await choose(here.manager, language)).status, 400);
  }
  assert.equal((await here.manager.get("/api/v1/session")).body.session.language, "de", "what is refused changes nothing");
  const stranger = await choose(place.browser(), "de");
  assert.equal(stranger.status, 401);
});

test("letters are in the language that the receiver has chosen", async () => {
  const here = await company(place, { user: 8 });
  for (const language of OTHERS) {
    const email = address("reader");
    const first = await company(place, { user: 1 });
    await first.add(email);
    const browser = await acceptInvite(place, email);
    assert.equal((await choose(browser, language)).status, 204);
    await here.add(email);
    const { invite_subject, greeting_without_name } = words(language, "letters");
    const invite = await letter(place.mail, email, pattern(invite_subject));
    assert.ok(invite.text.startsWith(greeting_without_name), invite.text);
    assert.match(invite.html, new RegExp(`<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}">`));
    assert.ok(invite.subject.replaceAll(/[\u2068\u2069]/g, "").includes(here.name), invite.subject);
  }
});

test("who has chosen nothing gets letters in the company's language, and in English where that is not set", async () => {
  const here = await company(place, { user: 2 });
  const [english, french] = [address("english"), address("french")];
  await here.add(english);
  await letter(place.mail, english, pattern(words("en", "letters").invite_subject));
  const { body: settings } = await here.manager.get(here.path("settings"));
  assert.equal(settings.language, "en");
  assert.equal((await here.manager.put(here.path("settings"), { ...settings, language: "nl" })).status, 400);
  assert.equal((await here.manager.put(here.path("settings"), { ...settings, language: "fr" })).body.language, "fr");
  await here.add(french);
  await letter(place.mail, french, pattern(words("fr", "letters").invite_subject));
});

test("the first manager of a company is invited in its language", async () => {
  const desk = await place.desk();
  const first = address("erste");
  const created = await desk.post("/api/v1/desk/companies", { name: "Beispiel GmbH", language: "de", manager: { email: first } });
  assert.equal(created.status, 201);
  assert.match((await letter(place.mail, first, pattern(words("de", "letters").invite_subject))).html, /<html lang="de"/);
  assert.equal((await desk.get(`/api/v1/companies/${created.body.id}/settings`)).body.language, "de");
});

test("a sign-in letter is in the language of the screen that it was asked for on", async () => {
  const here = await company(place);
  const browser = place.browser();
  const asked = await browser.post("/api/v1/sign-in-links", { email: here.managerAddress }, { headers: { "Accept-Language": "es-MX" } });
  assert.equal(asked.status, 202);
  const mailed = await letter(place.mail, here.managerAddress, pattern(words("es", "letters").sign_in_subject));
  assert.match(mailed.text, /\b\d{4} \d{4}\b/);
});
