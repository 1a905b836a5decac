CREATE TABLE waybill.acct (
  log_id smallint NOT NULL,
  account bytea NOT NULL,
  first bigint NOT NULL,
  seqs bigint[] NOT NULL,
  CONSTRAINT acct_pkey PRIMARY KEY (log_id, account, first)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON waybill.acct TO waybill_app;

CREATE TABLE waybill.acct_chain (
  log_id smallint NOT NULL,
  account bytea NOT NULL,
  count bigint NOT NULL,
  chain bytea NOT NULL,
  CONSTRAINT acct_chain_pkey PRIMARY KEY (log_id, account)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON waybill.acct_chain TO waybill_app;

CREATE TABLE waybill.body (
  log_id smallint NOT NULL,
  first bigint NOT NULL,
  key uuid NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT body_pkey PRIMARY KEY (log_id, first)
);
ALTER TABLE waybill.body ALTER COLUMN sealed SET STORAGE EXTERNAL;
GRANT INSERT, SELECT ON waybill.body TO waybill_app;

CREATE TABLE waybill.bundle (
  log_id smallint NOT NULL,
  first bigint NOT NULL,
  count smallint NOT NULL,
  entries bytea NOT NULL,
  CONSTRAINT bundle_check CHECK (((first >= 0) AND ((count >= 1) AND (count <= 256)) AND ((first / 256) = (((first + count) - 1) / 256)))),
  CONSTRAINT bundle_pkey PRIMARY KEY (log_id, first)
);
ALTER TABLE waybill.bundle ALTER COLUMN entries SET STORAGE EXTERNAL;
GRANT INSERT, SELECT ON waybill.bundle TO waybill_app;

CREATE TABLE waybill.content (
  log_id smallint NOT NULL,
  content uuid NOT NULL,
  key uuid NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT content_pkey PRIMARY KEY (log_id, content)
);
ALTER TABLE waybill.content ALTER COLUMN sealed SET STORAGE EXTERNAL;
GRANT INSERT, SELECT ON waybill.content TO waybill_app;

CREATE TABLE waybill.data_key (
  log_id smallint NOT NULL,
  key uuid NOT NULL,
  master text NOT NULL,
  scope bytea NOT NULL,
  wrapped bytea NOT NULL,
  CONSTRAINT data_key_pkey PRIMARY KEY (log_id, key, master)
);
CREATE INDEX data_key_scope ON waybill.data_key USING btree (log_id, scope);
GRANT DELETE, INSERT, SELECT ON waybill.data_key TO waybill_app;

CREATE TABLE waybill.day_map (
  log_id smallint NOT NULL,
  day date NOT NULL,
  size bigint NOT NULL,
  head text NOT NULL,
  leaves bytea,
  CONSTRAINT day_map_pkey PRIMARY KEY (log_id, day)
);
ALTER TABLE waybill.day_map ALTER COLUMN leaves SET STORAGE EXTERNAL;
GRANT INSERT, SELECT ON waybill.day_map TO waybill_app;

CREATE TABLE waybill.event (
  seq bigint NOT NULL,
  body bigint NOT NULL,
  version integer NOT NULL,
  log_id smallint NOT NULL,
  nth smallint NOT NULL,
  act uuid NOT NULL,
  stream bytea NOT NULL,
  account bytea,
  CONSTRAINT event_log_id_stream_version_key UNIQUE (log_id, stream, version),
  CONSTRAINT event_pkey PRIMARY KEY (log_id, seq)
);
CREATE INDEX event_act ON waybill.event USING btree (log_id, act);
CREATE INDEX event_first ON waybill.event USING btree (log_id, seq) WHERE (version = 1);
GRANT INSERT, SELECT ON waybill.event TO waybill_app;

CREATE TABLE waybill.head (
  log_id smallint NOT NULL,
  size bigint NOT NULL,
  prev bigint NOT NULL,
  checkpoint text NOT NULL,
  CONSTRAINT head_check CHECK (((prev >= 0) AND (size > prev))),
  CONSTRAINT head_log_id_prev_key UNIQUE (log_id, prev),
  CONSTRAINT head_pkey PRIMARY KEY (log_id, size)
);
GRANT INSERT, SELECT ON waybill.head TO waybill_app;

CREATE TABLE waybill.log (
  log_id smallint NOT NULL,
  name text NOT NULL,
  vkey text NOT NULL,
  CONSTRAINT log_pkey PRIMARY KEY (log_id)
);
GRANT INSERT, SELECT ON waybill.log TO waybill_app;

CREATE TABLE waybill.map_leaves (
  log_id smallint NOT NULL,
  day date NOT NULL,
  label bytea NOT NULL,
  first bigint NOT NULL,
  leaves bytea NOT NULL,
  CONSTRAINT map_leaves_pkey PRIMARY KEY (log_id, day, label)
);
ALTER TABLE waybill.map_leaves ALTER COLUMN leaves SET STORAGE EXTERNAL;
GRANT INSERT, SELECT ON waybill.map_leaves TO waybill_app;

CREATE TABLE waybill.map_tile (
  log_id smallint NOT NULL,
  day date NOT NULL,
  level smallint NOT NULL,
  index bigint NOT NULL,
  hashes bytea NOT NULL,
  CONSTRAINT map_tile_pkey PRIMARY KEY (log_id, day, level, index)
);
ALTER TABLE waybill.map_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
GRANT INSERT, SELECT ON waybill.map_tile TO waybill_app;

CREATE TABLE waybill.migration (
  name text NOT NULL,
  digest text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT migration_pkey PRIMARY KEY (name)
);

CREATE TABLE waybill.tile (
  log_id smallint NOT NULL,
  level smallint NOT NULL,
  index bigint NOT NULL,
  hashes bytea NOT NULL,
  CONSTRAINT tile_hashes_check CHECK ((octet_length(hashes) = 8192)),
  CONSTRAINT tile_pkey PRIMARY KEY (log_id, level, index)
);
ALTER TABLE waybill.tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
GRANT INSERT, SELECT ON waybill.tile TO waybill_app;

CREATE TABLE waybill.watermark (
  log_id smallint NOT NULL,
  projection text NOT NULL,
  upto bigint NOT NULL,
  CONSTRAINT watermark_pkey PRIMARY KEY (log_id, projection)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON waybill.watermark TO waybill_app;

GRANT USAGE ON SCHEMA waybill TO waybill_app;
