import type pg from 'pg';
import { sha256 } from '../ground/digest.ts';

type Queryable = pg.Pool | pg.PoolClient;

interface Table {
  readonly name: string;
  /** One line of SQL each, as PostgreSQL writes them. */
  readonly columns: readonly string[];
  readonly constraints: readonly string[];
  readonly after: readonly string[];
}

// Not-null constraints (contype n, new in 18) stand with their columns, so that the text is one for all versions.
const TABLES = `
  SELECT c.relname AS name,
    ARRAY(
      SELECT concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
          CASE WHEN a.attnotnull THEN 'NOT NULL' END,
          CASE WHEN a.attidentity <> '' THEN 'GENERATED AS IDENTITY' END,
          CASE WHEN d.adbin IS NOT NULL THEN
            CASE WHEN a.attgenerated = '' THEN 'DEFAULT ' ELSE 'GENERATED ALWAYS AS ' END || pg_get_expr(d.adbin, d.adrelid)
          END)
        FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
    ) AS columns,
    ARRAY(
      SELECT 'CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
        FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype NOT IN ('n', 't') ORDER BY k.conname COLLATE "C"
    ) AS constraints,
    ARRAY(
      SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
       WHERE i.indrelid = c.oid AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = c.oid)
       ORDER BY x.relname COLLATE "C"
    ) || ARRAY(
      SELECT format('ALTER TABLE waybill.%I ALTER COLUMN %I SET STORAGE %s', c.relname, a.attname,
          CASE a.attstorage WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' WHEN 'x' THEN 'EXTENDED' ELSE 'PLAIN' END)
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attstorage <> t.typstorage ORDER BY a.attnum
    ) || ARRAY(
      SELECT format('ALTER TABLE waybill.%I SET (%s)', c.relname, option) FROM unnest(c.reloptions) AS option
    ) || ARRAY(
      SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t
       WHERE t.tgrelid = c.oid AND NOT t.tgisinternal ORDER BY t.tgname COLLATE "C"
    ) || ARRAY(
      SELECT format('GRANT %s ON waybill.%I TO %s', string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type COLLATE "C"),
          c.relname, CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END)
        FROM aclexplode(c.relacl) g WHERE g.grantee <> c.relowner GROUP BY g.grantee ORDER BY g.grantee
    ) AS after
    FROM pg_class c
   WHERE c.relnamespace = to_regnamespace('waybill') AND c.relkind IN ('r', 'p')
   ORDER BY c.relname COLLATE "C"`;

// What a schema of ours has none of, so that it shows where it has.
const OTHERS = `
  SELECT format('-- and a %s: %s', CASE c.relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' ELSE 'relation of kind ' || c.relkind::text END,
      c.relname) AS line
    FROM pg_class c WHERE c.relnamespace = to_regnamespace('waybill') AND c.relkind NOT IN ('r', 'p', 'i', 'I', 't')
  UNION ALL
  SELECT '-- and a function: ' || p.proname FROM pg_proc p WHERE p.pronamespace = to_regnamespace('waybill')
  UNION ALL
  SELECT format('GRANT %s ON SCHEMA waybill TO %s', string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type COLLATE "C"),
      CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END)
    FROM pg_namespace n, aclexplode(n.nspacl) g
   WHERE n.nspname = 'waybill' AND g.grantee <> n.nspowner GROUP BY g.grantee
  ORDER BY line`;

const tableText = ({ name, columns, constraints, after }: Table): string =>
  [
    `CREATE TABLE waybill.${name} (`,
    [...columns, ...constraints].map((line) => `  ${line}`).join(',\n'),
    ');',
    ...after.map((line) => `${line};`),
    '',
  ].join('\n');

/** The schema `waybill` as SQL text, read from the catalogue: alike for the same schema on every server, whoever owns it. */
export const schemaText = async (db: Queryable): Promise<string> => {
  const { rows: tables } = await db.query<Table>(TABLES);
  const { rows: others } = await db.query<{ line: string }>(OTHERS);
  return `${tables.map(tableText).join('\n')}\n${others.map(({ line }) => `${line};\n`).join('')}`;
};

/** SHA-256 of `schemaText`, hex. */
export const schemaDigest = async (db: Queryable): Promise<string> => sha256(await schemaText(db));

/** The tables of the schema without the one that remembers migrations, in the order of their names. */
export const dataTables = async (db: Queryable): Promise<string[]> => {
  const { rows } = await db.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = to_regnamespace('waybill') AND relkind IN ('r', 'p') AND relname <> 'migration'
      ORDER BY relname COLLATE "C"`,
  );
  return rows.map(({ name }) => name);
};
