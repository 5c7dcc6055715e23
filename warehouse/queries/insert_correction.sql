INSERT INTO ref.correction BY NAME
SELECT correction.*
FROM (
    SELECT unnest(from_json_strict($corrections, '[{
        "line": "INTEGER", "action": "VARCHAR", "claim": "VARCHAR", "other": "VARCHAR", "slots": "MAP(VARCHAR, VARCHAR)",
        "note": "VARCHAR", "by": "VARCHAR", "on": "DATE", "claim_id": "VARCHAR", "other_id": "VARCHAR",
        "problem": "VARCHAR"
    }]')) AS correction
)
