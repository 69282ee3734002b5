-- Lists of users of any size, what is done with many at once, and imports.

ALTER TABLE companies ADD COLUMN inactive_days INTEGER NOT NULL DEFAULT 90 CHECK (inactive_days BETWEEN 7 AND 365); -- requirement C3

-- What lists of users are narrowed down to and sorted by, kept by the triggers below: where a member stands with regard
-- to the user licence, when that licence ends, and the day (in UTC, counted from 1970) of the last activity.
ALTER TABLE members ADD COLUMN standing TEXT NOT NULL DEFAULT 'none'
  CHECK (standing IN ('in_use', 'pending', 'waiting', 'overdrawn', 'expired', 'none', 'removed'));
ALTER TABLE members ADD COLUMN user_ends_at INTEGER NOT NULL DEFAULT 253402300799000; -- no end: sorted last
ALTER TABLE members ADD COLUMN active_on INTEGER NOT NULL DEFAULT 0;
-- The name with its last word first, so that people are found by either.
ALTER TABLE members ADD COLUMN last_name_first TEXT;
UPDATE members SET
  last_name_first = CASE WHEN instr(sort_name, ' ') > 0 THEN
    substr(sort_name, length(rtrim(sort_name, replace(sort_name, ' ', ''))) + 1) || ' ' || rtrim(rtrim(sort_name, replace(sort_name, ' ', ''))) END,
  standing = CASE
    WHEN removed_at IS NOT NULL THEN 'removed'
    ELSE coalesce(
      (SELECT CASE WHEN lots.overdraft THEN 'overdrawn' ELSE l.status END FROM licences l
        JOIN lots ON lots.company_id = l.company_id AND lots.id = l.lot_id
        WHERE l.company_id = members.company_id AND l.member_id = members.id AND l.kind = 'user' AND l.status <> 'ended'),
      (SELECT 'waiting' FROM waiting w WHERE w.company_id = members.company_id AND w.member_id = members.id AND w.kind = 'user'),
      (SELECT CASE l.ended_reason WHEN 'expired' THEN 'expired' ELSE 'none' END FROM licences l
        WHERE l.company_id = members.company_id AND l.member_id = members.id AND l.kind = 'user' ORDER BY l.ended_at DESC, l.allocated_at DESC LIMIT 1),
      'none') END;
UPDATE members SET user_ends_at = coalesce(
  (SELECT l.ends_at FROM licences l
    WHERE l.company_id = members.company_id AND l.member_id = members.id AND l.kind = 'user' AND (l.status <> 'ended' OR l.ended_reason = 'expired')
    ORDER BY l.status <> 'ended' DESC, l.ended_at DESC LIMIT 1), 253402300799000)
WHERE standing IN ('in_use', 'pending', 'overdrawn', 'expired');
UPDATE members SET active_on = max(coalesce(last_active_at / 86400000, 0), coalesce(
  (SELECT max(l.active_on) FROM licences l WHERE l.company_id = members.company_id AND l.member_id = members.id AND l.kind = 'user'), 0));

CREATE INDEX members_by_standing ON members (company_id, standing, sort_name, id);
CREATE INDEX members_by_end ON members (company_id, standing, user_ends_at, id);
CREATE INDEX members_by_activity ON members (company_id, standing, active_on, id);
CREATE INDEX members_by_last_name ON members (company_id, last_name_first, id) WHERE last_name_first IS NOT NULL AND removed_at IS NULL;
CREATE INDEX members_of_group ON members (company_id, group_id, standing, sort_name, id) WHERE group_id IS NOT NULL;
CREATE INDEX members_of_group_by_end ON members (company_id, group_id, standing, user_ends_at, id) WHERE group_id IS NOT NULL;
CREATE INDEX members_of_group_by_activity ON members (company_id, group_id, standing, active_on, id) WHERE group_id IS NOT NULL;
DROP INDEX members_by_group;
CREATE INDEX lots_of_group ON lots (company_id, group_id) WHERE group_id IS NOT NULL;
CREATE INDEX orders_of_group ON orders (company_id, group_id) WHERE group_id IS NOT NULL;

