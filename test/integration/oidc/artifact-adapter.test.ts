import { afterAll, beforeAll } from 'vitest';
import { systemClock } from '../../../src/runtime/clock.ts';
import { Secret } from '../../../src/runtime/secret.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { artifactAdapterContract } from '../../contract/artifact-adapter.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

artifactAdapterContract(async () => openStore(new Secret(database.adminUrl), systemClock));
