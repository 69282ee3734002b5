// Flood protection, with a limit low enough to reach.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { company } from "../support/company.mjs";
import { directory } from "../support/directory.mjs";
import { start } from "../support/start.mjs";

let place;
before(async () => {
  place = await start({ vars: { SYNC_REQUESTS_PER_SECOND: "3" } });
});
after(() => place.close());

test("a flood is told when to go on, by token, and goes on then", async () => {
  const [c, other] = [await company(place), await company(place)];
  const [wild, calm] = [await directory(place, c), await directory(place, other)];
  const answers = [];
  for (let i = 0; i < 60; i++) answers.push(await wild.get("/Users?count=0"));
  const refused = answers.filter((answer) => answer.status === 429);
  assert.ok(refused.length > 0 && answers.slice(0, 30).every((answer) => answer.status === 200));
  const wait = Number(refused.at(-1).headers.get("retry-after"));
  assert.ok(wait >= 1);
  assert.equal((await calm.get("/Users?count=0")).status, 200, "another token is not concerned");
  await new Promise((go) => setTimeout(go, wait * 1000));
  assert.equal((await wild.get("/Users?count=0")).status, 200);
});
