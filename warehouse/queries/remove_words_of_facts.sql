UPDATE core.fact SET sentence = NULL, url = NULL WHERE url = $url
