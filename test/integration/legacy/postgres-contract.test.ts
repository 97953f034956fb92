import { createPostgresDirectory } from '../../../src/legacy/postgres/create-postgres-directory.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { legacyDirectoryContract } from '../../contract/legacy-directory.ts';
import { beUsersOptions, createBeUsersInPostgres } from '../../support/be-users.ts';
import { startPostgres } from '../../support/postgres-server.ts';

legacyDirectoryContract('PostgreSQL', async () => {
  const server = await startPostgres();
  await createBeUsersInPostgres(server.run);
  const url = await server.accountWith('SELECT');
  return {
    open: (changes) =>
      createPostgresDirectory(beUsersOptions('postgres', url, changes), {
        logger: createLogger('silent'),
        clock: systemClock,
      }),
    async run(sql) {
      await server.run(sql);
    },
    end: () => server.stop(),
  };
});
