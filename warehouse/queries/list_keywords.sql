-- Words that begin or part the clauses of a question; of the others a person who asks has no use.
SELECT keyword_name
FROM duckdb_keywords()
WHERE keyword_category IN ('reserved', 'type_function', 'column_name')
    OR keyword_name IN (
        'by', 'over', 'partition', 'set', 'explain', 'replace', 'exclude', 'values', 'first', 'last', 'nulls', 'rows',
        'range', 'filter', 'within', 'temp', 'view', 'copy', 'year', 'month', 'day', 'positional', 'unpivot'
    )
ORDER BY keyword_name
