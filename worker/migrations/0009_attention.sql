-- What the dashboard tells managers that they can do something about: mails that didn't arrive, by company.
CREATE INDEX outbox_failed_of_company ON outbox (company_id, settled_at DESC)
WHERE company_id IS NOT NULL AND (state = 'failed' OR delivery IN ('bounced', 'complained'));
