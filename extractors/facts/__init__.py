"""Article -> Claims: what a document asserts about a mission, every slot tied to the words that say it."""
