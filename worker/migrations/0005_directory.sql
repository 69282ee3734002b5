-- Directory sync by SCIM 2.0: what a company's directory has sent, and what the company decides about it.

ALTER TABLE companies ADD COLUMN sync_paused INTEGER NOT NULL DEFAULT 0 CHECK (sync_paused IN (0, 1));
ALTER TABLE companies ADD COLUMN sync_dry_run INTEGER NOT NULL DEFAULT 0 CHECK (sync_dry_run IN (0, 1));
ALTER TABLE companies ADD COLUMN sync_activates INTEGER NOT NULL DEFAULT 0 CHECK (sync_activates IN (0, 1)); -- without an invite
ALTER TABLE companies ADD COLUMN sync_scope TEXT NOT NULL DEFAULT 'everybody' CHECK (sync_scope IN ('everybody', 'groups'));
ALTER TABLE companies ADD COLUMN sync_seen_at INTEGER; -- when the directory was heard of last, to the minute

-- The directory says that somebody is no longer active: no licence, no signing in, and the record stays.
ALTER TABLE members ADD COLUMN suspended_at INTEGER;
-- Whether somebody manages because a group of the directory does.
ALTER TABLE members ADD COLUMN manages_by_sync INTEGER NOT NULL DEFAULT 0 CHECK (manages_by_sync IN (0, 1));

