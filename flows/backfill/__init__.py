"""Archives, sitemaps, lists of addresses -> warehouse: what the press wrote before anybody polled it."""
