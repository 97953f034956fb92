import { defineConfig } from 'vitest/config';

const node = { environment: 'node' as const, pool: 'forks' as const };
/** With servers and browsers of their own, which take their part of the machine as well. */
const real = {
  ...node,
  globalSetup: ['test/support/database-server.setup.ts'],
  maxWorkers: 2,
  testTimeout: 60_000,
  hookTimeout: 120_000,
};
/** What measures time has the machine to itself. */
const ALONE = ['test/integration/passwords/timing.test.ts', 'test/integration/bench/**/*.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    projects: [
      {
        test: {
          ...node,
          name: 'unit',
          sequence: { groupOrder: 0 },
          testTimeout: 20_000,
          include: ['test/unit/**/*.test.ts', 'test/architecture.test.ts'],
        },
      },
      {
        test: {
          ...real,
          name: 'integration',
          sequence: { groupOrder: 1 },
          include: ['test/integration/**/*.test.ts'],
          exclude: ALONE,
        },
      },
      {
        test: {
          ...real,
          name: 'e2e',
          sequence: { groupOrder: 1 },
          include: ['test/e2e/**/*.test.ts'],
        },
      },
      {
        test: {
          ...node,
          name: 'alone',
          sequence: { groupOrder: 2 },
          fileParallelism: false,
          testTimeout: 60_000,
          include: ALONE,
        },
      },
    ],
  },
});
