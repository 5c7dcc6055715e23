SELECT min(first_on), max(last_on) FROM connected_text
