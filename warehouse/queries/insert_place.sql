INSERT INTO ref.place BY NAME
FROM read_json($file, format = 'newline_delimited', columns = {
    'mission': 'VARCHAR', 'place_id': 'VARCHAR', 'name': 'VARCHAR', 'kind': 'VARCHAR', 'country': 'VARCHAR',
    'aliases': 'VARCHAR[]', 'admin1': 'VARCHAR', 'admin2': 'VARCHAR', 'pcode': 'VARCHAR', 'latitude': 'DOUBLE',
    'longitude': 'DOUBLE', 'source': 'VARCHAR'
})
