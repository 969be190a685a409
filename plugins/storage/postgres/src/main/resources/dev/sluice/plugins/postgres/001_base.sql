-- Texts are compared byte by byte, so that pages come in the same order on every server.
CREATE TABLE sluice_meta (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  database_id text NOT NULL,
  revision bigint NOT NULL,
  log_floor bigint NOT NULL
);
INSERT INTO sluice_meta (database_id, revision, log_floor)
VALUES (md5(random()::text || clock_timestamp()::text), 0, 0);

CREATE TABLE sluice_entities (
  type text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  workspace text COLLATE "C" NOT NULL,
  document text NOT NULL,
  revision bigint NOT NULL,
  expires_at bigint,
  PRIMARY KEY (type, id)
);
CREATE INDEX sluice_entities_by_workspace ON sluice_entities (type, workspace, id);
CREATE INDEX sluice_entities_by_expiry ON sluice_entities (expires_at) WHERE expires_at IS NOT NULL;

-- What was committed, oldest first; no document when the entity was deleted.
CREATE TABLE sluice_log (
  number bigserial PRIMARY KEY,
  revision bigint NOT NULL,
  type text NOT NULL,
  id text NOT NULL,
  workspace text NOT NULL,
  document text,
  expires_at bigint
);
CREATE INDEX sluice_log_by_revision ON sluice_log (revision, number);

CREATE TABLE sluice_uniques (
  type text COLLATE "C" NOT NULL,
  workspace text COLLATE "C" NOT NULL,
  field text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  PRIMARY KEY (type, workspace, field, value)
);
CREATE INDEX sluice_uniques_of_entity ON sluice_uniques (type, id);

CREATE TABLE sluice_refs (
  parent_type text COLLATE "C" NOT NULL,
  parent_id text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  field text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  PRIMARY KEY (parent_type, parent_id, type, field, id)
);
CREATE INDEX sluice_refs_of_entity ON sluice_refs (type, id);

CREATE TABLE sluice_tags (
  workspace text COLLATE "C" NOT NULL,
  tag text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace, tag, type, id)
);
CREATE INDEX sluice_tags_by_type ON sluice_tags (type, tag, id);
CREATE INDEX sluice_tags_of_entity ON sluice_tags (type, id);

-- Lets go of the keys, references and tags of a row.
CREATE FUNCTION sluice_forget(p_type text, p_id text) RETURNS void LANGUAGE sql AS $$
  DELETE FROM sluice_uniques WHERE type = p_type AND id = p_id;
  DELETE FROM sluice_refs WHERE type = p_type AND id = p_id;
  DELETE FROM sluice_tags WHERE type = p_type AND id = p_id;
$$;

-- Removes a row without a check, and writes that to the log.
CREATE FUNCTION sluice_remove(p_revision bigint, p_type text, p_id text) RETURNS void LANGUAGE sql AS $$
  SELECT sluice_forget(p_type, p_id);
  INSERT INTO sluice_log (revision, type, id, workspace)
    SELECT p_revision, type, id, workspace FROM sluice_entities WHERE type = p_type AND id = p_id;
  DELETE FROM sluice_entities WHERE type = p_type AND id = p_id;
$$;

