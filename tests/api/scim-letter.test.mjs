// What RFC 7643, 7644 and 9865 say of requests that Entra ID and Okta seldom send, and other clients and testers do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, company } from "../support/company.mjs";
import { ENTERPRISE, GROUP, PATCH, USER, directory } from "../support/directory.mjs";
import { start } from "../support/start.mjs";

const BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

let place, app;
before(async () => {
  place = await start();
  app = await directory(place, await company(place, { user: 100 }));
});
after(() => place.close());

const query = (parameters) => `?${new URLSearchParams(parameters)}`;
/** That it was refused, with the word that the RFCs have for it. */
function refused(answer, status, scimType) {
  assert.deepEqual([answer.status, answer.body?.scimType, answer.body?.status], [status, scimType, String(status)], answer.text);
}

test("HEAD is GET without a body, and whoever uses a wrong method learns the right ones", async () => {
  const user = await app.user(address("head"));
  for (const path of ["/ServiceProviderConfig", "/Schemas", "/ResourceTypes", "/Users", `/Users/${user.id}`]) {
    const [head, get] = [await app.send("HEAD", path), await app.get(path)];
    assert.deepEqual([head.status, head.text, head.headers.get("content-type"), head.headers.get("etag")], [200, "", get.headers.get("content-type"), get.headers.get("etag")], path);
  }
  assert.equal((await app.send("HEAD", "/Users/nobody")).status, 404);
  for (const [method, path, allowed] of [
    ["DELETE", "/Users", "GET, HEAD, POST"],
    ["POST", `/Users/${user.id}`, "GET, HEAD, PUT, PATCH, DELETE"],
    ["PATCH", "/Schemas", "GET, HEAD"],
    ["PUT", `/Schemas/${USER}`, "GET, HEAD"],
    ["GET", "/Bulk", "POST"],
    ["PUT", "/.search", "POST"],
    ["GET", "/Users/.search", "POST"],
    ["DELETE", "/Groups/.search", "POST"],
    ["OPTIONS", "/Groups", "GET, HEAD, POST"],
  ]) {
    const answer = await app.send(method, path);
    assert.deepEqual([answer.status, answer.headers.get("allow")], [405, allowed], `${method} ${path}`);
  }
});

test("only /scim/v2 is there", async () => {
  for (const root of ["/scim", "/scim/v1", "/scim/v2x", "/scim/v20/Users"]) {
    const answer = await fetch(`${place.origin}${root}`, { headers: { authorization: `Bearer ${app.token}` } });
    assert.equal(answer.status, 404, root);
    assert.equal((await answer.json()).Resources, undefined);
  }
});

test("a wrong token is told so before anything about the request", async () => {
  for (const [method, path, options] of [["POST", "/Users", { body: {} }], ["PUT", "/Users/x", { body: [] }], ["PATCH", "/Groups/x", { body: {} }], ["POST", "/Bulk", { raw: "{" }], ["GET", "/Users?count=x"], ["POST", "/.search"]]) {
    const answer = await app.send(method, path, { ...options, headers: { authorization: "Bearer nonsense" } });
    refused(answer, 401);
    assert.equal(answer.headers.get("www-authenticate"), 'Bearer realm="scim", error="invalid_token"', path);
  }
  const none = await app.send("GET", "/Users", { headers: { authorization: "Basic eDp5" } });
  assert.deepEqual([none.status, none.headers.get("www-authenticate")], [401, 'Bearer realm="scim"']);
});

