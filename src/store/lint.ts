import type pg from 'pg';

/** Tables that belong to no log. */
const WITHOUT_LOG = ['migration'];

/** What the application may do beyond SELECT and INSERT: delete keys to shred, and write its projections anew. */
const BEYOND: Readonly<Record<string, readonly string[]>> = {
  data_key: ['DELETE'],
  acct: ['DELETE', 'UPDATE'],
  acct_chain: ['DELETE', 'UPDATE'],
  watermark: ['DELETE', 'UPDATE'],
};

const IN_SCHEMA = `relnamespace = to_regnamespace('waybill')`;

/** DESIGN section 6, rule by rule: each query finds what breaks it, in words. $1: tables without a log. */
const RULES: readonly string[] = [
  `SELECT c.relname || ' has no primary key' AS finding FROM pg_class c
    WHERE ${IN_SCHEMA} AND c.relkind IN ('r', 'p') AND c.relname <> ALL ($1)
      AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)`,

  `SELECT x.relname || ' is unique without log_id first' AS finding
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
     LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE c.${IN_SCHEMA} AND c.relname <> ALL ($1) AND i.indisunique AND a.attname IS DISTINCT FROM 'log_id'`,

  `SELECT k.conname || ' is an exclusion constraint without log_id first' AS finding
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     LEFT JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    WHERE c.${IN_SCHEMA} AND k.contype = 'x' AND a.attname IS DISTINCT FROM 'log_id'`,

  `SELECT k.conname || ' is a foreign key without log_id first on both sides' AS finding
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     LEFT JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
     LEFT JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
    WHERE c.${IN_SCHEMA} AND k.contype = 'f' AND (a.attname, b.attname) IS DISTINCT FROM ('log_id'::name, 'log_id'::name)`,

  `SELECT relname || ' is a sequence' AS finding FROM pg_class WHERE ${IN_SCHEMA} AND relkind = 'S'`,

  `SELECT relname || ' is unlogged' AS finding FROM pg_class WHERE ${IN_SCHEMA} AND relpersistence <> 'p' AND relkind <> 'i'`,

  `SELECT c.relname || ' has the rule ' || r.rulename AS finding FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
    WHERE c.${IN_SCHEMA} AND r.rulename <> '_RETURN'`,

  `SELECT c.relname || ' has the trigger ' || t.tgname AS finding FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.${IN_SCHEMA} AND NOT t.tgisinternal`,

  // Such a function would do for the application what its role may not.
  `SELECT proname || ' is a function that runs as its owner' AS finding FROM pg_proc
    WHERE pronamespace = to_regnamespace('waybill') AND prosecdef`,

  `SELECT 'waybill_app owns ' || coalesce((pg_identify_object(d.classid, d.objid, d.objsubid)).identity, 'something') AS finding
     FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
    WHERE r.rolname = 'waybill_app' AND d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o'
      AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))`,

  `SELECT 'waybill_app is a member of ' || pg_get_userbyid(m.roleid) AS finding
     FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = 'waybill_app'`,

  `SELECT 'waybill_app has rights over the server' AS finding FROM pg_roles
    WHERE rolname = 'waybill_app' AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)`,

  `SELECT 'waybill_app may create things in the schema' AS finding
    WHERE has_schema_privilege('waybill_app', to_regnamespace('waybill'), 'CREATE')`,
];

// A grant to everyone is one to the application too. Grants on columns count as grants on their table.
const GRANTS = `
  SELECT DISTINCT relname AS table, g.privilege_type AS privilege
    FROM (SELECT relname, relacl AS acl FROM pg_class WHERE ${IN_SCHEMA}
          UNION ALL
          SELECT c.relname, a.attacl FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.${IN_SCHEMA}) AS held,
         aclexplode(held.acl) g
   WHERE g.grantee IN (0, (SELECT oid FROM pg_roles WHERE rolname = 'waybill_app'))
   ORDER BY 1, 2`;

/** What in the schema breaks DESIGN section 6; empty when nothing does. */
export const lintSchema = async (db: pg.Pool | pg.PoolClient): Promise<string[]> => {
  const findings: string[] = [];
  for (const rule of RULES) {
    const { rows } = await db.query<{ finding: string }>(
      rule.includes('$1') ? { text: rule, values: [WITHOUT_LOG] } : rule,
    );
    findings.push(...rows.map(({ finding }) => finding));
  }
  const { rows } = await db.query<{ table: string; privilege: string }>(GRANTS);
  for (const { table, privilege } of rows)
    if (WITHOUT_LOG.includes(table) || !['SELECT', 'INSERT', ...(BEYOND[table] ?? [])].includes(privilege))
      findings.push(`waybill_app may ${privilege} ${table}`);
  return findings;
};
