-- What servers and feeds ask for is kept with every poll, so that the next interval can be explained.
ALTER TABLE ops.poll ADD COLUMN asked_url VARCHAR;
ALTER TABLE ops.poll ADD COLUMN next_url VARCHAR;
ALTER TABLE ops.poll ADD COLUMN moved_to VARCHAR;
ALTER TABLE ops.poll ADD COLUMN moved_days BIGINT;
ALTER TABLE ops.poll ADD COLUMN entries_hash VARCHAR;
ALTER TABLE ops.poll ADD COLUMN interval_seconds DOUBLE;
ALTER TABLE ops.poll ADD COLUMN fresh_seconds DOUBLE;
ALTER TABLE ops.poll ADD COLUMN ttl_seconds DOUBLE;
ALTER TABLE ops.poll ADD COLUMN skip_hours INTEGER[];
ALTER TABLE ops.poll ADD COLUMN skip_days INTEGER[];
