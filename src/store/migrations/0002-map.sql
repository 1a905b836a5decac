-- The map of a day in pieces, so that a proof reads a few of them and not the map; and what each account came to, so that
-- the next day's map goes on from there instead of from the first entry. A map that was stored whole stays where it is.

CREATE TABLE waybill.map_leaves (
  log_id smallint NOT NULL,
  day date NOT NULL,
  label bytea NOT NULL,
  first bigint NOT NULL,
  leaves bytea NOT NULL,
  PRIMARY KEY (log_id, day, label)
);
COMMENT ON TABLE waybill.map_leaves IS 'evidence: the leaves of the map of a day, 256 in a row, by the label of the first of them';

CREATE TABLE waybill.map_tile (
  log_id smallint NOT NULL,
  day date NOT NULL,
  level smallint NOT NULL,
  index bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (log_id, day, level, index)
);
COMMENT ON TABLE waybill.map_tile IS 'evidence: the tree over the leaves of the map of a day, in tiles as those of the log; the last of a level may be partial';

CREATE TABLE waybill.acct_chain (
  log_id smallint NOT NULL,
  account bytea NOT NULL,
  count bigint NOT NULL,
  chain bytea NOT NULL,
  PRIMARY KEY (log_id, account)
);
COMMENT ON TABLE waybill.acct_chain IS 'projection: what the acts of each account came to when the newest map was made';

ALTER TABLE waybill.day_map ALTER COLUMN leaves DROP NOT NULL;
COMMENT ON COLUMN waybill.day_map.leaves IS 'of a map that was stored whole; the others are in map_leaves';

ALTER TABLE waybill.map_leaves ALTER COLUMN leaves SET STORAGE EXTERNAL;
ALTER TABLE waybill.map_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

GRANT SELECT, INSERT ON waybill.map_leaves, waybill.map_tile TO waybill_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON waybill.acct_chain TO waybill_app;
