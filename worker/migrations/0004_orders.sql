-- Orders that are assigned in parts, declined, cancelled and renewed; the desk's lists; letters that are chosen, chased and
-- heard of again.

ALTER TABLE staff ADD COLUMN role TEXT NOT NULL DEFAULT 'administrator' CHECK (role IN ('administrator', 'account_manager'));
CREATE INDEX sessions_by_staff ON sessions (staff_id) WHERE staff_id IS NOT NULL;
-- What was done to staff: append-only, as the companies' histories are.
CREATE TABLE staff_events (
  seq INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_id TEXT NOT NULL,
  actor TEXT NOT NULL, -- the person's name at that moment
  what TEXT NOT NULL CHECK (what IN ('invited', 'changed', 'removed')),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  role TEXT NOT NULL -- from then on
) STRICT;
CREATE TRIGGER staff_events_are_not_replaced BEFORE INSERT ON staff_events WHEN EXISTS (SELECT 1 FROM staff_events WHERE seq = NEW.seq) BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER staff_events_are_not_changed BEFORE UPDATE ON staff_events BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER staff_events_are_kept BEFORE DELETE ON staff_events BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;

ALTER TABLE companies ADD COLUMN remind_first INTEGER DEFAULT 3 CHECK (remind_first BETWEEN 1 AND 364); -- days after an invite; none: never
ALTER TABLE companies ADD COLUMN remind_second INTEGER DEFAULT 10 CHECK (remind_second BETWEEN 1 AND 364);
ALTER TABLE companies ADD COLUMN low_user INTEGER CHECK (low_user BETWEEN 1 AND 1000000); -- fewer available than this are few
ALTER TABLE companies ADD COLUMN low_content INTEGER CHECK (low_content BETWEEN 1 AND 1000000);
CREATE INDEX companies_by_account_manager ON companies (account_manager_id, name, id);

-- Companies by every word of their names: what follows from the word on, in lower case.
CREATE TABLE company_words (
  words TEXT NOT NULL,
  company_id TEXT NOT NULL REFERENCES companies (id),
  account_manager_id TEXT NOT NULL REFERENCES staff (id), -- the company's
  PRIMARY KEY (words, company_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX company_words_of ON company_words (company_id);
CREATE INDEX company_words_own ON company_words (account_manager_id, words, company_id);
INSERT OR IGNORE INTO company_words
WITH RECURSIVE rest(company_id, account_manager_id, words) AS (
  SELECT id, account_manager_id, lower(trim(name)) FROM companies
  UNION ALL
  SELECT company_id, account_manager_id, ltrim(substr(words, instr(words, ' ') + 1)) FROM rest WHERE instr(words, ' ') > 0
)
SELECT words, company_id, account_manager_id FROM rest WHERE words <> '';

-- Letters that a company doesn't want: to all of a sort of receivers, or to one manager.
CREATE TABLE notices_off (
  company_id TEXT NOT NULL REFERENCES companies (id),
  letter TEXT NOT NULL,
  receiver TEXT NOT NULL, -- managers, account_manager, learners, or a manager's id
  PRIMARY KEY (company_id, letter, receiver)
) STRICT, WITHOUT ROWID;
-- Where few licences are available, since when: told once until it is over.
CREATE TABLE low_balances (
  company_id TEXT NOT NULL REFERENCES companies (id),
  kind TEXT NOT NULL CHECK (kind IN ('user', 'content')),
  since INTEGER NOT NULL,
  PRIMARY KEY (company_id, kind)
) STRICT, WITHOUT ROWID;

ALTER TABLE orders ADD COLUMN account_manager_id TEXT REFERENCES staff (id); -- who it waits for
ALTER TABLE orders ADD COLUMN renews_lot_id TEXT;
ALTER TABLE orders ADD COLUMN parts INTEGER NOT NULL DEFAULT 0 CHECK (parts >= 0); -- how many lots it has become
ALTER TABLE orders ADD COLUMN remind_at INTEGER; -- when the account manager is reminded next
ALTER TABLE orders ADD COLUMN reason TEXT; -- why it was declined
UPDATE orders SET account_manager_id = (SELECT c.account_manager_id FROM companies c WHERE c.id = orders.company_id),
  parts = (SELECT count(*) FROM lots WHERE lots.order_id = orders.id),
  remind_at = CASE status WHEN 'requested' THEN requested_at + 2 * 86400000 END;
CREATE INDEX orders_waiting_own ON orders (account_manager_id, requested_at, id) WHERE status = 'requested';
CREATE INDEX orders_to_remind ON orders (remind_at) WHERE status = 'requested' AND remind_at IS NOT NULL;
CREATE INDEX orders_renewing ON orders (company_id, renews_lot_id) WHERE renews_lot_id IS NOT NULL;
CREATE TRIGGER orders_stay_settled BEFORE UPDATE ON orders
WHEN (OLD.status <> 'requested' AND (NEW.status <> OLD.status OR NEW.assigned <> OLD.assigned)) OR NEW.assigned < OLD.assigned
  OR NEW.parts < OLD.parts OR NEW.company_id <> OLD.company_id OR NEW.id <> OLD.id OR NEW.number <> OLD.number
  OR NEW.kind <> OLD.kind OR NEW.quantity <> OLD.quantity BEGIN
  SELECT RAISE(ABORT, 'an order keeps its history');
END;

ALTER TABLE lots ADD COLUMN account_manager_id TEXT REFERENCES staff (id); -- the company's, for the desk's lists
ALTER TABLE lots ADD COLUMN note TEXT; -- from the account manager, with the assignment
ALTER TABLE lots ADD COLUMN tell_at INTEGER; -- when managers are told next that it ends
ALTER TABLE lots ADD COLUMN overdrawn_since INTEGER; -- of an overdraft lot that is drawn on
UPDATE lots SET account_manager_id = (SELECT c.account_manager_id FROM companies c WHERE c.id = lots.company_id),
  tell_at = CASE WHEN overdraft = 0 AND closed_at IS NULL THEN max(starts_at, ends_at - 60 * 86400000) END,
  overdrawn_since = CASE WHEN overdraft = 1 AND pending + in_use > 0 THEN unixepoch() * 1000 END;
CREATE INDEX lots_ending ON lots (ends_at, id) WHERE closed_at IS NULL AND overdraft = 0;
CREATE INDEX lots_ending_own ON lots (account_manager_id, ends_at, id) WHERE closed_at IS NULL AND overdraft = 0;
CREATE INDEX lots_to_tell ON lots (tell_at) WHERE tell_at IS NOT NULL AND closed_at IS NULL;
CREATE INDEX lots_overdrawn ON lots (overdrawn_since, id) WHERE overdrawn_since IS NOT NULL;
CREATE INDEX lots_overdrawn_own ON lots (account_manager_id, overdrawn_since, id) WHERE overdrawn_since IS NOT NULL;
CREATE TRIGGER lots_overdrawn_no_more AFTER UPDATE OF pending, in_use ON lots
WHEN NEW.overdrawn_since IS NOT NULL AND NEW.pending + NEW.in_use = 0 BEGIN
  UPDATE lots SET overdrawn_since = NULL WHERE company_id = NEW.company_id AND id = NEW.id;
END;
CREATE TRIGGER lots_never_grow BEFORE UPDATE OF quantity ON lots WHEN NEW.quantity > OLD.quantity BEGIN
  SELECT RAISE(ABORT, 'a lot never grows: more licences are another lot');
END;

-- Whether the learners have been told that their licences end.
ALTER TABLE holdings ADD COLUMN told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1));
CREATE INDEX holdings_to_tell ON holdings (ends_at) WHERE told = 0;

