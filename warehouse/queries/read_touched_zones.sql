CREATE OR REPLACE TEMP TABLE touched_zone AS
FROM read_json($file, format = 'newline_delimited', columns = {
    'stream': 'BIGINT', 'first_on': 'DATE', 'last_on': 'DATE'
})
