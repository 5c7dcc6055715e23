UPDATE core.article_version AS version
SET copy_group_id = marked.copy_group_id, copy_role = marked.copy_role, copy_agency = marked.copy_agency
FROM (
    -- One JSON text: DuckDB takes a Python list apart far more slowly.
    SELECT unnest(from_json($markings, '[{
        "text_id": "UBIGINT", "article_id": "VARCHAR", "copy_group_id": "VARCHAR", "copy_role": "VARCHAR",
        "copy_agency": "VARCHAR"
    }]'), recursive := true)
) AS marked
WHERE version.text_id = marked.text_id
    AND version.article_id = marked.article_id
    AND version.out_on BETWEEN $first_on::DATE AND $last_on::DATE
