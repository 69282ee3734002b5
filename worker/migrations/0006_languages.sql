-- In which language people read screens and letters.

-- The language of letters to people of a company who haven't chosen one.
ALTER TABLE companies ADD COLUMN language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'de', 'fr', 'es', 'ar'));
-- The language that somebody has on the screen who waits for a letter; none: the receiver's.
ALTER TABLE outbox ADD COLUMN language TEXT CHECK (language IN ('en', 'de', 'fr', 'es', 'ar'));
-- What people have chosen, by address: it is theirs in all companies.
CREATE TABLE languages (
  email TEXT NOT NULL PRIMARY KEY, -- in the form that tells whether two are the same
  language TEXT NOT NULL CHECK (language IN ('en', 'de', 'fr', 'es', 'ar'))
) STRICT, WITHOUT ROWID;
