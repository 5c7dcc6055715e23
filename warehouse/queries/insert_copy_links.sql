-- New texts of some days against all texts of the days around them: which share enough of their samples, and how much
-- of either stands in the other, as far as both samples reach. The bounds on `out_on` are constants, so that only the
-- parts of the table are read that hold those days, however long the ledger is.
INSERT INTO core.copy_link BY NAME
WITH near AS MATERIALIZED (
    SELECT hash, text_id, out_on
    FROM core.shingle
    WHERE out_on BETWEEN $first_on::DATE - $window_days::INTEGER AND $last_on::DATE + $window_days::INTEGER
),
new AS (
    SELECT text_id, out_on, unnest(shingles) AS hash
    FROM new_text
    WHERE out_on BETWEEN $first_on::DATE AND $last_on::DATE
),
shared AS (
    SELECT new.text_id, near.text_id AS other_text_id, count(DISTINCT new.hash) AS shared_count
    FROM new
    JOIN near
        ON near.hash = new.hash
        AND near.text_id <> new.text_id
        AND near.out_on BETWEEN new.out_on - $window_days::INTEGER AND new.out_on + $window_days::INTEGER
    GROUP BY new.text_id, near.text_id
    HAVING shared_count >= $least_shingles
),
directed AS (
    SELECT text_id, other_text_id, shared_count FROM shared
    UNION
    SELECT other_text_id AS text_id, text_id AS other_text_id, shared_count FROM shared
),
reached AS (
    SELECT DISTINCT text_id, reach
    FROM core.text_sketch
    WHERE out_on BETWEEN $first_on::DATE - $window_days::INTEGER AND $last_on::DATE + $window_days::INTEGER
        AND text_id IN (SELECT text_id FROM directed)
),
sampled AS (
    SELECT DISTINCT text_id, hash FROM near WHERE text_id IN (SELECT text_id FROM directed)
),
measured AS (
    SELECT
        directed.text_id, directed.other_text_id, directed.shared_count,
        directed.shared_count / count(*) AS ratio
    FROM directed
    JOIN reached AS own ON own.text_id = directed.text_id
    JOIN reached AS other ON other.text_id = directed.other_text_id
    JOIN sampled ON sampled.text_id = directed.text_id AND sampled.hash <= least(own.reach, other.reach)
    GROUP BY directed.text_id, directed.other_text_id, directed.shared_count
),
rated AS (
    SELECT
        *,
        max(ratio) OVER (PARTITION BY least(text_id, other_text_id), greatest(text_id, other_text_id)) AS best_ratio
    FROM measured
)
SELECT text_id, other_text_id, shared_count, ratio, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM rated
WHERE best_ratio >= if(shared_count >= $many_shingles, $copied_ratio_of_many::DOUBLE, $copied_ratio::DOUBLE)
    AND NOT EXISTS (
        FROM core.copy_link AS old
        WHERE old.text_id = rated.text_id
            AND old.other_text_id = rated.other_text_id
    )
ORDER BY text_id, other_text_id
