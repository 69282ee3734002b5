// Looks at the database as a whole, and moves what only time moves.

/** Everything that is stored, table by table, in an order that doesn't depend on how it was put in. */
export async function databaseDump(place) {
  const tables = await place.sql(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
     AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name <> 'd1_migrations' ORDER BY name`,
  );
  const dump = {};
  for (const { name } of tables) {
    // Seals are set after the answer was given, when nobody waits any more.
    if (name === "seals" || name === "sealed_until") continue;
    const rows = await place.sql(`SELECT * FROM "${name}"`);
    dump[name] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return dump;
}

/** Brings the end of a company's lots, and of the licences drawn from them, to a moment that has just passed. */
export async function endLots(place, companyId) {
  const database = await place.database();
  await database.batch([
    database
      .prepare(
        `UPDATE licences SET ends_at = (SELECT starts_at + 1 FROM lots WHERE lots.company_id = licences.company_id AND lots.id = licences.lot_id)
         WHERE company_id = ?1 AND status <> 'ended'`,
      )
      .bind(companyId),
    database.prepare("UPDATE lots SET ends_at = starts_at + 1 WHERE company_id = ?1 AND overdraft = 0").bind(companyId),
  ]);
}

/** The id of the learner number `i` of those that are added by SQL. */
export const learnerId = (i) => `m${String(i).padStart(21, "0")}`;
/** Their ids, from number `from` to `to`. */
export const learnerIds = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => learnerId(from + index));

/** Adds the learners number `from` to `to`, who have joined and hold nothing; `removed`: and were removed. */
export async function addMembersBySql(place, companyId, from, to, { joined = true, removed = false } = {}) {
  await place.sql(
    `WITH RECURSIVE n(i) AS (SELECT CAST(?2 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ?3)
     INSERT INTO members (company_id, id, email, email_typed, name, sort_name, is_learner, is_manager, created_at, joined_at, removed_at)
     SELECT ?1, printf('m%021d', i), 'learner' || i || '@many.example', 'learner' || i || '@many.example', 'Learner ' || i, 'learner ' || i, 1, 0, 1, ?4, ?5 FROM n`,
    companyId,
    from,
    to,
    joined ? 1 : null,
    removed ? 2 : null,
  );
}

/** Brings the end of one lot, and of the licences that last as long, to a moment that is still to come. */
export async function endLotAt(place, companyId, lotId, at) {
  const database = await place.database();
  await database.batch([
    database
      .prepare(
        `INSERT INTO events (company_id, at, door, what, member_id, kind, quantity, licence_id, lot_id, from_state, to_state, ends_at)
         SELECT company_id, unixepoch() * 1000, 'desk', 'licence_end_changed', member_id, kind, 1, id, lot_id, status, status, ?3
         FROM licences WHERE company_id = ?1 AND lot_id = ?2 AND status <> 'ended'`,
      )
      .bind(companyId, lotId, at),
    database.prepare("UPDATE licences SET ends_at = ?3 WHERE company_id = ?1 AND lot_id = ?2 AND status <> 'ended'").bind(companyId, lotId, at),
    database.prepare("UPDATE lots SET ends_at = ?3 WHERE company_id = ?1 AND id = ?2").bind(companyId, lotId, at),
  ]);
}

/**
 * Adds the learners number `from` to `to` in one go, each with a licence in use from the company's lot with the most left, and with
 * a line in the history.
 */
export async function addLearnersBySql(place, companyId, from, to) {
  const database = await place.database();
  const numbers = `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to})`;
  const id = (prefix) => `printf('${prefix}%021d', i)`;
  await database.batch([
    database
      .prepare(
        `${numbers} INSERT INTO members (company_id, id, email, email_typed, name, sort_name, is_learner, is_manager, created_at, joined_at)
         SELECT ?1, ${id("m")}, 'learner' || i || '@many.example', 'learner' || i || '@many.example', 'Learner ' || i, 'learner ' || i, 1, 0, 1, 1 FROM n`,
      )
      .bind(companyId),
    database
      .prepare(
        `${numbers} INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, activated_at, ends_at, active_on)
         SELECT ?1, ${id("m")}, ${id("l")}, lot.id, 'user', 'in_use', 1, 1, lot.ends_at, unixepoch() / 86400
         FROM n, (SELECT id, ends_at FROM lots WHERE company_id = ?1 AND kind = 'user' AND overdraft = 0 ORDER BY quantity - pending - in_use DESC LIMIT 1) lot`,
      )
      .bind(companyId),
    database
      .prepare(
        `${numbers} INSERT INTO events (company_id, at, door, what, headline, member_id, kind, quantity, licence_id, lot_id, to_state, ends_at)
         SELECT ?1, unixepoch() * 1000, 'import', 'licence_drawn', 0, l.member_id, 'user', 1, l.id, l.lot_id, 'in_use', l.ends_at
         FROM n CROSS JOIN licences l ON l.company_id = ?1 AND l.member_id = ${id("m")}`,
      )
      .bind(companyId),
  ]);
}

/** Gives somebody a content licence that no lot stands behind, as a directory sync may. */
export async function overdrawBySql(place, company, memberId, at) {
  const [lot] = await place.sql("SELECT id, ends_at FROM lots WHERE company_id = ?1 AND kind = 'content' AND overdraft = 1", company.id);
  const licence = `overdrawn-${memberId}`;
  await place.sql(
    `INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, activated_at, ends_at, active_on)
     VALUES (?1, ?2, ?3, ?4, 'content', 'in_use', ?5, ?5, ?6, ?7)`,
    company.id, memberId, licence, lot.id, at, lot.ends_at, Math.floor(at / 86_400_000),
  );
  await place.sql(
    `INSERT INTO events (company_id, at, door, actor, what, member_id, kind, quantity, licence_id, lot_id, to_state, ends_at, belongs_to)
     VALUES (?1, ?2, 'directory_sync', 'Directory', 'licence_drawn', ?3, 'content', 1, ?4, ?5, 'in_use', ?6, 'sync 7')`,
    company.id, at, memberId, licence, lot.id, lot.ends_at,
  );
  await place.sql(
    "UPDATE lots SET overdrawn_since = ?3 WHERE company_id = ?1 AND id = ?2 AND (overdrawn_since IS NULL OR overdrawn_since > ?3)",
    company.id, lot.id, at,
  );
}
