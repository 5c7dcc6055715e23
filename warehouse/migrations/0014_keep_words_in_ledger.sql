-- The index of words is kept in the ledger and copied with it, so that a publication cuts new wordings only.
COMMENT ON TABLE search.build IS
    'One row where the index is filled, that is in a ledger that was published and in its copies; none on a lake. Grain: ledger.';