-- How many members stand where: of each group, and (with an empty group) of all.
CREATE TABLE standings (
  company_id TEXT NOT NULL REFERENCES companies (id),
  group_id TEXT NOT NULL,
  standing TEXT NOT NULL,
  members INTEGER NOT NULL,
  PRIMARY KEY (company_id, group_id, standing)
) STRICT, WITHOUT ROWID;
INSERT INTO standings SELECT company_id, '', standing, count(*) FROM members GROUP BY company_id, standing;
INSERT INTO standings SELECT company_id, group_id, standing, count(*) FROM members WHERE group_id IS NOT NULL GROUP BY company_id, group_id, standing;
-- How many of those with a licence in use were last active on which day.
CREATE TABLE active_days (
  company_id TEXT NOT NULL REFERENCES companies (id),
  day INTEGER NOT NULL,
  members INTEGER NOT NULL,
  PRIMARY KEY (company_id, day)
) STRICT, WITHOUT ROWID;
INSERT INTO active_days SELECT company_id, active_on, count(*) FROM members WHERE standing = 'in_use' GROUP BY company_id, active_on;

CREATE TRIGGER members_counted_in AFTER INSERT ON members BEGIN
  INSERT INTO standings (company_id, group_id, standing, members)
  SELECT NEW.company_id, '', NEW.standing, 1 UNION ALL
  SELECT NEW.company_id, NEW.group_id, NEW.standing, 1 WHERE NEW.group_id IS NOT NULL
  ON CONFLICT (company_id, group_id, standing) DO UPDATE SET members = members + 1;
END;
CREATE TRIGGER members_counted_on AFTER UPDATE OF standing, group_id ON members
WHEN NEW.standing <> OLD.standing OR NEW.group_id IS NOT OLD.group_id BEGIN
  UPDATE standings SET members = members - 1
  WHERE company_id = OLD.company_id AND standing = OLD.standing AND group_id IN ('', coalesce(OLD.group_id, ''));
  INSERT INTO standings (company_id, group_id, standing, members)
  SELECT NEW.company_id, '', NEW.standing, 1 UNION ALL
  SELECT NEW.company_id, NEW.group_id, NEW.standing, 1 WHERE NEW.group_id IS NOT NULL
  ON CONFLICT (company_id, group_id, standing) DO UPDATE SET members = members + 1;
END;
CREATE TRIGGER members_active_counted_in AFTER INSERT ON members WHEN NEW.standing = 'in_use' BEGIN
  INSERT INTO active_days VALUES (NEW.company_id, NEW.active_on, 1)
  ON CONFLICT (company_id, day) DO UPDATE SET members = members + 1;
END;
CREATE TRIGGER members_active_counted_on AFTER UPDATE OF standing, active_on ON members
WHEN (OLD.standing = 'in_use' OR NEW.standing = 'in_use') AND (NEW.standing <> OLD.standing OR NEW.active_on <> OLD.active_on) BEGIN
  UPDATE active_days SET members = members - 1 WHERE company_id = OLD.company_id AND day = OLD.active_on AND OLD.standing = 'in_use';
  DELETE FROM active_days WHERE company_id = OLD.company_id AND day = OLD.active_on AND members = 0;
  INSERT INTO active_days SELECT NEW.company_id, NEW.active_on, 1 WHERE NEW.standing = 'in_use'
  ON CONFLICT (company_id, day) DO UPDATE SET members = members + 1;
END;

