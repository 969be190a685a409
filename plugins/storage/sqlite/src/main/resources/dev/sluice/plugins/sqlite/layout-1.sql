-- Entities: documents are long, so these two tables keep their row ids.
CREATE TABLE entities (
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  workspace TEXT NOT NULL,
  document TEXT NOT NULL,
  revision INTEGER NOT NULL,
  expires_at INTEGER,
  checksum INTEGER NOT NULL,
  PRIMARY KEY (type, id)
) STRICT;
CREATE INDEX entities_by_workspace ON entities (type, workspace, id);
CREATE INDEX entities_by_expiry ON entities (expires_at) WHERE expires_at IS NOT NULL;

-- What was committed, oldest first; no document when the entity was deleted.
CREATE TABLE log (
  number INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  workspace TEXT NOT NULL,
  document TEXT,
  checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX log_by_revision ON log (revision);

CREATE TABLE uniques (
  type TEXT NOT NULL,
  workspace TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (type, workspace, field, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX uniques_of_entity ON uniques (type, id);

CREATE TABLE refs (
  parent_type TEXT NOT NULL,
  parent_id TEXT NOT NULL,
  type TEXT NOT NULL,
  field TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (parent_type, parent_id, type, field, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX refs_of_entity ON refs (type, id);

CREATE TABLE tags (
  workspace TEXT NOT NULL,
  tag TEXT NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (workspace, tag, type, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_by_type ON tags (type, tag, id);
CREATE INDEX tags_of_entity ON tags (type, id);

-- revision: of the last commit; log_floor: the log holds every change of the revisions above it.
CREATE TABLE meta (
  name TEXT NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta (name, value) VALUES ('revision', 0), ('log_floor', 0);
