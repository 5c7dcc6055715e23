-- What people say of claims, as their file stands, and the claims that each of its lines is about. The claims themselves
-- stay as they were read.
CREATE TABLE ref.correction (
    line INTEGER,
    action VARCHAR,
    claim VARCHAR,
    other VARCHAR,
    slots MAP(VARCHAR, VARCHAR),
    note VARCHAR,
    "by" VARCHAR,
    "on" DATE,
    claim_id VARCHAR,
    other_id VARCHAR,
    problem VARCHAR
);
COMMENT ON TABLE ref.correction IS
    'One row per line of corrections.tsv, with the claims that it names and why it cannot be applied, if it cannot. Grain: line.';

CREATE TABLE core.correction_link (
    line INTEGER,
    side VARCHAR,
    claim_id VARCHAR,
    basis VARCHAR
);
COMMENT ON TABLE core.correction_link IS
    'Which claims a correction holds for: those named, and those that stand for them in newer readings, newer wordings and copies. Grain: line, side and claim_id.';

ALTER TABLE core.report ADD COLUMN corrections VARCHAR[];
ALTER TABLE core.fact ADD COLUMN is_corrected BOOLEAN;
UPDATE core.fact SET is_corrected = false;
