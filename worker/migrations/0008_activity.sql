-- The history as a company's people look through it: by what it is about, by the way in, by person and by day.

-- What an event is about.
ALTER TABLE events ADD COLUMN topic TEXT GENERATED ALWAYS AS (CASE
  WHEN what IN ('invite_accepted', 'invite_lapsed', 'invite_withdrawn', 'invite_sent', 'invite_reminded', 'letter_failed', 'letter_bounced')
    THEN 'invites'
  WHEN what IN ('licence_drawn', 'licence_activated', 'licence_taken_back', 'licence_awaited', 'licence_settled', 'member_replaced')
    THEN 'licences'
  WHEN what IN ('licence_expired', 'licence_carried_over', 'licence_end_changed', 'member_end_changed', 'group_end_changed')
    THEN 'expiry'
  WHEN what IN ('order_requested', 'order_assigned', 'order_declined', 'order_cancelled', 'lot_started', 'lot_ended', 'lot_reduced', 'lot_extended')
    THEN 'orders'
  WHEN what IN ('member_added', 'member_address_changed', 'member_removed', 'member_role_changed', 'member_reactivated', 'member_group_changed',
    'member_reminded', 'group_created', 'group_renamed', 'group_removed', 'users_imported', 'import_undone')
    THEN 'people'
  WHEN what IN ('sync_changed', 'sync_token_made', 'sync_token_revoked', 'member_suspended', 'member_resumed')
    THEN 'sync'
  ELSE 'settings' END) VIRTUAL;
-- The door, as people tell doors apart.
ALTER TABLE events ADD COLUMN way TEXT GENERATED ALWAYS AS (CASE door
  WHEN 'import' THEN 'import' WHEN 'directory_sync' THEN 'sync' WHEN 'scheduled_run' THEN 'rule' WHEN 'desk' THEN 'desk' ELSE 'hand' END) VIRTUAL;
CREATE INDEX events_by_way ON events (company_id, way, topic, seq);
-- What people did themselves, one by one or as a whole: an import's hundred thousand lines stand for one deed.
CREATE INDEX events_by_actor ON events (company_id, actor_id, seq) WHERE headline = 1 OR door IN ('add_user', 'api', 'invite');

-- Where each day (in UTC, counted from 1970) of a company's history begins. It never begins behind a later day's
-- beginning. Only a day's first event writes here, and one that is late: a run that began before midnight.
CREATE TABLE event_days (
  company_id TEXT NOT NULL REFERENCES companies (id),
  day INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  late_seq INTEGER, -- the last event of the day that came after a later day had begun
  PRIMARY KEY (company_id, day)
) STRICT, WITHOUT ROWID;
INSERT INTO event_days (company_id, day, first_seq, late_seq)
SELECT company_id, day, min(first_seq, coalesce(later, first_seq)), CASE WHEN last_seq > later THEN last_seq END
FROM (
  SELECT company_id, day, first_seq, last_seq,
    min(first_seq) OVER (PARTITION BY company_id ORDER BY day ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS later
  FROM (SELECT company_id, at / 86400000 AS day, min(seq) AS first_seq, max(seq) AS last_seq FROM events GROUP BY company_id, at / 86400000)
);
CREATE INDEX event_days_late ON event_days (company_id, day, late_seq) WHERE late_seq IS NOT NULL;
CREATE TRIGGER events_begin_days AFTER INSERT ON events
WHEN (SELECT max(day) FROM event_days WHERE company_id = NEW.company_id) IS NOT CAST(NEW.at AS INTEGER) / 86400000 BEGIN
  INSERT INTO event_days (company_id, day, first_seq, late_seq)
  SELECT NEW.company_id, CAST(NEW.at AS INTEGER) / 86400000, coalesce(later, NEW.seq), CASE WHEN later IS NOT NULL THEN NEW.seq END
  FROM (SELECT (
    SELECT first_seq FROM event_days
    WHERE company_id = NEW.company_id AND day > CAST(NEW.at AS INTEGER) / 86400000 ORDER BY day LIMIT 1) AS later)
  WHERE true
  ON CONFLICT (company_id, day) DO UPDATE SET late_seq = excluded.late_seq;
END;

-- Which seal is on an event.
CREATE INDEX seals_by_event ON seals (company_id, last_seq);
