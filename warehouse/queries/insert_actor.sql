INSERT INTO ref.actor BY NAME
FROM read_json($file, format = 'newline_delimited', columns = {
    'mission': 'VARCHAR', 'actor': 'VARCHAR', 'name': 'VARCHAR', 'type': 'VARCHAR', 'country': 'VARCHAR',
    'roles': 'VARCHAR[]'
})
