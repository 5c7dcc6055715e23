DELETE FROM incoming_entry WHERE url IN (SELECT url FROM ops.rejection WHERE reason = 'taken_down')
