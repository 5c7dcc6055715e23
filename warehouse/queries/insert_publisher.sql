INSERT INTO ref.publisher BY NAME
FROM read_json($file, format = 'newline_delimited', columns = {
    'domain': 'VARCHAR', 'outlet': 'VARCHAR', 'country': 'VARCHAR', 'language': 'VARCHAR', 'kind': 'VARCHAR'
})
