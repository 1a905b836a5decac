import type pg from 'pg';
import { isTaken, storeUnfit } from './sqlstate.ts';

/** Whom the application's sessions act as. It owns no table, so GRANT alone says what it may do. */
export const APP_ROLE = 'waybill_app';

/** With 15, the schema `public` is closed by default and MERGE is there. */
const OLDEST = 15;

const STAND = `
  select current_setting('server_version_num')::int / 10000 as version, r.oid is not null as there,
         coalesce(pg_has_role(current_user, r.oid, 'MEMBER'), false) as member
    from (values ($1::name)) as wanted (name) left join pg_roles r on r.rolname = wanted.name`;

/**
 * The server must know what the schema uses, and let its user become the application's role; the role is made where
 * there is none. Roles belong to the whole server: another office's node may make it at this moment.
 */
export const prepareServer = async (owner: Pick<pg.Pool, 'query'>): Promise<void> => {
  const { rows } = await owner.query<{ version: number; there: boolean; member: boolean }>(STAND, [APP_ROLE]);
  const { version = 0, there = false, member = false } = rows[0] ?? {};
  if (version < OLDEST)
    throw storeUnfit(
      `The PostgreSQL server is version ${version}; Waybill needs ${OLDEST} or later.`,
      'Set DATABASE_URL to a later server, or leave it out to use one in the data folder.',
    );
  if (!there)
    await owner.query(`create role ${APP_ROLE} nologin`).catch((error: unknown) => {
      if (!isTaken(error)) throw error;
    });
  if (!member) await owner.query(`grant ${APP_ROLE} to current_user`);
};
