INSERT INTO ref.mission BY NAME
FROM read_json($file, format = 'newline_delimited', columns = {
    'mission': 'VARCHAR', 'title': 'VARCHAR', 'theatre': 'VARCHAR', 'kinds': 'VARCHAR[]', 'started_on': 'DATE',
    'ended_on': 'DATE'
})
