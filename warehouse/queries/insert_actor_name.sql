INSERT INTO ref.actor_name BY NAME
FROM read_json($file, format = 'newline_delimited', columns = {
    'mission': 'VARCHAR', 'actor': 'VARCHAR', 'name': 'VARCHAR', 'language': 'VARCHAR', 'form': 'VARCHAR'
})
