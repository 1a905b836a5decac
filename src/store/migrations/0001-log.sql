-- The custody logs of one office and what belongs to them (DESIGN section 6).
--
-- Evidence is `head`, `bundle` and `tile`, with the signed `day_map`. `event` says where each entry belongs; `body` and
-- `content` hold what the entries commit to, sealed; `data_key` the keys that open them, each wrapped by the office's
-- master key. `acct` and `watermark` are projections: they can be emptied and made again from `event` at any time.
--
-- The adversary reads this database, or owns it. He finds no name, TIN, kind of act or case in clear: streams, scopes and
-- accounts are keyed HMACs, bodies are sealed. What he changes, `verify` finds by the heads that other offices hold.

CREATE SCHEMA IF NOT EXISTS waybill;

DO $$
BEGIN
  CREATE ROLE waybill_app NOLOGIN;
EXCEPTION
  -- Roles belong to the whole server: another office's node may have made it, even at this moment.
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

-- The number of each log is fixed in the program (irs 1, irs-review 2, customs 3, justice 4); this table is for people.
CREATE TABLE waybill.log (
  log_id smallint NOT NULL,
  name text NOT NULL,
  vkey text NOT NULL,
  PRIMARY KEY (log_id)
);
COMMENT ON TABLE waybill.log IS 'which log a number means, and the verifier key it was opened with first';

-- One row for each commit. Two writers at the same head both insert that head as `prev`: the second finds it taken.
CREATE TABLE waybill.head (
  log_id smallint NOT NULL,
  size bigint NOT NULL,
  prev bigint NOT NULL,
  checkpoint text NOT NULL,
  PRIMARY KEY (log_id, size),
  UNIQUE (log_id, prev),
  CHECK (prev >= 0 AND size > prev)
);
COMMENT ON TABLE waybill.head IS 'evidence: signed heads (C2SP tlog-checkpoint), each with the size it goes on from';

CREATE TABLE waybill.bundle (
  log_id smallint NOT NULL,
  first bigint NOT NULL,
  count smallint NOT NULL,
  entries bytea NOT NULL,
  PRIMARY KEY (log_id, first),
  CHECK (first >= 0 AND count BETWEEN 1 AND 256 AND first / 256 = (first + count - 1) / 256)
);
COMMENT ON TABLE waybill.bundle IS 'evidence: entries as they came, in pieces of the bundles of C2SP tlog-tiles';

CREATE TABLE waybill.tile (
  log_id smallint NOT NULL,
  level smallint NOT NULL,
  index bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (log_id, level, index),
  CHECK (octet_length(hashes) = 8192)
);
COMMENT ON TABLE waybill.tile IS 'evidence: full tiles of hashes (C2SP tlog-tiles); partial ones are made when asked for';

CREATE TABLE waybill.event (
  seq bigint NOT NULL,
  body bigint NOT NULL,
  version integer NOT NULL,
  log_id smallint NOT NULL,
  nth smallint NOT NULL,
  act uuid NOT NULL,
  stream bytea NOT NULL,
  account bytea,
  PRIMARY KEY (log_id, seq),
  UNIQUE (log_id, stream, version)
);
CREATE INDEX event_act ON waybill.event (log_id, act);
CREATE INDEX event_first ON waybill.event (log_id, seq) WHERE version = 1;
COMMENT ON TABLE waybill.event IS 'where entry number seq belongs, and which body opens it: the nth part of the one that begins with entry number body';

CREATE TABLE waybill.body (
  log_id smallint NOT NULL,
  first bigint NOT NULL,
  key uuid NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (log_id, first)
);
COMMENT ON TABLE waybill.body IS 'what the entries of one scope in one commit commit to, and their salts, sealed under the data key named';

CREATE TABLE waybill.content (
  log_id smallint NOT NULL,
  content uuid NOT NULL,
  key uuid NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (log_id, content)
);
COMMENT ON TABLE waybill.content IS 'the vault: items, sealed under the data key named';

-- A key stands once for each master key that wraps it: rotation inserts the new wrapping, then deletes the old one.
CREATE TABLE waybill.data_key (
  log_id smallint NOT NULL,
  key uuid NOT NULL,
  master text NOT NULL,
  scope bytea NOT NULL,
  wrapped bytea NOT NULL,
  PRIMARY KEY (log_id, key, master)
);
CREATE INDEX data_key_scope ON waybill.data_key (log_id, scope);
COMMENT ON TABLE waybill.data_key IS 'data keys, wrapped; deleting those of a scope makes all that they seal undisclosable';

CREATE TABLE waybill.acct (
  log_id smallint NOT NULL,
  account bytea NOT NULL,
  first bigint NOT NULL,
  seqs bigint[] NOT NULL,
  PRIMARY KEY (log_id, account, first)
);
COMMENT ON TABLE waybill.acct IS 'projection: the entries of each account, some in a row';

CREATE TABLE waybill.watermark (
  log_id smallint NOT NULL,
  projection text NOT NULL,
  upto bigint NOT NULL,
  PRIMARY KEY (log_id, projection)
);
COMMENT ON TABLE waybill.watermark IS 'projection: how many entries of the log each projection has taken in';

CREATE TABLE waybill.day_map (
  log_id smallint NOT NULL,
  day date NOT NULL,
  size bigint NOT NULL,
  head text NOT NULL,
  leaves bytea NOT NULL,
  PRIMARY KEY (log_id, day)
);
COMMENT ON TABLE waybill.day_map IS 'evidence: the signed map of all accounts at the end of a day, made at the head of that size';

-- Ciphertext and hashes do not get shorter: no time is spent on trying to compress them.
ALTER TABLE waybill.bundle ALTER COLUMN entries SET STORAGE EXTERNAL;
ALTER TABLE waybill.tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
ALTER TABLE waybill.body ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE waybill.content ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE waybill.day_map ALTER COLUMN leaves SET STORAGE EXTERNAL;

-- The application adds and reads. It deletes only keys, and only projections does it write anew.
GRANT USAGE ON SCHEMA waybill TO waybill_app;
GRANT SELECT, INSERT ON waybill.log, waybill.head, waybill.bundle, waybill.tile, waybill.event, waybill.body,
  waybill.content, waybill.day_map TO waybill_app;
GRANT SELECT, INSERT, DELETE ON waybill.data_key TO waybill_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON waybill.acct, waybill.watermark TO waybill_app;
