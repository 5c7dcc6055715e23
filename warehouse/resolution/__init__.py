"""Claims -> facts: which reports tell of one thing in the world. Pure: no SQL and no clock.

Events (somebody came, was killed, was paid) are clustered; series (how many are there, how many so far) are cut into
levels; what stands until further notice (pledges, ceilings, posts) is one fact for as long as it is repeated.
Source: UCDP GED and ACLED codebooks for what counts as one event; FACTS.md's sections for what never joins.
"""
