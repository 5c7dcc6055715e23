INSERT INTO ref.post BY NAME
FROM read_json($file, format = 'newline_delimited', columns = {
    'mission': 'VARCHAR', 'person': 'VARCHAR', 'role': 'VARCHAR', 'actor': 'VARCHAR', 'aliases': 'VARCHAR[]',
    'held_from': 'DATE', 'held_to': 'DATE', 'source': 'VARCHAR'
})
