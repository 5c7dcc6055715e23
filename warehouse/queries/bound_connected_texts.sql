-- The days on which the connected texts came out. A statement of its own: joined to the recursion, the whole table is
-- built into a hash table.
SELECT min(out_on), max(out_on)
FROM core.text_sketch
WHERE text_id IN (SELECT text_id FROM connected_text)