-- Where a member stands follows from the licence, ...
CREATE TRIGGER licences_stand_in AFTER INSERT ON licences WHEN NEW.kind = 'user' AND NEW.status <> 'ended' BEGIN
  UPDATE members SET user_ends_at = NEW.ends_at, active_on = max(active_on, NEW.active_on),
    standing = CASE WHEN (SELECT overdraft FROM lots WHERE company_id = NEW.company_id AND id = NEW.lot_id) THEN 'overdrawn' ELSE NEW.status END
  WHERE company_id = NEW.company_id AND id = NEW.member_id;
END;
CREATE TRIGGER licences_stand_on AFTER UPDATE OF status, lot_id, ends_at, active_on ON licences WHEN NEW.kind = 'user' AND NEW.status <> 'ended' BEGIN
  UPDATE members SET user_ends_at = NEW.ends_at, active_on = max(active_on, NEW.active_on),
    standing = CASE WHEN (SELECT overdraft FROM lots WHERE company_id = NEW.company_id AND id = NEW.lot_id) THEN 'overdrawn' ELSE NEW.status END
  WHERE company_id = NEW.company_id AND id = NEW.member_id;
END;
CREATE TRIGGER licences_stand_out AFTER UPDATE OF status ON licences WHEN NEW.kind = 'user' AND NEW.status = 'ended' AND OLD.status <> 'ended' BEGIN
  UPDATE members SET
    user_ends_at = CASE WHEN NEW.ended_reason = 'expired' AND removed_at IS NULL THEN NEW.ends_at ELSE 253402300799000 END,
    standing = CASE
      WHEN removed_at IS NOT NULL THEN 'removed'
      WHEN EXISTS (SELECT 1 FROM waiting w WHERE w.company_id = NEW.company_id AND w.member_id = NEW.member_id AND w.kind = 'user') THEN 'waiting'
      WHEN NEW.ended_reason = 'expired' THEN 'expired' ELSE 'none' END
  WHERE company_id = NEW.company_id AND id = NEW.member_id;
END;
-- ... from waiting for one, ...
CREATE TRIGGER waiting_stand_in AFTER INSERT ON waiting WHEN NEW.kind = 'user' BEGIN
  UPDATE members SET standing = 'waiting', user_ends_at = 253402300799000
  WHERE company_id = NEW.company_id AND id = NEW.member_id AND removed_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM licences l WHERE l.company_id = NEW.company_id AND l.member_id = NEW.member_id AND l.kind = 'user' AND l.status <> 'ended');
END;
CREATE TRIGGER waiting_stand_out AFTER DELETE ON waiting WHEN OLD.kind = 'user' BEGIN
  UPDATE members SET
    standing = coalesce((SELECT CASE l.ended_reason WHEN 'expired' THEN 'expired' ELSE 'none' END FROM licences l
      WHERE l.company_id = OLD.company_id AND l.member_id = OLD.member_id AND l.kind = 'user' ORDER BY l.ended_at DESC, l.allocated_at DESC LIMIT 1), 'none'),
    user_ends_at = coalesce((SELECT CASE l.ended_reason WHEN 'expired' THEN l.ends_at END FROM licences l
      WHERE l.company_id = OLD.company_id AND l.member_id = OLD.member_id AND l.kind = 'user' ORDER BY l.ended_at DESC, l.allocated_at DESC LIMIT 1), 253402300799000)
  WHERE company_id = OLD.company_id AND id = OLD.member_id AND standing = 'waiting';
END;
-- ... and from being a member at all.
CREATE TRIGGER members_stand_removed AFTER UPDATE OF removed_at ON members WHEN NEW.removed_at IS NOT NULL AND OLD.removed_at IS NULL BEGIN
  UPDATE members SET standing = 'removed', user_ends_at = 253402300799000 WHERE company_id = NEW.company_id AND id = NEW.id;
END;
CREATE TRIGGER members_stand_again AFTER UPDATE OF removed_at ON members WHEN NEW.removed_at IS NULL AND OLD.removed_at IS NOT NULL BEGIN
  UPDATE members SET standing = 'none' WHERE company_id = NEW.company_id AND id = NEW.id AND standing = 'removed';
