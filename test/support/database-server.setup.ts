import type { TestProject } from 'vitest/node';
import { type DatabaseServer, startDatabaseServer } from './database-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: DatabaseServer['address'];
  }
}

/** One private server for the whole run; `LEGACY_TEST_URL` names another one, `TEST_SERVER=mysql` asks for MySQL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startDatabaseServer();
  project.provide('databaseServer', server.address);
  return server.stop;
}
