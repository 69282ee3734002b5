-- How a company looks to its learners, whom they ask, and settings that two people can't overwrite for each other.

ALTER TABLE companies ADD COLUMN accent TEXT CHECK (accent GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]');
ALTER TABLE companies ADD COLUMN contact_id TEXT; -- the manager whom learners ask; nobody: whoever invited them
ALTER TABLE companies ADD COLUMN contact_email TEXT; -- or the address to which they write
ALTER TABLE companies ADD COLUMN settings_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE invites ADD COLUMN invited_by_id TEXT; -- the inviter, where that is somebody in particular

-- Logos, apart from the companies, whose rows are read at every request.
CREATE TABLE logos (
  company_id TEXT NOT NULL PRIMARY KEY REFERENCES companies (id),
  hash TEXT NOT NULL, -- of the picture: a changed one has another address
  content_type TEXT NOT NULL CHECK (content_type IN ('image/png', 'image/jpeg', 'image/webp')),
  width INTEGER NOT NULL CHECK (width BETWEEN 1 AND 1024),
  height INTEGER NOT NULL CHECK (height BETWEEN 1 AND 1024),
  image BLOB NOT NULL CHECK (length(image) BETWEEN 1 AND 65536)
) STRICT;
CREATE INDEX logos_by_hash ON logos (hash);
