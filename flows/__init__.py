"""Everything that acts on the world: HTTP, schedule, order, retries, counts. It joins the extractors and the warehouse."""
