SELECT claim_id, event_start, event_end FROM core.claim WHERE event_start > event_end
