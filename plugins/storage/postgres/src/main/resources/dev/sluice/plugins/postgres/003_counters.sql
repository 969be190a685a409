-- Numbers that nodes add to. They are lost when the server crashes, and that is no harm: they begin anew.
CREATE UNLOGGED TABLE sluice_counters (
  name text COLLATE "C" PRIMARY KEY,
  amount bigint NOT NULL,
  expires_at bigint NOT NULL
);
CREATE INDEX sluice_counters_by_expiry ON sluice_counters (expires_at);