-- The tokens with which a company's directory signs in.
CREATE TABLE sync_tokens (
  company_id TEXT NOT NULL REFERENCES companies (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  created_by TEXT, -- the person's name
  expires_at INTEGER,
  revoked_at INTEGER,
  last_used_at INTEGER, -- to the minute
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;

-- Users as the directory sent them. `place` keeps the order in which they came.
CREATE TABLE directory_users (
  place INTEGER NOT NULL PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  id TEXT NOT NULL,
  member_id TEXT, -- nobody while there is no address, or while the sync runs dry
  user_name TEXT NOT NULL, -- in the form that tells whether two are the same
  external_id TEXT,
  email TEXT, -- the address that the member has or would have, in the form that tells whether two are the same
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  settled INTEGER NOT NULL CHECK (settled IN (0, 1)), -- whether the member is as the directory wants
  data TEXT NOT NULL CHECK (json_valid(data)), -- the attributes, less what the columns here say
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  UNIQUE (company_id, id),
  UNIQUE (company_id, user_name),
  FOREIGN KEY (company_id, member_id) REFERENCES members (company_id, id)
) STRICT;
CREATE UNIQUE INDEX directory_users_of_member ON directory_users (company_id, member_id) WHERE member_id IS NOT NULL;
CREATE INDEX directory_users_by_place ON directory_users (company_id, place);
CREATE INDEX directory_users_by_external_id ON directory_users (company_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX directory_users_by_activity ON directory_users (company_id, active, place);
CREATE INDEX directory_users_by_change ON directory_users (company_id, modified_at, place);
CREATE INDEX directory_users_to_settle ON directory_users (company_id, place) WHERE settled = 0;

-- All addresses of a user, for look-ups.
CREATE TABLE directory_addresses (
  company_id TEXT NOT NULL,
  email TEXT NOT NULL, -- in lower case
  user_id TEXT NOT NULL,
  PRIMARY KEY (company_id, email, user_id),
  FOREIGN KEY (company_id, user_id) REFERENCES directory_users (company_id, id)
) STRICT, WITHOUT ROWID;

-- How many users there are, kept by the triggers below.
CREATE TABLE directory_counts (
  company_id TEXT NOT NULL PRIMARY KEY REFERENCES companies (id),
  users INTEGER NOT NULL,
  active INTEGER NOT NULL,
  held INTEGER NOT NULL, -- active, with an address, and no member yet
  without_address INTEGER NOT NULL -- active, and can't become a member
) STRICT, WITHOUT ROWID;
CREATE TRIGGER directory_users_counted_in AFTER INSERT ON directory_users BEGIN
  INSERT INTO directory_counts (company_id, users, active, held, without_address)
  VALUES (NEW.company_id, 1, NEW.active, NEW.active AND NEW.member_id IS NULL AND NEW.email IS NOT NULL,
    NEW.active AND NEW.member_id IS NULL AND NEW.email IS NULL)
  ON CONFLICT (company_id) DO UPDATE SET users = users + 1, active = active + excluded.active, held = held + excluded.held,
    without_address = without_address + excluded.without_address;
END;
CREATE TRIGGER directory_users_counted_on AFTER UPDATE OF active, member_id, email ON directory_users
WHEN NEW.active <> OLD.active OR NEW.member_id IS NOT OLD.member_id OR NEW.email IS NOT OLD.email BEGIN
  UPDATE directory_counts SET active = active - OLD.active + NEW.active,
    held = held - (OLD.active AND OLD.member_id IS NULL AND OLD.email IS NOT NULL) + (NEW.active AND NEW.member_id IS NULL AND NEW.email IS NOT NULL),
    without_address = without_address - (OLD.active AND OLD.member_id IS NULL AND OLD.email IS NULL)
      + (NEW.active AND NEW.member_id IS NULL AND NEW.email IS NULL)
  WHERE company_id = NEW.company_id;
END;
CREATE TRIGGER directory_users_counted_out AFTER DELETE ON directory_users BEGIN
  UPDATE directory_counts SET users = users - 1, active = active - OLD.active,
    held = held - (OLD.active AND OLD.member_id IS NULL AND OLD.email IS NOT NULL),
    without_address = without_address - (OLD.active AND OLD.member_id IS NULL AND OLD.email IS NULL)
  WHERE company_id = OLD.company_id;
END;

-- Groups as the directory sent them, each with the group here that it became.
CREATE TABLE directory_groups (
  place INTEGER NOT NULL PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  id TEXT NOT NULL,
  group_id TEXT, -- nothing while the sync runs dry, or where there are too many
  name TEXT NOT NULL, -- in the form that tells whether two are the same
  shown TEXT NOT NULL, -- the name as it is
  external_id TEXT,
  licensed INTEGER NOT NULL DEFAULT 0 CHECK (licensed IN (0, 1)),
  manages INTEGER NOT NULL DEFAULT 0 CHECK (manages IN (0, 1)),
  data TEXT NOT NULL CHECK (json_valid(data)),
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  UNIQUE (company_id, id),
  UNIQUE (company_id, name),
  FOREIGN KEY (company_id, group_id) REFERENCES groups (company_id, id)
) STRICT;
CREATE UNIQUE INDEX directory_groups_of_group ON directory_groups (company_id, group_id) WHERE group_id IS NOT NULL;
CREATE INDEX directory_groups_by_place ON directory_groups (company_id, place);
CREATE INDEX directory_groups_by_external_id ON directory_groups (company_id, external_id) WHERE external_id IS NOT NULL;

-- Who is in which group of the directory. A person has one group here, and often several there: `extra` marks those that
-- are not the person's group here, so that a user's groups are found by few rows and most memberships cost one.
CREATE TABLE directory_memberships (
  company_id TEXT NOT NULL,
  group_id TEXT NOT NULL, -- the directory's
  user_id TEXT NOT NULL,
  extra INTEGER NOT NULL CHECK (extra IN (0, 1)),
  PRIMARY KEY (company_id, group_id, user_id),
  FOREIGN KEY (company_id, group_id) REFERENCES directory_groups (company_id, id),
  FOREIGN KEY (company_id, user_id) REFERENCES directory_users (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX directory_memberships_extra ON directory_memberships (company_id, user_id, group_id) WHERE extra = 1;
CREATE TRIGGER members_leave_directory_groups AFTER UPDATE OF group_id ON members
WHEN OLD.group_id IS NOT NULL AND NEW.group_id IS NOT OLD.group_id BEGIN
  UPDATE directory_memberships SET extra = 1
  WHERE company_id = OLD.company_id
    AND group_id = (SELECT id FROM directory_groups WHERE company_id = OLD.company_id AND group_id = OLD.group_id)
    AND user_id = (SELECT id FROM directory_users WHERE company_id = OLD.company_id AND member_id = OLD.id)
    AND extra = 0;
END;
CREATE TRIGGER groups_leave_directory_groups BEFORE DELETE ON groups BEGIN
  UPDATE directory_groups SET group_id = NULL WHERE company_id = OLD.company_id AND group_id = OLD.id;
END;

-- The last requests of directories, for their companies' managers. What they changed stands in the history as well.
CREATE TABLE sync_log (
  place INTEGER NOT NULL PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  at INTEGER NOT NULL,
  token TEXT NOT NULL, -- its name
  what TEXT NOT NULL,
  subject TEXT,
  member_id TEXT,
  quantity INTEGER,
  dry_run INTEGER NOT NULL CHECK (dry_run IN (0, 1)),
  licences TEXT NOT NULL CHECK (json_valid(licences)),
  problem TEXT,
  detail TEXT
) STRICT;
CREATE INDEX sync_log_by_company ON sync_log (company_id, place);
CREATE INDEX sync_log_problems ON sync_log (company_id, place) WHERE problem IS NOT NULL;
CREATE INDEX sync_log_by_age ON sync_log (at);

-- Whoever only changes the group still stands where they stood: the company's own counters are left alone.
DROP TRIGGER members_counted_on;
CREATE TRIGGER members_counted_on AFTER UPDATE OF standing, group_id ON members
WHEN NEW.standing <> OLD.standing OR NEW.group_id IS NOT OLD.group_id BEGIN
  UPDATE standings SET members = members - 1
  WHERE company_id = OLD.company_id AND standing = OLD.standing
    AND group_id IN (CASE WHEN NEW.standing <> OLD.standing THEN '' END, OLD.group_id);
  INSERT INTO standings (company_id, group_id, standing, members)
  SELECT NEW.company_id, '', NEW.standing, 1 WHERE NEW.standing <> OLD.standing UNION ALL
  SELECT NEW.company_id, NEW.group_id, NEW.standing, 1 WHERE NEW.group_id IS NOT NULL
  ON CONFLICT (company_id, group_id, standing) DO UPDATE SET members = members + 1;
END;
