-- The licence engine: early ends, carry-over, overdrawing and waiting, movements of the balance, and seals on the history.

ALTER TABLE companies ADD COLUMN carry_over TEXT NOT NULL DEFAULT 'active' CHECK (carry_over IN ('active', 'all', 'none'));
ALTER TABLE companies ADD COLUMN sync_shortage TEXT NOT NULL DEFAULT 'overdraw' CHECK (sync_shortage IN ('overdraw', 'wait', 'refuse'));
ALTER TABLE companies ADD COLUMN overdraft_limit INTEGER NOT NULL DEFAULT 100 CHECK (overdraft_limit BETWEEN 0 AND 1000000); -- licences of each kind

-- Requirement B2: the licences of a group or a person may end before their lots do. A person's own date goes before the group's.
ALTER TABLE groups ADD COLUMN licences_end_at INTEGER;
ALTER TABLE members ADD COLUMN licences_end_at INTEGER;
CREATE INDEX members_by_group ON members (company_id, group_id, id) WHERE group_id IS NOT NULL AND removed_at IS NULL;
CREATE INDEX invites_open_by_company ON invites (company_id, open_until) WHERE state = 'open';
CREATE INDEX sessions_by_member ON sessions (company_id, member_id) WHERE member_id IS NOT NULL;

-- A lot's life: opened when it comes into force, closed when it ends and its holders have moved on, emptied when the
-- last licence that nobody carried over is written down as expired.
ALTER TABLE lots ADD COLUMN opened_at INTEGER;
ALTER TABLE lots ADD COLUMN emptied_at INTEGER;
ALTER TABLE lots ADD COLUMN carried INTEGER NOT NULL DEFAULT 0; -- how many of its holders moved on at its end
ALTER TABLE lots ADD COLUMN not_carried INTEGER; -- how many didn't
UPDATE lots SET opened_at = starts_at WHERE overdraft = 1 OR starts_at <= unixepoch() * 1000;
CREATE INDEX lots_to_open ON lots (starts_at) WHERE opened_at IS NULL;
CREATE INDEX lots_to_open_by_company ON lots (company_id, starts_at) WHERE opened_at IS NULL;
CREATE INDEX lots_to_close_by_company ON lots (company_id, ends_at) WHERE closed_at IS NULL;
CREATE INDEX lots_to_empty ON lots (closed_at) WHERE closed_at IS NOT NULL AND emptied_at IS NULL;
CREATE INDEX lots_to_empty_by_company ON lots (company_id) WHERE closed_at IS NOT NULL AND emptied_at IS NULL;

-- The calendar day (in UTC, counted from 1970) on which a licence's holder was last active, or got the licence.
ALTER TABLE licences ADD COLUMN active_on INTEGER NOT NULL DEFAULT 0;
UPDATE licences SET active_on = max(allocated_at, coalesce(activated_at, 0), coalesce(
  (SELECT last_active_at FROM members m WHERE m.company_id = licences.company_id AND m.id = licences.member_id), 0)) / 86400000
WHERE status <> 'ended';
CREATE TRIGGER members_were_active AFTER UPDATE OF last_active_at ON members
WHEN NEW.last_active_at / 86400000 > coalesce(OLD.last_active_at, 0) / 86400000 BEGIN
  UPDATE licences SET active_on = NEW.last_active_at / 86400000
  WHERE company_id = NEW.company_id AND member_id = NEW.id AND status <> 'ended' AND active_on < NEW.last_active_at / 86400000;
END;
-- The holders of a lot, by the end of their licences, those who were active longest ago first. What is due is found
-- through it as well.
CREATE INDEX licences_by_lot ON licences (company_id, lot_id, (status = 'ended'), ends_at, active_on);
DROP INDEX licences_due;

