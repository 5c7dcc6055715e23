-- What was promised, what has come, what is outstanding: one row a contributor.
SELECT coalesce(contributor_name, contributor) AS contributor, pledged, delivered, outstanding, status, n_independent AS sources
FROM promises
WHERE kind = 'personnel' AND pledged IS NOT NULL
ORDER BY pledged DESC, contributor
