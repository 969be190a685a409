-- Whoever follows the log has to know when rows expire.
ALTER TABLE log ADD COLUMN expires_at INTEGER;
