SELECT DISTINCT url FROM ops.rejection WHERE reason = 'taken_down'