-- How many licences of a lot end when, by the day of the last activity: what balances, forecasts and the scheduled run
-- read instead of licences. Kept by the triggers below.
CREATE TABLE holdings (
  company_id TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  ends_at INTEGER NOT NULL,
  active_on INTEGER NOT NULL,
  early INTEGER NOT NULL CHECK (early IN (0, 1)), -- whether they end before their lot
  pending INTEGER NOT NULL CHECK (pending >= 0),
  in_use INTEGER NOT NULL CHECK (in_use >= 0),
  PRIMARY KEY (company_id, lot_id, ends_at, active_on),
  FOREIGN KEY (company_id, lot_id) REFERENCES lots (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX holdings_early ON holdings (ends_at, company_id) WHERE early = 1;
CREATE INDEX holdings_early_by_company ON holdings (company_id, ends_at) WHERE early = 1;
INSERT INTO holdings
SELECT l.company_id, l.lot_id, l.ends_at, l.active_on, l.ends_at < lots.ends_at, sum(l.status = 'pending'), sum(l.status = 'in_use')
FROM licences l JOIN lots ON lots.company_id = l.company_id AND lots.id = l.lot_id
WHERE l.status <> 'ended'
GROUP BY l.company_id, l.lot_id, l.ends_at, l.active_on;
CREATE TRIGGER licences_held AFTER INSERT ON licences WHEN NEW.status <> 'ended' BEGIN
  INSERT INTO holdings (company_id, lot_id, ends_at, active_on, early, pending, in_use)
  SELECT NEW.company_id, NEW.lot_id, NEW.ends_at, NEW.active_on, NEW.ends_at < lots.ends_at, NEW.status = 'pending', NEW.status = 'in_use'
  FROM lots WHERE lots.company_id = NEW.company_id AND lots.id = NEW.lot_id
  ON CONFLICT (company_id, lot_id, ends_at, active_on) DO UPDATE SET pending = pending + excluded.pending, in_use = in_use + excluded.in_use;
END;
CREATE TRIGGER licences_held_on AFTER UPDATE OF status, lot_id, ends_at, active_on ON licences BEGIN
  UPDATE holdings SET pending = pending - (OLD.status = 'pending'), in_use = in_use - (OLD.status = 'in_use')
  WHERE company_id = OLD.company_id AND lot_id = OLD.lot_id AND ends_at = OLD.ends_at AND active_on = OLD.active_on;
  DELETE FROM holdings
  WHERE company_id = OLD.company_id AND lot_id = OLD.lot_id AND ends_at = OLD.ends_at AND active_on = OLD.active_on
    AND pending = 0 AND in_use = 0;
  INSERT INTO holdings (company_id, lot_id, ends_at, active_on, early, pending, in_use)
  SELECT NEW.company_id, NEW.lot_id, NEW.ends_at, NEW.active_on, NEW.ends_at < lots.ends_at, NEW.status = 'pending', NEW.status = 'in_use'
  FROM lots WHERE lots.company_id = NEW.company_id AND lots.id = NEW.lot_id AND NEW.status <> 'ended'
  ON CONFLICT (company_id, lot_id, ends_at, active_on) DO UPDATE SET pending = pending + excluded.pending, in_use = in_use + excluded.in_use;
END;
-- A licence never ends later than its lot, from the lot's side.
CREATE TRIGGER lots_end_with_their_licences BEFORE UPDATE OF ends_at ON lots
WHEN EXISTS (SELECT 1 FROM holdings WHERE company_id = NEW.company_id AND lot_id = NEW.id AND ends_at > NEW.ends_at) BEGIN
  SELECT RAISE(ABORT, 'a licence never ends later than its lot');
END;
CREATE TRIGGER lots_end_elsewhere AFTER UPDATE OF ends_at ON lots WHEN NEW.ends_at <> OLD.ends_at BEGIN
  UPDATE holdings SET early = ends_at < NEW.ends_at WHERE company_id = NEW.company_id AND lot_id = NEW.id;
END;

-- Members whom a directory sync added when no licence was available: first come, first served when one comes. The
-- ids and the invite's secret are made when they come, because SQL can't.
CREATE TABLE waiting (
  place INTEGER NOT NULL PRIMARY KEY,
  company_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('user', 'content')),
  since INTEGER NOT NULL,
  licence_id TEXT NOT NULL,
  nonce TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  UNIQUE (company_id, member_id, kind),
  FOREIGN KEY (company_id, member_id) REFERENCES members (company_id, id)
) STRICT;
CREATE INDEX waiting_in_line ON waiting (company_id, kind, place);

-- What else an event can say.
ALTER TABLE events ADD COLUMN starts_at INTEGER; -- a lot's term
ALTER TABLE events ADD COLUMN ends_at INTEGER; -- a lot's or a licence's end from then on
ALTER TABLE events ADD COLUMN from_lot_id TEXT; -- where a licence was before
ALTER TABLE events ADD COLUMN other_member_id TEXT; -- who had it before, or has it since
ALTER TABLE events ADD COLUMN belongs_to TEXT; -- the import or the sync

-- The same order as before within each kind, so that a balance's own events are found too.
CREATE INDEX events_by_kind ON events (company_id, kind, seq);
DROP INDEX events_by_company;
CREATE TRIGGER events_are_of_a_kind BEFORE INSERT ON events WHEN NEW.kind NOT IN ('user', 'content') BEGIN
  SELECT RAISE(ABORT, 'no such kind of licence');
END;

-- What moved a balance, summed up by the day (in UTC, counted from 1970). Kept by the trigger below.
CREATE TABLE movements (
  company_id TEXT NOT NULL REFERENCES companies (id),
  kind TEXT NOT NULL,
  day INTEGER NOT NULL,
  what TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  licences INTEGER NOT NULL,
  PRIMARY KEY (company_id, kind, day, what, from_state, to_state)
) STRICT, WITHOUT ROWID;
INSERT INTO movements
SELECT company_id, kind, at / 86400000, what, coalesce(from_state, ''), coalesce(to_state, ''), sum(quantity)
FROM events
WHERE kind IS NOT NULL AND what IN ('lot_ended', 'licence_drawn', 'licence_activated', 'licence_expired')
GROUP BY 1, 2, 3, 4, 5, 6;
CREATE TRIGGER events_move_balances AFTER INSERT ON events
WHEN NEW.kind IS NOT NULL
  AND NEW.what IN ('lot_started', 'lot_ended', 'licence_drawn', 'licence_activated', 'licence_expired', 'licence_taken_back') BEGIN
  INSERT INTO movements (company_id, kind, day, what, from_state, to_state, licences)
  VALUES (NEW.company_id, NEW.kind, CAST(NEW.at AS INTEGER) / 86400000, NEW.what,
    coalesce(NEW.from_state, ''), coalesce(NEW.to_state, ''), NEW.quantity)
  ON CONFLICT (company_id, kind, day, what, from_state, to_state) DO UPDATE SET licences = licences + excluded.licences;
END;

-- The history of before learns what it lacked: when lots came into force, when licences end, what lapsed invites gave back.
INSERT INTO events (company_id, at, door, what, kind, quantity, lot_id, order_id, to_state, starts_at, ends_at)
SELECT l.company_id, max(l.starts_at, o.settled_at), 'desk', 'lot_started', l.kind, l.quantity, l.id, l.order_id, 'in_force', l.starts_at, l.ends_at
FROM lots l JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id
WHERE l.opened_at IS NOT NULL;
INSERT INTO events (company_id, at, door, what, member_id, kind, quantity, licence_id, lot_id, from_state, to_state)
SELECT company_id, ended_at, 'scheduled_run', 'licence_taken_back', member_id, kind, 1, id, lot_id, 'pending', ended_reason
FROM licences WHERE ended_reason = 'invite_lapsed';
INSERT INTO events (company_id, at, door, what, member_id, kind, quantity, licence_id, lot_id, from_state, to_state, ends_at)
SELECT company_id, unixepoch() * 1000, 'scheduled_run', 'licence_end_changed', member_id, kind, 1, id, lot_id, status, status, ends_at
FROM licences WHERE status <> 'ended';

-- Seals on the history: each is the hash of the one before and of the company's events since. Whoever changes an event
-- breaks its seal and all that follow.
CREATE TABLE seals (
  company_id TEXT NOT NULL REFERENCES companies (id),
  number INTEGER NOT NULL CHECK (number > 0),
  last_seq INTEGER NOT NULL,
  events INTEGER NOT NULL CHECK (events > 0),
  hash TEXT NOT NULL,
  sealed_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER seals_follow BEFORE INSERT ON seals
WHEN EXISTS (SELECT 1 FROM seals WHERE company_id = NEW.company_id AND number >= NEW.number)
  OR NEW.last_seq <= coalesce((SELECT max(last_seq) FROM seals WHERE company_id = NEW.company_id AND number = NEW.number - 1), 0)
  OR (NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM seals WHERE company_id = NEW.company_id AND number = NEW.number - 1)) BEGIN
  SELECT RAISE(ABORT, 'seals are append-only');
END;
CREATE TRIGGER seals_are_not_changed BEFORE UPDATE ON seals BEGIN
  SELECT RAISE(ABORT, 'seals are append-only');
END;
CREATE TRIGGER seals_are_kept BEFORE DELETE ON seals BEGIN
  SELECT RAISE(ABORT, 'seals are append-only');
END;
-- Up to which event everything is sealed, of all companies: where the scheduled run goes on.
CREATE TABLE sealed_until (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL) STRICT;
INSERT INTO sealed_until VALUES (1, 0);
