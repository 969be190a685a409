-- Commits only what was decided on rows as they still are: SL005 when one of them was written or deleted after the
-- revision that the commit is based on, or when the log no longer tells. The lock is that of sluice_commit, taken early.
CREATE FUNCTION sluice_commit_on(p_basis bigint, p_mutations text, p_now bigint, p_kept bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_floor bigint;
BEGIN
  SELECT log_floor INTO v_floor FROM sluice_meta FOR UPDATE;
  IF p_basis < v_floor OR EXISTS (
    SELECT 1 FROM sluice_log l JOIN json_to_recordset(p_mutations::json) AS x (type text, id text)
      ON x.type = l.type AND x.id = l.id
    WHERE l.revision > p_basis)
  THEN
    RAISE EXCEPTION 'a row has changed since' USING ERRCODE = 'SL005';
  END IF;
  RETURN sluice_commit(p_mutations, p_now, p_kept);
END
$$;