END;
CREATE TRIGGER members_seen AFTER UPDATE OF last_active_at ON members WHEN NEW.last_active_at / 86400000 > NEW.active_on BEGIN
  UPDATE members SET active_on = NEW.last_active_at / 86400000 WHERE company_id = NEW.company_id AND id = NEW.id;
END;

-- Lists of people that several statements of one transaction read: written first and taken away last, so that a long one
-- travels to the database once.
CREATE TABLE lists (key TEXT NOT NULL PRIMARY KEY, people TEXT NOT NULL CHECK (json_valid(people))) STRICT, WITHOUT ROWID;

-- Letters that a whole import causes don't stand in the way of those that somebody waits for.
ALTER TABLE outbox ADD COLUMN bulk INTEGER NOT NULL DEFAULT 0 CHECK (bulk IN (0, 1));
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (bulk, next_try_at) WHERE state = 'queued' AND sign_in_id IS NULL;

-- Imports of users from files. Nothing of one is done before it is started.
CREATE TABLE imports (
  company_id TEXT NOT NULL REFERENCES companies (id),
  id TEXT NOT NULL,
  file TEXT NOT NULL,
  separator TEXT NOT NULL,
  header TEXT NOT NULL CHECK (json_valid(header)), -- the file's headings, for the list of refused rows
  columns TEXT NOT NULL CHECK (json_valid(columns)), -- which of them is what
  by_id TEXT,
  by_name TEXT,
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'running', 'stopped', 'done', 'undoing', 'undone')),
  stopped TEXT CHECK (stopped IN ('asked', 'changed', 'short')),
  started_at INTEGER, -- the first time
  done_at INTEGER,
  bring_back INTEGER NOT NULL DEFAULT 0 CHECK (bring_back IN (0, 1)),
  move_groups INTEGER NOT NULL DEFAULT 0 CHECK (move_groups IN (0, 1)),
  first INTEGER, -- how many of those who need a licence are imported; all where there is nothing
  parts INTEGER, -- how many there are, once the last one is here
  rows INTEGER NOT NULL DEFAULT 0,
  unreadable INTEGER NOT NULL DEFAULT 0,
  repeated INTEGER NOT NULL DEFAULT 0,
  worked_off INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  brought_back INTEGER NOT NULL DEFAULT 0,
  moved INTEGER NOT NULL DEFAULT 0,
  left_out INTEGER NOT NULL DEFAULT 0,
  undone INTEGER NOT NULL DEFAULT 0,
  told INTEGER NOT NULL DEFAULT 0, -- how many of those who came the history has told of as one action
  PRIMARY KEY (company_id, id),
  CHECK ((state = 'stopped') = (stopped IS NOT NULL)),
  CHECK (first IS NULL OR added + brought_back <= first)
) STRICT, WITHOUT ROWID;
CREATE INDEX imports_by_age ON imports (company_id, created_at, id);
CREATE INDEX imports_going_on ON imports (created_at) WHERE state IN ('running', 'undoing');
CREATE INDEX imports_forgotten ON imports (created_at);

-- The rows of imports, many in one text. What became of them is written in the transaction that does it.
CREATE TABLE import_parts (
  company_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 0),
  rows TEXT NOT NULL CHECK (json_valid(rows)),
  refused TEXT NOT NULL CHECK (json_valid(refused)),
  groups TEXT NOT NULL CHECK (json_valid(groups)), -- the names of groups in them
  row_count INTEGER NOT NULL,
  verdicts TEXT, -- a letter a row, as the plan was when the import was started: new, known, move, removed
  applied TEXT CHECK (json_valid(applied)), -- whom it has added, brought back and moved
  left_out TEXT CHECK (json_valid(left_out)), -- the rows for which there were too few licences
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
  PRIMARY KEY (company_id, import_id, number),
  FOREIGN KEY (company_id, import_id) REFERENCES imports (company_id, id)
) STRICT, WITHOUT ROWID;
