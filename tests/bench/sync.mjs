// Directory sync: how fast users come in, beside PyPI's scim2-server, which keeps them in memory and gives no licences;
// and what requests cost in a company with 100,000 users.
import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { ROOT } from "../../worker/local/places.mjs";
import { company } from "../support/company.mjs";
import { directory } from "../support/directory.mjs";
import { start } from "../support/start.mjs";

const USERS = Number(process.env.SEATWISE_BENCH_USERS ?? 10_000);
const GROUPS = 10;
const CONNECTIONS = 8;
const MANY = 100_000;
const LARGE_GROUP = 20_000;

/** @param {(name: string, value: string | number, unit: string) => void} say */
export async function sync(say) {
  const other = await scim2Server();
  try {
    const place = await start({ config: "tests/bench/api-only.toml", vars: { SYNC_REQUESTS_PER_SECOND: "100000" } });
    try {
      const c = await company(place, { user: USERS });
      const ours = await directory(place, c);
      const here = await create(`${place.origin}/scim/v2`, ours.token);
      const [, , pending] = await c.figures();
      if (pending !== USERS) throw new Error(`${pending} licences for ${USERS} users`);
      say("sync_users", here.toFixed(0), "users/s");
      const there = await create(other.origin, "any");
      say("sync_users_scim2_server", there.toFixed(1), "users/s");
      say("sync_users_ratio", (here / there).toFixed(1), "ratio");
      await rows(place, say);
    } finally {
      await place.close();
    }
  } finally {
    other.stop();
  }
}

/** Creates users one by one over a few connections, each followed by its membership of one of ten groups: users a second. */
async function create(origin, token) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const send = (method, path, body) =>
    new Promise((resolve, reject) => {
      const payload = JSON.stringify(body);
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json", "content-length": Buffer.byteLength(payload) };
      const sent = request(`${origin}${path}`, { method, agent, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part) => (text += part));
        response.on("end", () => (response.statusCode < 300 ? resolve(text ? JSON.parse(text) : undefined) : reject(new Error(`${response.statusCode}: ${text}`))));
      });
      sent.once("error", reject);
      sent.end(payload);
    });
  const groups = [];
  for (let i = 0; i < GROUPS; i++) {
    groups.push((await send("POST", "/Groups", { schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"], displayName: `Department ${i}` })).id);
  }
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (next < USERS) {
        const i = next++;
        const userName = `user${i}@directory.example`;
        const { id } = await send("POST", "/Users", {
          schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
          userName,
          externalId: `id-${i}`,
          active: true,
          displayName: `User ${i}`,
          name: { givenName: "User", familyName: String(i) },
          emails: [{ type: "work", value: userName, primary: true }],
        });
        await send("PATCH", `/Groups/${groups[i % GROUPS]}`, {
          schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
          Operations: [{ op: "add", path: "members", value: [{ value: id }] }],
        });
      }
    }),
  );
  agent.destroy();
  return USERS / ((performance.now() - begun) / 1000);
}

async function rows(place, say) {
  const c = await company(place, { user: 10 });
  const ours = await directory(place, c);
  await usersBySql(place, c.id, MANY);
  const small = await ours.group("Small");
  const large = await ours.group("Large");
  await place.sql(
    `INSERT INTO directory_memberships (company_id, group_id, user_id, extra)
     SELECT company_id, ?2, id, 1 FROM directory_users WHERE company_id = ?1 ORDER BY place LIMIT ?3`,
    c.id, large.id, LARGE_GROUP,
  );
  const user = await ours.user("new@directory.example");
  const asked = async (name, answer) => {
    if (answer.status >= 300) throw new Error(`${name}: ${answer.text}`);
    say(`sync_${name}_rows_read`, answer.rowsRead, "rows");
    return answer;
  };
  await asked("by_user_name", await ours.get(`/Users?filter=${encodeURIComponent('userName eq "user77777@many.example"')}`));
  await asked("by_external_id", await ours.get(`/Users?filter=${encodeURIComponent('externalId eq "x77777"')}`));
  await asked("by_address", await ours.get(`/Users?filter=${encodeURIComponent('emails[type eq "work"].value eq "user77777@many.example"')}`));
  await asked("page_of_100", await ours.get("/Users?count=100"));
  const added = { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [{ op: "add", path: "members", value: [{ value: user.id }] }] };
  const patched = await asked("one_into_a_group_of_20000", await ours.send("PATCH", `/Groups/${large.id}`, { body: added }));
  say("sync_one_into_a_group_of_20000_rows_written", patched.rowsWritten, "rows");
  await asked("by_user_name_in_a_group", await ours.get(`/Users?filter=${encodeURIComponent('userName eq "new@directory.example"')}`));
  // Since the group was looked at, users come into it in one go.
  const other = await ours.user("other@directory.example");
  const next = await asked("next_into_a_group_of_20000", await ours.patch(`/Groups/${large.id}`, [{ op: "add", path: "members", value: [{ value: other.id }] }]));
  say("sync_next_into_a_group_of_20000_rows_written", next.rowsWritten, "rows");
  const removed = await asked("one_out_of_a_group_of_20000", await ours.patch(`/Groups/${large.id}`, [{ op: "remove", path: `members[value eq "${user.id}"]` }]));
  say("sync_one_out_of_a_group_of_20000_rows_written", removed.rowsWritten, "rows");
  await asked("one_into_an_empty_group", await ours.send("PATCH", `/Groups/${small.id}`, { body: added }));
}

/** Users by SQL, each with a member who holds nothing. */
export async function usersBySql(place, companyId, many) {
  const database = await place.database();
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${many})`;
  await database.batch([
    database
      .prepare(
        `${numbers} INSERT INTO members (company_id, id, email, email_typed, name, sort_name, is_learner, is_manager, created_at)
         SELECT ?1, printf('d%021d', i), 'user' || i || '@many.example', 'user' || i || '@many.example', 'User ' || i, 'user ' || i, 1, 0, 1 FROM n`,
      )
      .bind(companyId),
    database
      .prepare(
        `${numbers} INSERT INTO directory_users (company_id, id, member_id, user_name, external_id, email, active, settled, data, created_at, modified_at)
         SELECT ?1, printf('u%021d', i), printf('d%021d', i), 'user' || i || '@many.example', 'x' || i, 'user' || i || '@many.example', 1, 1,
           json_object('userName', 'user' || i || '@many.example', 'externalId', 'x' || i, 'active', json('true'),
             'emails', json_array(json_object('type', 'work', 'value', 'user' || i || '@many.example', 'primary', json('true')))), 1, 1 FROM n`,
      )
      .bind(companyId),
    database
      .prepare(`${numbers} INSERT INTO directory_addresses (company_id, email, user_id) SELECT ?1, 'user' || i || '@many.example', printf('u%021d', i) FROM n`)
      .bind(companyId),
  ]);
}

/** PyPI's server, on a free port. */
async function scim2Server() {
  const port = await new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
  const child = spawn(join(ROOT, ".tools/scim/bin/scim2-server"), ["--port", String(port)], { stdio: "ignore" });
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries++) {
    try {
      await fetch(`${origin}/ServiceProviderConfig`);
      return { origin, stop: () => child.kill() };
    } catch {
      await new Promise((go) => setTimeout(go, 100));
    }
  }
  child.kill();
  throw new Error("scim2-server doesn't answer");
}
