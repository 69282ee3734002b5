-- The data model. Times are milliseconds since 1970 in UTC; ids are random texts; figures count licences.
-- Every table is STRICT; what a rule of the product forbids, the schema refuses by itself.

-- A condition that a batch insists on: `INSERT INTO assertions SELECT <condition>, '<name>'` fails, and takes the whole
-- batch back, when the condition doesn't hold. It stores nothing. (An UPDATE that finds no row doesn't stop a batch.)
CREATE VIEW assertions (holds, otherwise) AS SELECT 1, '';
CREATE TRIGGER assertions_insist INSTEAD OF INSERT ON assertions WHEN NEW.holds IS NOT 1 BEGIN
  SELECT RAISE(ABORT, 'asserted: ' || NEW.otherwise);
END;

-- Account managers: the licence seller's people.
CREATE TABLE staff (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL UNIQUE, -- in the form that tells whether two are the same
  email_typed TEXT NOT NULL,
  name TEXT NOT NULL,
  phone TEXT,
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT, WITHOUT ROWID;

-- Customer organisations, each with its settings.
CREATE TABLE companies (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE,
  account_manager_id TEXT NOT NULL REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  platform_url TEXT,
  content_with_user INTEGER NOT NULL DEFAULT 0 CHECK (content_with_user IN (0, 1)), -- requirement C5
  draw_order TEXT NOT NULL DEFAULT 'first_to_end' CHECK (draw_order IN ('first_to_end', 'last_to_end')),
  invite_days INTEGER NOT NULL DEFAULT 30 CHECK (invite_days BETWEEN 1 AND 365)
) STRICT, WITHOUT ROWID;
CREATE INDEX companies_by_name ON companies (name, id);

-- Named sets of members. A lot can be set aside for one.
CREATE TABLE groups (
  company_id TEXT NOT NULL REFERENCES companies (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (company_id, id),
  UNIQUE (company_id, name)
) STRICT, WITHOUT ROWID;

-- People in companies. A row stays for ever: removal is a date.
CREATE TABLE members (
  company_id TEXT NOT NULL REFERENCES companies (id),
  id TEXT NOT NULL,
  email TEXT NOT NULL, -- in the form that tells whether two are the same
  email_typed TEXT NOT NULL,
  name TEXT,
  sort_name TEXT NOT NULL, -- the name, or the address where there is none, in lower case
  is_learner INTEGER NOT NULL CHECK (is_learner IN (0, 1)),
  is_manager INTEGER NOT NULL CHECK (is_manager IN (0, 1)),
  group_id TEXT,
  created_at INTEGER NOT NULL,
  joined_at INTEGER, -- when the first invite was accepted
  last_active_at INTEGER,
  removed_at INTEGER,
  PRIMARY KEY (company_id, id),
  -- The address first: signing in looks for it in all companies.
  UNIQUE (email, company_id),
  FOREIGN KEY (company_id, group_id) REFERENCES groups (company_id, id),
  CHECK (is_learner OR is_manager)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_by_name ON members (company_id, sort_name, id) WHERE removed_at IS NULL;
CREATE INDEX members_by_address ON members (company_id, email, id) WHERE removed_at IS NULL;
CREATE INDEX members_who_manage ON members (company_id, id) WHERE is_manager = 1 AND removed_at IS NULL;

-- The newest invite of each member. The token itself is nowhere: it is derived from the nonce and the Worker's key.
CREATE TABLE invites (
  company_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  nonce TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  invited_by TEXT NOT NULL, -- the inviter's name
  created_at INTEGER NOT NULL,
  open_until INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'lapsed', 'withdrawn')),
  settled_at INTEGER,
  PRIMARY KEY (company_id, member_id),
  FOREIGN KEY (company_id, member_id) REFERENCES members (company_id, id),
  CHECK ((state = 'open') = (settled_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX invites_open ON invites (open_until) WHERE state = 'open';

-- Requests for sign-in links. Neither link nor code is stored: both are derived from the id and the Worker's key.
CREATE TABLE sign_in_links (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL,
  browser_hash TEXT NOT NULL, -- of the cookie of the browser that asked
  asked_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 5),
  used_at INTEGER -- when it was used, or replaced by a newer one
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_links_by_address ON sign_in_links (email, asked_at);
CREATE INDEX sign_in_links_by_browser ON sign_in_links (browser_hash, asked_at);
CREATE INDEX sign_in_links_by_age ON sign_in_links (asked_at);

CREATE TABLE sessions (
  token_hash TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL, -- the address that was proved
  staff_id TEXT REFERENCES staff (id),
  company_id TEXT,
  member_id TEXT,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  idle_until INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  FOREIGN KEY (company_id, member_id) REFERENCES members (company_id, id),
  CHECK ((staff_id IS NULL) = (member_id IS NOT NULL)),
  CHECK ((company_id IS NULL) = (member_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_end ON sessions (idle_until);

-- What companies request.
CREATE TABLE orders (
  company_id TEXT NOT NULL REFERENCES companies (id),
  id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL CHECK (kind IN ('user', 'content')),
  quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
  assigned INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'requested' CHECK (status IN ('requested', 'assigned', 'declined', 'cancelled')),
  group_id TEXT,
  reference TEXT,
  message TEXT,
  requested_by TEXT NOT NULL, -- the person's name
  requested_at INTEGER NOT NULL,
  settled_at INTEGER,
  PRIMARY KEY (company_id, id),
  UNIQUE (id),
  UNIQUE (company_id, number),
  FOREIGN KEY (company_id, group_id) REFERENCES groups (company_id, id),
  CHECK (assigned BETWEEN 0 AND quantity)
) STRICT, WITHOUT ROWID;
CREATE INDEX orders_waiting ON orders (requested_at, id) WHERE status = 'requested';
CREATE INDEX orders_waiting_by_company ON orders (company_id) WHERE status = 'requested';

-- Licences of one kind that end together. A lot of a million is one row.
CREATE TABLE lots (
  company_id TEXT NOT NULL REFERENCES companies (id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('user', 'content')),
  order_id TEXT,
  part INTEGER NOT NULL DEFAULT 1 CHECK (part > 0), -- which assignment of its order made it
  group_id TEXT,
  overdraft INTEGER NOT NULL DEFAULT 0 CHECK (overdraft IN (0, 1)),
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  pending INTEGER NOT NULL DEFAULT 0 CHECK (pending >= 0),
  in_use INTEGER NOT NULL DEFAULT 0 CHECK (in_use >= 0),
  closed_at INTEGER, -- when the scheduled run wrote down its end
  PRIMARY KEY (company_id, id),
  UNIQUE (id),
  -- So that a licence can't be drawn from a lot of another kind.
  UNIQUE (company_id, id, kind),
  FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id),
  FOREIGN KEY (company_id, group_id) REFERENCES groups (company_id, id),
  CHECK (starts_at < ends_at),
  CHECK (overdraft = 0 OR quantity = 0),
  -- The line that makes overselling impossible, whatever stands above it.
  CONSTRAINT lots_never_oversold CHECK (overdraft OR pending + in_use <= quantity)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX lots_one_part_once ON lots (order_id, part) WHERE order_id IS NOT NULL;
CREATE UNIQUE INDEX lots_one_overdraft ON lots (company_id, kind) WHERE overdraft = 1;
CREATE INDEX lots_by_end ON lots (company_id, ends_at);
CREATE INDEX lots_to_close ON lots (ends_at) WHERE closed_at IS NULL;

-- Seats, each held by one member and drawn from one lot. A row stays for ever.
CREATE TABLE licences (
  company_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  id TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('user', 'content')),
  status TEXT NOT NULL CHECK (status IN ('pending', 'in_use', 'ended')),
  allocated_at INTEGER NOT NULL,
  activated_at INTEGER,
  ends_at INTEGER NOT NULL,
  ended_at INTEGER,
  ended_reason TEXT CHECK (ended_reason IN ('expired', 'removed', 'replaced', 'invite_lapsed', 'invite_withdrawn')),
  PRIMARY KEY (company_id, member_id, id),
  FOREIGN KEY (company_id, member_id) REFERENCES members (company_id, id),
  FOREIGN KEY (company_id, lot_id, kind) REFERENCES lots (company_id, id, kind),
  CHECK ((status = 'ended') = (ended_at IS NOT NULL)),
  CHECK ((status = 'ended') = (ended_reason IS NOT NULL)),
  CHECK (status <> 'in_use' OR activated_at IS NOT NULL)
) STRICT, WITHOUT ROWID;
-- A member holds at most one live licence of a kind.
CREATE UNIQUE INDEX licences_one_live ON licences (company_id, member_id, kind) WHERE status <> 'ended';
CREATE INDEX licences_due ON licences (ends_at) WHERE status <> 'ended';

CREATE TRIGGER licences_counted_in AFTER INSERT ON licences WHEN NEW.status <> 'ended' BEGIN
  UPDATE lots SET pending = pending + (NEW.status = 'pending'), in_use = in_use + (NEW.status = 'in_use')
  WHERE company_id = NEW.company_id AND id = NEW.lot_id;
END;
CREATE TRIGGER licences_counted_on AFTER UPDATE OF status ON licences WHEN OLD.lot_id = NEW.lot_id AND OLD.status <> NEW.status BEGIN
  UPDATE lots SET
    pending = pending - (OLD.status = 'pending') + (NEW.status = 'pending'),
    in_use = in_use - (OLD.status = 'in_use') + (NEW.status = 'in_use')
  WHERE company_id = NEW.company_id AND id = NEW.lot_id;
END;
CREATE TRIGGER licences_counted_over AFTER UPDATE OF lot_id ON licences WHEN OLD.lot_id <> NEW.lot_id BEGIN
  UPDATE lots SET pending = pending - (OLD.status = 'pending'), in_use = in_use - (OLD.status = 'in_use')
  WHERE company_id = OLD.company_id AND id = OLD.lot_id;
  UPDATE lots SET pending = pending + (NEW.status = 'pending'), in_use = in_use + (NEW.status = 'in_use')
  WHERE company_id = NEW.company_id AND id = NEW.lot_id;
END;

-- A licence never ends later than its lot.
CREATE TRIGGER licences_end_with_their_lot BEFORE INSERT ON licences
WHEN NEW.ends_at > (SELECT ends_at FROM lots WHERE company_id = NEW.company_id AND id = NEW.lot_id) BEGIN
  SELECT RAISE(ABORT, 'a licence never ends later than its lot');
END;
CREATE TRIGGER licences_still_end_with_their_lot BEFORE UPDATE OF ends_at, lot_id ON licences
WHEN NEW.ends_at > (SELECT ends_at FROM lots WHERE company_id = NEW.company_id AND id = NEW.lot_id) BEGIN
  SELECT RAISE(ABORT, 'a licence never ends later than its lot');
END;
-- What has ended stays ended, and a licence doesn't change hands: giving on ends one and draws another.
CREATE TRIGGER licences_stay_themselves BEFORE UPDATE ON licences
WHEN OLD.status = 'ended' OR NEW.company_id <> OLD.company_id OR NEW.member_id <> OLD.member_id OR NEW.id <> OLD.id
  OR NEW.kind <> OLD.kind OR NEW.allocated_at <> OLD.allocated_at
  OR (OLD.status = 'in_use' AND NEW.status = 'pending') BEGIN
  SELECT RAISE(ABORT, 'a licence keeps its history');
END;
-- INSERT OR REPLACE deletes without asking the triggers below, so the same id may not come twice; nor may a second
-- live licence, which a REPLACE would let push out the first.
CREATE TRIGGER licences_are_not_replaced BEFORE INSERT ON licences
WHEN EXISTS (SELECT 1 FROM licences WHERE company_id = NEW.company_id AND member_id = NEW.member_id AND id = NEW.id)
  OR (NEW.status <> 'ended' AND EXISTS (
    SELECT 1 FROM licences
    WHERE company_id = NEW.company_id AND member_id = NEW.member_id AND kind = NEW.kind AND status <> 'ended'
  )) BEGIN
  SELECT RAISE(ABORT, 'a member holds at most one live licence of a kind');
END;
CREATE TRIGGER licences_are_kept BEFORE DELETE ON licences BEGIN
  SELECT RAISE(ABORT, 'licences are kept for ever');
END;
CREATE TRIGGER lots_are_not_replaced BEFORE INSERT ON lots
WHEN EXISTS (SELECT 1 FROM lots WHERE company_id = NEW.company_id AND id = NEW.id)
  OR (NEW.overdraft = 1 AND EXISTS (SELECT 1 FROM lots WHERE company_id = NEW.company_id AND kind = NEW.kind AND overdraft = 1))
  OR NEW.pending <> 0 OR NEW.in_use <> 0 BEGIN
  SELECT RAISE(ABORT, 'a lot comes once, and empty');
END;
CREATE TRIGGER lots_are_kept BEFORE DELETE ON lots BEGIN
  SELECT RAISE(ABORT, 'lots are kept for ever');
END;
CREATE TRIGGER lots_stay_themselves BEFORE UPDATE ON lots
WHEN NEW.company_id <> OLD.company_id OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.overdraft <> OLD.overdraft
  OR NEW.order_id IS NOT OLD.order_id OR NEW.part <> OLD.part OR NEW.starts_at <> OLD.starts_at BEGIN
  SELECT RAISE(ABORT, 'a lot keeps its history');
END;

-- The append-only history: who did what to whom, when, through which door.
CREATE TABLE events (
  seq INTEGER NOT NULL PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  at INTEGER NOT NULL,
  door TEXT NOT NULL CHECK (door IN ('add_user', 'import', 'directory_sync', 'invite', 'api', 'desk', 'scheduled_run')),
  actor_id TEXT, -- the staff's or member's id; none for the scheduled run
  actor TEXT, -- the person's name at that moment
  what TEXT NOT NULL,
  headline INTEGER NOT NULL DEFAULT 0 CHECK (headline IN (0, 1)), -- whether it stands for a whole action
  member_id TEXT,
  kind TEXT,
  quantity INTEGER,
  licence_id TEXT,
  lot_id TEXT,
  order_id TEXT,
  from_state TEXT,
  to_state TEXT
) STRICT;
CREATE INDEX events_by_company ON events (company_id, seq);
CREATE INDEX events_headlines ON events (company_id, seq) WHERE headline = 1;
CREATE INDEX events_by_member ON events (company_id, member_id, seq) WHERE member_id IS NOT NULL;
CREATE TRIGGER events_are_not_replaced BEFORE INSERT ON events WHEN EXISTS (SELECT 1 FROM events WHERE seq = NEW.seq) BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;

-- Letters that wait to leave, written in the transaction of what causes them. Links and codes are derived when a
-- letter is sent, so none stands here.
CREATE TABLE outbox (
  id INTEGER NOT NULL PRIMARY KEY,
  cause TEXT NOT NULL,
  receiver TEXT NOT NULL, -- the address, as typed
  receiver_name TEXT,
  letter TEXT NOT NULL,
  data TEXT NOT NULL CHECK (json_valid(data)),
  company_id TEXT,
  member_id TEXT, -- whose invite's link goes into the letter
  sign_in_id TEXT, -- which request's link and code go into the letter
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed', 'dropped')),
  next_try_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  settled_at INTEGER,
  failure TEXT,
  -- Each (event, receiver) is mailed once.
  UNIQUE (cause, receiver)
) STRICT;
-- Somebody waits in front of the screen for a sign-in letter: those don't queue behind all the others.
CREATE INDEX outbox_due_first ON outbox (next_try_at) WHERE state = 'queued' AND sign_in_id IS NOT NULL;
CREATE INDEX outbox_due ON outbox (next_try_at) WHERE state = 'queued' AND sign_in_id IS NULL;

-- The answers to requests that may come twice.
CREATE TABLE idempotency_keys (
  caller TEXT NOT NULL, -- the staff's or member's id
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  made TEXT NOT NULL, -- the id of what the request made
  status INTEGER,
  answer TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (caller, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
