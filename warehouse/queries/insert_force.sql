INSERT INTO ref.force BY NAME
FROM read_json($file, format = 'newline_delimited', columns = {
    'mission': 'VARCHAR', 'actor': 'VARCHAR', 'sequence': 'INTEGER'
})