ALTER TABLE invites ADD COLUMN remind_at INTEGER; -- when the invited person is reminded next
UPDATE invites SET remind_at = CASE
  WHEN created_at + 3 * 86400000 > unixepoch() * 1000 THEN created_at + 3 * 86400000
  WHEN created_at + 10 * 86400000 > unixepoch() * 1000 THEN created_at + 10 * 86400000 END
WHERE state = 'open';
CREATE INDEX invites_to_remind ON invites (remind_at) WHERE state = 'open' AND remind_at IS NOT NULL;

ALTER TABLE events ADD COLUMN note TEXT; -- a reason, in the words of whoever gave it
CREATE INDEX events_of_order ON events (company_id, order_id, seq) WHERE order_id IS NOT NULL AND headline = 1;
DROP TRIGGER events_move_balances;
CREATE TRIGGER events_move_balances AFTER INSERT ON events
WHEN NEW.kind IS NOT NULL
  AND NEW.what IN ('lot_started', 'lot_ended', 'lot_reduced', 'licence_drawn', 'licence_activated', 'licence_expired', 'licence_taken_back') BEGIN
  INSERT INTO movements (company_id, kind, day, what, from_state, to_state, licences)
  VALUES (NEW.company_id, NEW.kind, CAST(NEW.at AS INTEGER) / 86400000, NEW.what,
    coalesce(NEW.from_state, ''), coalesce(NEW.to_state, ''), NEW.quantity)
  ON CONFLICT (company_id, kind, day, what, from_state, to_state) DO UPDATE SET licences = licences + excluded.licences;
END;

-- A letter's way: queued (again) since when, the provider's id for it, and what the provider told of it later.
ALTER TABLE outbox ADD COLUMN queued_at INTEGER; -- since when it waits, where that isn't since it was written
ALTER TABLE outbox ADD COLUMN provider_id TEXT;
ALTER TABLE outbox ADD COLUMN delivery TEXT CHECK (delivery IN ('delivered', 'delayed', 'bounced', 'complained'));
ALTER TABLE outbox ADD COLUMN delivery_at INTEGER;
ALTER TABLE outbox ADD COLUMN delivery_reason TEXT;
CREATE INDEX outbox_by_provider ON outbox (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX outbox_to ON outbox (company_id, receiver, id) WHERE company_id IS NOT NULL;
CREATE INDEX outbox_failed ON outbox (settled_at, id) WHERE state = 'failed' OR delivery IN ('bounced', 'complained');
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
-- How the mail provider does: while it is down, letters wait together instead of knocking one by one.
CREATE TABLE mail_pause (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  failures INTEGER NOT NULL, -- handfuls in a row of which none left
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
