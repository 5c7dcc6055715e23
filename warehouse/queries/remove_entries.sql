DELETE FROM raw.entry WHERE list_contains($urls, url)
