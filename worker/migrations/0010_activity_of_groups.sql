-- Whoever came into a group was written into one index more, for the rarest order of a list. A small group is now sorted as
-- it is read, from one index alone; of a large one the company's own order finds enough.
DROP INDEX members_of_group_by_activity;
DROP INDEX members_of_group;
CREATE INDEX members_of_group ON members (company_id, group_id, standing, sort_name, id, active_on) WHERE group_id IS NOT NULL;
