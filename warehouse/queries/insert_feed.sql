INSERT INTO ref.feed BY NAME
FROM read_json($file, format = 'newline_delimited', columns = {
    'feed': 'VARCHAR', 'url': 'VARCHAR', 'outlet': 'VARCHAR', 'country': 'VARCHAR', 'language': 'VARCHAR',
    'fetch': 'VARCHAR', 'is_paused': 'BOOLEAN'
})
