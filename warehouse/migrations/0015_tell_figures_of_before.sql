-- A text may tell a figure as the one of before ("lowered to 40 from 60"): it is no word on what holds now. A fact that is
-- told in no other way is of no day on which it held.
ALTER TABLE core.report ADD COLUMN is_former BOOLEAN;
ALTER TABLE core.fact ADD COLUMN told_from DATE;
ALTER TABLE core.fact ADD COLUMN told_to DATE;
UPDATE core.report SET is_former = false;
UPDATE core.fact SET told_from = first_published_at::DATE, told_to = last_published_at::DATE;
