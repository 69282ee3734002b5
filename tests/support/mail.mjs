// Bad days of the mail provider, and their end.
import { setTimeout as pause } from "node:timers/promises";
import { settled } from "./settle.mjs";

/** How long the Worker waits for the provider, and a little more. */
const PATIENCE = 6_000;

/** The provider does again, nobody waits for it any more, and nobody remembers that it didn't. */
export async function calm(place) {
  place.mail.behave(200);
  while (place.mail.attempts.some((attempt) => !attempt.over && Date.now() - attempt.at < PATIENCE)) await pause(50);
  await settled(place.mail.attempts);
  await place.sql("DELETE FROM mail_pause");
}

/** Why letters wait together, if they do. */
export const paused = async (place) => (await place.sql("SELECT * FROM mail_pause"))[0];

/** Puts letters into the outbox that nobody in particular gets: `prefix1@example.com` and so on. */
export function putLetters(place, prefix, count, { at = Date.now(), company = null } = {}) {
  return place.sql(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
     INSERT INTO outbox (cause, receiver, letter, data, company_id, created_at, next_try_at)
     SELECT ?1 || i, ?1 || i || '@example.com', 'licence_carried',
       json_object('company', 'Example Learning', 'kind', 'user', 'ends_at', 1826841600000), ?4, ?3, ?3 FROM n`,
    prefix,
    count,
    at,
    company,
  );
}

/** How many letters are in a state. */
export const inState = async (place, state) => (await place.sql("SELECT count(*) AS n FROM outbox WHERE state = ?1", state))[0].n;

/** What has left by the local stand-in of Cloudflare's binding, newest first: each with its sender, receivers, subject and what else there is. */
export async function sentByBinding(place) {
  const { result } = await (await fetch(`${place.origin}/cdn-cgi/explorer/api/local/email/sending?per_page=100`)).json();
  return result;
}
