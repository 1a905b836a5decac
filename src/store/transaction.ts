import type pg from 'pg';

/** Runs the work between `begin` and COMMIT on one session; a session that breaks is not given back to the pool. */
export const inTransaction = async <T>(
  pool: pg.Pool,
  begin: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  let broken: boolean = true;
  // A session may break between two statements; the next statement tells.
  const deaf = () => {};
  client.on('error', deaf);
  try {
    await client.query(begin);
    const result = await work(client).catch(async (error: unknown) => {
      await client.query('ROLLBACK').then(
        () => (broken = false),
        () => {},
      );
      throw error;
    });
    await client.query('COMMIT');
    broken = false;
    return result;
  } finally {
    client.off('error', deaf);
    client.release(broken);
  }
};