test("what can't be understood stands on the page of the sync, with what the directory was told", async () => {
  const c = await company(place, { user: 1 });
  const ours = await directory(place, c);
  const told = await ours.post("/Users", { schemas: [USER] });
  refused(told, 400, "invalidValue");
  for (let tries = 0; ; tries++) {
    const { items } = (await c.manager.get(c.path("sync/log"))).body;
    const line = items.find((line) => line.problem === "invalid");
    if (line) {
      assert.equal(line.detail, told.body.detail);
      break;
    }
    assert.ok(tries < 100, JSON.stringify(items));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

test("bodies that say themselves that they are something else are refused; those that say nothing aren't", async () => {
  const user = await app.user(address("schemas"));
  const operations = [{ op: "replace", path: "title", value: "T" }];
  for (const schemas of [[], ["urn:example"], [GROUP], "x", [1]]) {
    refused(await app.post("/Users", { schemas, userName: address() }), 400, "invalidSyntax");
    refused(await app.put(`/Users/${user.id}`, { schemas, userName: user.userName }), 400, "invalidSyntax");
    refused(await app.send("PATCH", `/Users/${user.id}`, { body: { schemas, Operations: operations } }), 400, "invalidSyntax");
    refused(await app.post("/Users/.search", { schemas, count: 1 }), 400, "invalidSyntax");
    refused(await app.post("/Bulk", { schemas, Operations: [] }), 400, "invalidSyntax");
  }
  refused(await app.post("/Groups", { schemas: [USER], displayName: "Wrong" }), 400, "invalidSyntax");
  refused(await app.send("POST", "/Users/.search"), 400, "invalidSyntax");
  assert.equal((await app.get(`/Users/${user.id}`)).body.title, undefined);
  // Entra ID's own documents have an extension that is misspelt, in another case, and bodies without any.
  for (const body of [{ schemas: [USER.toUpperCase(), `${ENTERPRISE}x`], userName: address() }, { userName: address() }]) {
    assert.equal((await app.post("/Users", body)).status, 201);
  }
  assert.equal((await app.send("PATCH", `/Users/${user.id}`, { body: { Operations: operations } })).status, 200);
  assert.equal((await app.send("POST", "/Users", { raw: `\ufeff${JSON.stringify({ schemas: [USER], userName: address() })}` })).status, 201);
});

test("a body is JSON, and what says itself that it is something else isn't read", async () => {
  const raw = JSON.stringify({ schemas: [USER], userName: address("kind") });
  for (const kind of ["application/xml", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
    refused(await app.send("POST", "/Users", { raw, headers: { "content-type": kind } }), 415);
  }
  refused(await app.send("POST", "/Users", { raw: "<user/>", headers: { "content-type": "application/xml" } }), 415);
  assert.equal((await app.find(`userName eq "${JSON.parse(raw).userName}"`)).totalResults, 0);
  for (const kind of ["application/json", "application/scim+json", "Application/JSON; charset=UTF-8"]) {
    const body = JSON.stringify({ schemas: [USER], userName: address("kind") });
    assert.equal((await app.send("POST", "/Users", { raw: body, headers: { "content-type": kind } })).status, 201, kind);
  }
  // Whoever deletes may say what they don't send.
  const user = await app.user(address("kind"));
  assert.equal((await app.delete(`/Users/${user.id}`, { headers: { "content-type": "text/plain" } })).status, 204);
  refused(await app.post("/Users", { schemas: [USER], userName: address("kind"), [ENTERPRISE]: "Sales" }), 400, "invalidValue");
});

test("whether somebody is active is told, said or not", async () => {
  const silent = await app.user(address("silent"), { active: undefined });
  assert.equal(silent.active, true);
  assert.equal((await app.find(`userName eq "${silent.userName}" and active eq true`)).totalResults, 1);
  const gone = await app.user(address("gone"), { active: false });
  // Saying nothing of it lets nobody in again.
  assert.equal((await app.put(`/Users/${gone.id}`, { schemas: [USER], userName: gone.userName, title: "T" })).body.active, false);
  assert.equal((await app.get(`/Users/${gone.id}`)).body.active, false);
  assert.equal((await app.find(`userName eq "${gone.userName}" and active eq false`)).totalResults, 1);
});

test("the same value for the same purpose stands there once", async () => {
  const twice = address("twice");
  const user = await app.user(address("unique"), { emails: [{ value: twice, type: "work" }, { value: twice, type: "work" }, { value: twice, type: "home" }] });
  assert.deepEqual(user.emails.map((email) => email.type), ["work", "home"]);
  const spelt = await app.user(address("unique"), { emails: [{ value: twice, type: "work" }, { value: twice.toUpperCase(), type: "Work" }] });
  assert.deepEqual(spelt.emails, [{ value: twice, type: "work" }]);
  const phones = [{ value: "1", type: "work" }, { value: "1", type: "work" }];
  assert.equal((await app.patch(`/Users/${user.id}`, [{ op: "replace", path: "phoneNumbers", value: phones }])).body.phoneNumbers.length, 1);
});

test("pages: of nothing, far beyond the end, and by cursor", async () => {
  for (const parameters of [{ startIndex: "9223372036854775807" }, { startIndex: "9223372036854775807", sortBy: "userName" }, { startIndex: "99999999", filter: 'userName co "e"' }]) {
    const answer = await app.get(`/Users${query(parameters)}`);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual([answer.body.Resources, answer.body.totalResults > 0], [[], true]);
  }
  assert.equal((await app.get("/Users?count=&startIndex=")).status, 200);
  const endless = "9".repeat(30);
  assert.equal((await app.get(`/Users?count=${endless}`)).body.totalResults > 0, true);
  assert.deepEqual((await app.get(`/Users?startIndex=${endless}`)).body.Resources, []);
  assert.equal((await app.get(`/Users?startIndex=-${endless}&count=1`)).body.startIndex, 1);
  for (const count of ["x", "1.5"]) refused(await app.get(`/Users?count=${count}`), 400, "invalidValue");
  for (const count of ["x", "0", "-1"]) refused(await app.get(`/Users?cursor=&count=${count}`), 400, "invalidCount");
  for (const cursor of ["x", "-1", "0", "9223372036854775807"]) refused(await app.get(`/Users?cursor=${cursor}`), 400, "invalidCursor");
  const searched = await app.post("/Users/.search", { schemas: [SEARCH], cursor: "", count: 1, sortBy: "userName" });
  assert.deepEqual([searched.body.Resources.length, typeof searched.body.nextCursor, searched.body.startIndex], [1, "string", undefined]);
});

test("users and groups together go through their pages without a gap", async () => {
  const ours = await directory(place, await company(place, { user: 10 }));
  const users = [];
  for (let number = 0; number < 5; number++) users.push(await ours.user(address("page")));
  const groups = [await ours.group("One"), await ours.group("Two"), await ours.group("Three")];
  const all = [...users, ...groups].map((one) => one.id);
  for (const count of [1, 3, 5, 8]) {
    const seen = [];
    for (let startIndex = 1; startIndex <= all.length; startIndex += count) {
      const page = (await ours.get(`/${query({ startIndex, count })}`)).body;
      assert.deepEqual([page.totalResults, page.startIndex], [all.length, startIndex]);
      seen.push(...page.Resources.map((one) => one.id));
    }
    assert.deepEqual(seen, all, `pages of ${count}`);
  }
  const found = await ours.post("/.search", { schemas: [SEARCH], filter: 'displayName eq "Two"' });
  assert.deepEqual(found.body.Resources.map((one) => one.id), [groups[1].id]);
  // What only users have finds no group; what nobody can read is no search.
  assert.equal((await ours.post("/.search", { schemas: [SEARCH], filter: "userName pr" })).body.totalResults, 5);
  refused(await ours.post("/.search", { schemas: [SEARCH], filter: "(((" }), 400, "invalidFilter");
  refused(await ours.get("/?cursor="), 400, "invalidCursor");
});

test("a change to what isn't there: made where there usually is one, refused where not", async () => {
  const user = await app.user(address("target"), { emails: [{ value: address("target"), type: "work" }] });
  const path = `/Users/${user.id}`;
  for (const wrong of ['emails[value eq "nobody@example.com"].type', 'emails[type eq "nonsense"].value', 'phoneNumbers[display eq "x"]', 'emails[value sw "zz"].type']) {
    refused(await app.patch(path, [{ op: "replace", path: wrong, value: "home" }]), 400, "noTarget");
  }
  assert.deepEqual((await app.get(path)).body.meta, user.meta);
  const made = await app.patch(path, [
    { op: "Replace", path: 'phoneNumbers[type eq "Mobile"].value', value: "1" },
    { op: "Replace", path: "addresses[primary eq true].country", value: "PT" },
    { op: "Replace", path: 'roles[type eq "anything"].value', value: "r" },
    { op: "Add", path: 'emails[type eq "private"].value', value: "own@example.com" },
  ]);
  assert.equal(made.status, 200, made.text);
  assert.deepEqual([made.body.phoneNumbers.length, made.body.addresses[0].primary, made.body.roles[0].type, made.body.emails[1].type], [1, true, "anything", "private"]);
  refused(await app.patch(path, []), 400, "invalidSyntax");
  // Which schemas a resource has follows from its attributes; adding one by hand does no harm.
  assert.equal((await app.patch(path, [{ op: "add", path: "schemas", value: [ENTERPRISE] }])).status, 200);
  refused(await app.patch(path, [{ op: "remove", path: "schemas" }]), 400, "mutability");
});

test("members go by any filter, and the group is part of the answer where it is small and nobody comes or goes", async () => {
  const [one, two] = [await app.user(address("one")), await app.user(address("two"))];
  const group = await app.group("Answers", [one.id, two.id]);
  const path = `/Groups/${group.id}`;
  const renamed = await app.patch(path, [{ op: "replace", path: "displayName", value: "Answered" }]);
  assert.deepEqual([renamed.status, renamed.body?.displayName, renamed.body?.members?.length], [200, "Answered", 2], renamed.text);
  const unchanged = await app.patch(path, [{ op: "add", path: "members", value: [{ value: "nobody" }] }]);
  assert.deepEqual([unchanged.status, unchanged.body?.meta.version], [200, renamed.body.meta.version]);
  const moved = await app.patch(path, [{ op: "remove", path: 'members[type eq "User"]' }]);
  assert.deepEqual([moved.status, moved.text], [204, ""]);
  assert.equal((await app.get(path)).body.members, undefined);
  const many = [];
  for (let number = 0; number < 101; number++) many.push({ userName: `many${number}` });
  const users = await Promise.all(many.map(({ userName }) => app.user(userName)));
  await app.patch(path, [{ op: "add", path: "members", value: users.map((user) => ({ value: user.id })) }]);
  assert.equal((await app.patch(path, [{ op: "replace", path: "displayName", value: "Large" }])).status, 204);
  const sorted = await app.get(`/Groups${query({ sortBy: "members.value", attributes: "displayName" })}`);
  assert.equal(sorted.body.Resources[0].displayName, "Large");
});

test("bulk: every answer says where, and what waits for something that was never made fails", async () => {
  const taken = await app.user(address("taken"));
  const post = (bulkId, path, data) => ({ method: "POST", path, bulkId, data });
  const group = (name, member) => ({ schemas: [GROUP], displayName: name, members: [{ value: `bulkId:${member}` }] });
  const answer = await app.post("/Bulk", {
    schemas: [BULK],
    Operations: [
      post("a", "/Users", { schemas: [USER], userName: taken.userName }),
      post("b", "/Groups", group("Waits for a failure", "a")),
      post("c", "/Groups", group("Waits for nothing", "unknown")),
      { method: "PUT", path: `/Users/${taken.id}`, version: 'W/"other"', data: { schemas: [USER], userName: taken.userName } },
      { method: "DELETE", path: "/Users/no%20body" },
      { method: "PATCH", path: `Users/${taken.id}?attributes=title`, data: { schemas: [PATCH], Operations: [{ op: "add", path: "title", value: "T" }] } },
      { method: "DELETE", path: `/Users/${taken.id}` },
      { method: "GET", path: "/Users" },
    ],
  });
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.body.Operations.map((operation) => operation.status), ["409", "409", "409", "412", "404", "200", "204", "400"]);
  const at = (id) => `${place.origin}/scim/v2/Users/${id}`;
  assert.deepEqual(answer.body.Operations.map((operation) => operation.location).slice(0, 7), [undefined, undefined, undefined, at(taken.id), at("no body"), at(taken.id), at(taken.id)]);
  assert.equal((await app.get(`/Groups${query({ filter: 'displayName sw "Waits"' })}`)).body.totalResults, 0);
});

test("bulk: names of what is to be made count wherever something is named, and nowhere else", async () => {
  const post = (bulkId, path, data) => ({ method: "POST", path, bulkId, data });
  const user = (more) => ({ schemas: [USER], userName: address("named"), ...more });
  const group = { schemas: [GROUP], displayName: "Named in bulk" };
  const answer = await app.post("/Bulk", {
    schemas: [BULK],
    Operations: [
      { method: "PATCH", path: "/Users/bulkId:a?attributes=title", data: [{ op: "add", path: "title", value: "T" }] },
      { method: "PATCH", path: "/Groups/bulkId:g", data: { schemas: [PATCH], Operations: [{ op: "remove", path: 'members[value eq "bulkId:a"]' }] } },
      post("g", "/Groups", { ...group, members: [{ $ref: "/Users/bulkId:a" }, { value: "bulkId:b" }] }),
      post("a", "/Users", user({ displayName: "see bulkId: docs" })),
      post("b", "/Users", user({ [ENTERPRISE]: { manager: { value: "bulkId:a", $ref: "../Users/bulkId:a" } } })),
      { method: "POST", path: "/Users", data: user() },
      { method: "POST", path: "/Users/.search", bulkId: "s", data: { schemas: [SEARCH] } },
      { method: "DELETE", path: "/Users" },
    ],
  });
  const { Operations: done } = answer.body;
  assert.deepEqual(done.map((operation) => operation.status), ["200", "204", "201", "201", "201", "400", "400", "400"], answer.text);
  const id = (bulkId) => done.find((operation) => operation.bulkId === bulkId).location.split("/").at(-1);
  const [a, b, made] = await Promise.all([app.get(`/Users/${id("a")}`), app.get(`/Users/${id("b")}`), app.get(`/Groups/${id("g")}`)]);
  assert.deepEqual([a.body.title, a.body.displayName], ["T", "see bulkId: docs"]);
  assert.deepEqual(b.body[ENTERPRISE].manager, { value: id("a"), $ref: `../Users/${id("a")}` });
  assert.deepEqual(made.body.members.map(({ value }) => value), [id("b")]);
});

test("bulk: those who are each other's managers are made all the same", async () => {
  const user = (bulkId, manager, more) => ({ method: "POST", path: "/Users", bulkId, data: { schemas: [USER], userName: address("circle"), [ENTERPRISE]: { manager: { value: `bulkId:${manager}` } }, ...more } });
  const { body } = await app.post("/Bulk", { schemas: [BULK], Operations: [user("x", "y"), user("y", "x"), user("self", "self"), user("z", "w"), user("w", "z", { userName: "" })] });
  const done = Object.fromEntries(body.Operations.map((operation) => [operation.bulkId, operation]));
  assert.deepEqual(["x", "y", "self", "w"].map((name) => done[name].status), ["201", "201", "201", "400"], JSON.stringify(body));
  const id = (name) => done[name].location.split("/").at(-1);
  for (const [name, manager] of [["x", "y"], ["y", "x"], ["self", "self"]]) {
    assert.equal((await app.get(`/Users/${id(name)}`)).body[ENTERPRISE].manager.value, id(manager), name);
  }
});

test("the bulk request that RFC 7644 gives as an example is done as it stands", async () => {
  const [changed, deleted] = [await app.user(address("example"), { emails: [{ value: address("old"), type: "work" }] }), await app.user(address("example"))];
  const { body } = await app.post("/Bulk", {
    schemas: [BULK],
    failOnErrors: 1,
    Operations: [
      { method: "POST", path: "/Users", bulkId: "qwerty", data: { schemas: [USER], userName: address("alice") } },
      { method: "PUT", path: `/Users/${changed.id}`, version: changed.meta.version, data: { schemas: [USER], id: changed.id, userName: changed.userName, nickName: "B" } },
      { method: "PATCH", path: `/Users/${changed.id}`, data: [{ op: "remove", path: "nickName" }, { op: "add", path: "title", value: "Dave" }] },
      { method: "DELETE", path: `/Users/${deleted.id}`, version: deleted.meta.version },
    ],
  });
  assert.deepEqual(body.Operations.map((operation) => operation.status), ["201", "200", "200", "204"], JSON.stringify(body));
  const now = (await app.get(`/Users/${changed.id}`)).body;
  assert.deepEqual([now.title, now.nickName], ["Dave", undefined]);
});
