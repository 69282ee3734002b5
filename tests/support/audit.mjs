// What must hold of a company at every moment, whatever has happened.
import assert from "node:assert/strict";

/** The audit at the desk finds nothing, and no lot has given more than it has. */
export async function sound(place, here, desk = here.desk) {
  const answer = await desk.get(`/api/v1/desk/companies/${here.id}/audit`);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.body.differences, []);
  assert.deepEqual(await soundInSql(place, here.id), []);
  return answer.body;
}

/** Lots that are oversold, or whose counters are not what their licences say. */
export function soundInSql(place, companyId) {
  return place.sql(SOUND, companyId);
}

export const SOUND = `
  SELECT l.id, l.quantity, l.pending, l.in_use, coalesce(h.pending, 0) AS held_pending, coalesce(h.in_use, 0) AS held_in_use
  FROM lots l LEFT JOIN (
    SELECT lot_id, sum(status = 'pending') AS pending, sum(status = 'in_use') AS in_use
    FROM licences WHERE company_id = ?1 AND status <> 'ended' GROUP BY lot_id
  ) h ON h.lot_id = l.id
  WHERE l.company_id = ?1 AND (l.pending <> coalesce(h.pending, 0) OR l.in_use <> coalesce(h.in_use, 0)
    OR (l.overdraft = 0 AND coalesce(h.pending, 0) + coalesce(h.in_use, 0) > l.quantity))`;
