import { defineConfig } from 'vitest/config';

/** Two files at a time, in two processes for all of them: loading the rooms again for each file would take minutes. */
const node = { environment: 'node' as const, pool: 'forks' as const, isolate: false, maxWorkers: 2 };
/** Real servers share the machine; each file has databases of its own. */
const real = {
  ...node,
  globalSetup: ['test/support/database-server.setup.ts'],
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
      { test: { ...real, name: 'long', include: ['test/long/**/*.test.ts'] } },
      { test: { ...real, name: 'e2e', include: ['test/e2e/**/*.test.ts'] } },
    ],
  },
});
