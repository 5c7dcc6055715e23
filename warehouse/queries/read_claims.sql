-- A number beyond DECIMAL(18, 3) is larger than any count or sum of money in the news: it is kept as unknown, and
-- original_value keeps the words; it must not stop a load.
CREATE OR REPLACE TEMP TABLE incoming_claim AS
SELECT
    * REPLACE (
        try_cast(value_low AS DECIMAL(18, 3)) AS value_low,
        try_cast(value_best AS DECIMAL(18, 3)) AS value_best,
        try_cast(value_high AS DECIMAL(18, 3)) AS value_high
    )
FROM read_json($files, format = 'newline_delimited', columns = {
    'run_id': 'VARCHAR', 'claim_id': 'VARCHAR', 'article_id': 'VARCHAR', 'version_id': 'VARCHAR',
    'mission': 'VARCHAR', 'kind': 'VARCHAR', 'subkind': 'VARCHAR', 'measure': 'VARCHAR', 'value_low': 'VARCHAR',
    'value_best': 'VARCHAR', 'value_high': 'VARCHAR', 'qualifier': 'VARCHAR', 'original_value': 'VARCHAR',
    'unit': 'VARCHAR', 'unit_class': 'VARCHAR', 'currency': 'VARCHAR', 'actor': 'VARCHAR', 'actor_text': 'VARCHAR',
    'actor_country': 'VARCHAR', 'target': 'VARCHAR', 'target_text': 'VARCHAR', 'person': 'VARCHAR',
    'role': 'VARCHAR', 'status': 'VARCHAR', 'polarity': 'VARCHAR', 'certainty': 'VARCHAR', 'event_start': 'DATE',
    'event_end': 'DATE', 'date_precision': 'VARCHAR', 'date_basis': 'VARCHAR', 'as_of': 'DATE', 'place': 'VARCHAR',
    'place_id': 'VARCHAR', 'country': 'VARCHAR', 'admin1': 'VARCHAR', 'admin2': 'VARCHAR', 'pcode': 'VARCHAR',
    'latitude': 'DOUBLE', 'longitude': 'DOUBLE', 'place_basis': 'VARCHAR', 'attribution': 'VARCHAR',
    'source': 'VARCHAR', 'source_text': 'VARCHAR', 'source_type': 'VARCHAR', 'via': 'VARCHAR', 'part_of': 'VARCHAR',
    'sentence': 'VARCHAR', 'start': 'INTEGER', 'end': 'INTEGER', 'spans': 'MAP(VARCHAR, INTEGER[][])',
    'derived': 'VARCHAR[]', 'in_title': 'BOOLEAN', 'confidence': 'DOUBLE', 'rule': 'VARCHAR',
    'extractor': 'VARCHAR', 'extractor_version': 'VARCHAR', 'grounding': 'VARCHAR', 'language': 'VARCHAR'
})
