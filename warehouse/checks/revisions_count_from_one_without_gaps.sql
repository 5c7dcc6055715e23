SELECT article_id, min(revision) AS first_revision, max(revision) AS last_revision, count(*) AS versions
FROM core.article_version
GROUP BY article_id
HAVING min(revision) <> 1 OR max(revision) <> count(*) OR count(DISTINCT revision) <> count(*)