-- Forgets what is too old: more than p_kept revisions, or more than 100,000 changes ago; whole revisions only.
CREATE FUNCTION sluice_trim(p_revision bigint, p_kept bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_floor bigint;
BEGIN
  SELECT l.revision INTO v_floor FROM sluice_log l
    WHERE l.number <= (SELECT max(n.number) FROM sluice_log n) - 100000 ORDER BY l.number DESC LIMIT 1;
  v_floor := greatest(coalesce(v_floor, 0), p_revision - p_kept);
  IF v_floor > 0 THEN
    DELETE FROM sluice_log WHERE revision <= v_floor;
    IF FOUND THEN
      UPDATE sluice_meta SET log_floor = v_floor;
    END IF;
  END IF;
END
$$;

-- Applies a commit: all of it, or nothing with SL001 (id taken), SL002 (key taken), SL003 (reference missing) or SL004
-- (referred to). The detail says which mutation and which of its parts. The row of sluice_meta is locked from the first
-- statement to the end of the transaction: commits come one after another, and whoever sees revision n sees all before
-- it. No plan may be made for tables that are still empty, hence no sequential scans.
CREATE FUNCTION sluice_commit(p_mutations text, p_now bigint, p_kept bigint) RETURNS bigint LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  v_revision bigint;
  v_live boolean;
  v_by text;
  m record;
  k record;
BEGIN
  UPDATE sluice_meta SET revision = revision + 1 RETURNING revision INTO v_revision;
  FOR m IN
    SELECT * FROM json_to_recordset(p_mutations::json) AS x (n int, type text, id text, workspace text, document text,
      fresh boolean, expires_at bigint, uniques json, refs json, tags json)
  LOOP
    SELECT e.expires_at IS NULL OR e.expires_at > p_now INTO v_live
      FROM sluice_entities e WHERE e.type = m.type AND e.id = m.id;
    IF m.document IS NOT NULL THEN
      IF m.fresh AND v_live THEN
        RAISE EXCEPTION 'the id is taken' USING ERRCODE = 'SL001', DETAIL = m.n::text;
      END IF;
      FOR k IN SELECT * FROM json_to_recordset(m.uniques) AS x (n int, workspace text, field text, value text) LOOP
        IF EXISTS (
          SELECT 1 FROM sluice_uniques u JOIN sluice_entities e ON e.type = u.type AND e.id = u.id
          WHERE u.type = m.type AND u.workspace = k.workspace AND u.field = k.field AND u.value = k.value
            AND u.id <> m.id AND (e.expires_at IS NULL OR e.expires_at > p_now))
        THEN
          RAISE EXCEPTION 'the key is taken' USING ERRCODE = 'SL002', DETAIL = m.n || ' ' || k.n;
        END IF;
      END LOOP;
      IF v_live IS NOT NULL THEN
        PERFORM sluice_forget(m.type, m.id);
      END IF;
      INSERT INTO sluice_entities AS e (type, id, workspace, document, revision, expires_at)
        VALUES (m.type, m.id, m.workspace, m.document, v_revision, m.expires_at)
        ON CONFLICT (type, id) DO UPDATE SET workspace = excluded.workspace, document = excluded.document,
          revision = excluded.revision, expires_at = excluded.expires_at;
      -- A row that has expired loses its key to whoever wants it.
      INSERT INTO sluice_uniques (type, workspace, field, value, id)
        SELECT DISTINCT m.type, x.workspace, x.field, x.value, m.id
        FROM json_to_recordset(m.uniques) AS x (workspace text, field text, value text)
        ON CONFLICT (type, workspace, field, value) DO UPDATE SET id = excluded.id;
      -- After the row itself, which may refer to itself.
      FOR k IN SELECT * FROM json_to_recordset(m.refs) AS x (n int, field text, type text, id text) LOOP
        IF NOT EXISTS (
          SELECT 1 FROM sluice_entities e
          WHERE e.type = k.type AND e.id = k.id AND (e.expires_at IS NULL OR e.expires_at > p_now))
        THEN
          RAISE EXCEPTION 'the reference leads nowhere' USING ERRCODE = 'SL003', DETAIL = m.n || ' ' || k.n;
        END IF;
        INSERT INTO sluice_refs (parent_type, parent_id, type, field, id)
          VALUES (k.type, k.id, m.type, k.field, m.id) ON CONFLICT DO NOTHING;
      END LOOP;
      INSERT INTO sluice_tags (workspace, tag, type, id)
        SELECT m.workspace, t.tag, m.type, m.id FROM json_array_elements_text(m.tags) AS t (tag)
        ON CONFLICT DO NOTHING;
      INSERT INTO sluice_log (revision, type, id, workspace, document, expires_at)
        VALUES (v_revision, m.type, m.id, m.workspace, m.document, m.expires_at);
    ELSIF v_live IS NOT NULL THEN
      SELECT r.type INTO v_by FROM sluice_refs r JOIN sluice_entities e ON e.type = r.type AND e.id = r.id
        WHERE r.parent_type = m.type AND r.parent_id = m.id AND NOT (r.type = m.type AND r.id = m.id)
          AND (e.expires_at IS NULL OR e.expires_at > p_now)
        ORDER BY r.type LIMIT 1;
      IF v_by IS NULL THEN
        PERFORM sluice_remove(v_revision, m.type, m.id);
      ELSIF v_live THEN
        RAISE EXCEPTION 'others refer to it' USING ERRCODE = 'SL004', DETAIL = m.n || ' ' || v_by;
      END IF;
    END IF;
  END LOOP;
  PERFORM sluice_trim(v_revision, p_kept);
  PERFORM pg_notify('sluice', v_revision::text);
  RETURN v_revision;
END
$$;

-- Removes rows that have expired and that no live row refers to; returns how many.
CREATE FUNCTION sluice_purge(p_now bigint, p_kept bigint, p_most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_revision bigint;
  v_count int := 0;
  x record;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM sluice_entities WHERE expires_at <= p_now) THEN
    RETURN 0;
  END IF;
  SELECT revision + 1 INTO v_revision FROM sluice_meta FOR UPDATE;
  FOR x IN
    SELECT e.type, e.id FROM sluice_entities e WHERE e.expires_at <= p_now AND NOT EXISTS (
      SELECT 1 FROM sluice_refs r JOIN sluice_entities c ON c.type = r.type AND c.id = r.id
      WHERE r.parent_type = e.type AND r.parent_id = e.id AND NOT (r.type = e.type AND r.id = e.id)
        AND (c.expires_at IS NULL OR c.expires_at > p_now))
    ORDER BY e.expires_at LIMIT p_most
  LOOP
    PERFORM sluice_remove(v_revision, x.type, x.id);
    v_count := v_count + 1;
  END LOOP;
  IF v_count > 0 THEN
    UPDATE sluice_meta SET revision = v_revision;
    PERFORM sluice_trim(v_revision, p_kept);
    PERFORM pg_notify('sluice', v_revision::text);
  END IF;
  RETURN v_count;
END
$$;
