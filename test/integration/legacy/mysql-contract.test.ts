import { createMysqlDirectory } from '../../../src/legacy/mysql/create-mysql-directory.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { legacyDirectoryContract } from '../../contract/legacy-directory.ts';
import { beUsersOptions, createBeUsers } from '../../support/be-users.ts';
import { createTestDatabase } from '../../support/test-database.ts';

legacyDirectoryContract('MySQL and MariaDB', async () => {
  const database = await createTestDatabase();
  await createBeUsers(database.admin);
  const url = await database.accountWith('SELECT');
  return {
    open: (changes) =>
      createMysqlDirectory(beUsersOptions('mysql', url, changes), {
        logger: createLogger('silent'),
        clock: systemClock,
      }),
    async run(sql) {
      await database.admin.query(sql);
    },
    end: () => database.drop(),
  };
});
