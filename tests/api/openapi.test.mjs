// The API describes itself, for whoever writes a script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { routes } from "../support/routes.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => (place = await start()));
after(() => place.close());

test("the API's description is served, and every route stands in it", async () => {
  const answer = await place.browser().get("/api/openapi.json");
  assert.equal(answer.status, 200);
  assert.match(answer.headers["content-type"], /^application\/json/);
  assert.equal(answer.body.openapi, "3.1.0");
  for (const { method, path } of routes()) {
    assert.ok(answer.body.paths[path]?.[method.toLowerCase()], `${method} ${path}`);
  }
});
