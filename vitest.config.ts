import { defineConfig } from 'vitest/config';

const node = { environment: 'node' as const, pool: 'forks' as const };
/**
 * Real servers share the machine: two files at a time, each with databases of its own, in two processes for all of them,
 * since loading the rooms again for each file would take minutes.
 */
const real = {
  ...node,
  globalSetup: ['test/support/database-server.setup.ts'],
  isolate: false,
  maxWorkers: 2,
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    projects: [
      {
        test: {
          ...node,
          name: 'unit',
          testTimeout: 20_000,
          include: ['test/unit/**/*.test.ts', 'test/architecture.test.ts'],
        },
      },
      { test: { ...real, name: 'integration', include: ['test/integration/**/*.test.ts'] } },
      { test: { ...node, name: 'long', include: ['test/long/**/*.test.ts'] } },
      { test: { ...real, name: 'e2e', include: ['test/e2e/**/*.test.ts'] } },
    ],
  },
});
