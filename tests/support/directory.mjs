// A company's directory, as Entra ID and Okta speak to Seatwise: SCIM 2.0 with a bearer token.
import { expectStatus } from "../../worker/local/steps.mjs";

export const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
export const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** A directory with a token. */
export class Directory {
  constructor(origin, token) {
    this.origin = origin;
    this.token = token;
  }

  /** Sends a request; `body` goes as JSON, `raw` as it is. */
  async send(method, path, { body, raw, headers = {} } = {}) {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${this.origin}/scim/v2${path}`, {
      method,
      body: payload,
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(payload === undefined ? {} : { "content-type": "application/scim+json; charset=utf-8" }),
        ...headers,
      },
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text ? JSON.parse(text) : undefined,
      rowsRead: Number(response.headers.get("rows-read")),
      rowsWritten: Number(response.headers.get("rows-written")),
    };
  }

  get(path, options) {
    return this.send("GET", path, options);
  }

  post(path, body, options) {
    return this.send("POST", path, { body, ...options });
  }

  put(path, body, options) {
    return this.send("PUT", path, { body, ...options });
  }

  /** A PATCH with operations. */
  patch(path, operations, options) {
    return this.send("PATCH", path, { body: { schemas: [PATCH], Operations: operations }, ...options });
  }

  delete(path, options) {
    return this.send("DELETE", path, options);
  }

  /** Creates a user; returns it. */
  async user(userName, more = {}) {
    const body = { schemas: [USER], userName, active: true, ...more };
    return expectStatus(await this.post("/Users", body), 201).body;
  }

  /** Creates a group with members, by their ids; returns it. */
  async group(displayName, members = []) {
    const body = { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) };
    return expectStatus(await this.post("/Groups", body), 201).body;
  }

  /** The users that a filter finds. */
  async find(filter, more = "") {
    return expectStatus(await this.get(`/Users?filter=${encodeURIComponent(filter)}${more}`), 200).body;
  }
}

/** Makes a token for a company, and the directory that uses it. `settings`: what the company decides about sync. */
export async function directory(place, company, settings = {}) {
  const made = expectStatus(await company.manager.post(company.path("sync/tokens"), { name: "Entra ID", months: 12 }), 201).body;
  if (Object.keys(settings).length) await decide(company, settings);
  const self = new Directory(place.origin, made.secret);
  self.tokenId = made.token.id;
  return self;
}

/** Changes what a company decides about its sync: paused, dry_run, activates, scope. */
export async function decide(company, settings) {
  const usual = { paused: false, dry_run: false, activates: false, scope: "everybody" };
  return expectStatus(await company.manager.put(company.path("sync"), { ...usual, ...settings }), 200).body;
}

/** Changes what happens when no licence is available: overdraw, wait, refuse. */
export async function onShortage(company, sync_shortage, overdraft_limit = 100) {
  const settings = expectStatus(await company.manager.get(company.path("settings")), 200).body;
  expectStatus(await company.manager.put(company.path("settings"), { ...settings, sync_shortage, overdraft_limit }), 200);
}
