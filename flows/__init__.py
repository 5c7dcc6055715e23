"""Everything that acts on the world: HTTP, schedule, order, retries, counts. Joins extractors and warehouse."""
