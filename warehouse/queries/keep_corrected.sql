CREATE OR REPLACE TEMP TABLE corrected_before AS SELECT DISTINCT claim_id FROM core.correction_link
