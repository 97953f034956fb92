#!/usr/bin/env node
// Starts a task of the project on a fresh clone: installs the dependencies when they are missing or older than the
// lock file, then runs the task with the project's own Node 24. Works on any Node that npm works on.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const modules = join(root, 'node_modules');

const TASKS = {
  footbridge: [['node', 'src/main.ts']],
  demo: [['node', 'src/main.ts', 'demo']],
  vectors: [['node', 'scripts/vectors.ts']],
  fuzz: [['node', 'scripts/fuzz.ts']],
  bench: [['node', 'bench/schemes.ts']],
  screenshots: [['node', 'scripts/screenshots.ts']],
  soak: [['vitest', 'run', '--project', 'unit', 'test/unit/migration/promises.test.ts']],
  check: [
    ['tsc', '-p', '.'],
    ['tsc', '-p', 'tsconfig.assets.json'],
    ['biome', 'check', '.'],
    ['vitest', 'run', '--project', 'unit'],
  ],
  test: [
    ['tsc', '-p', '.'],
    ['tsc', '-p', 'tsconfig.assets.json'],
    ['biome', 'check', '.'],
    ['vitest', 'run', '--project', 'unit', '--project', 'integration', '--project', 'e2e'],
  ],
  'test:long': [['vitest', 'run', '--project', 'long']],
  'test:mysql': [['vitest', 'run', '--project', 'integration']],
};
/** Where Node keeps what it compiled: most of the time of a thread that starts is reading the same sources again. */
const COMPILED = { NODE_COMPILE_CACHE: join(modules, '.cache', 'footbridge-compiled') };
const ENVIRONMENT = {
  check: COMPILED,
  test: COMPILED,
  'test:long': COMPILED,
  'test:mysql': { ...COMPILED, TEST_SERVER: 'mysql' },
  soak: { SOAK_RUNS: '5000' },
};

const [task, ...rest] = process.argv.slice(2);
const steps = TASKS[task];
if (steps === undefined) {
  console.error(`Unknown task "${task}". There are: ${Object.keys(TASKS).join(', ')}.`);
  process.exit(2);
}

install();
const env = {
  ...process.env,
  ...ENVIRONMENT[task],
  PATH: join(modules, '.bin') + delimiter + process.env.PATH,
};
steps.forEach(([command, ...args], index) => {
  const last = index === steps.length - 1;
  run(command, [...args, ...(last ? rest : [])], env);
});

function install() {
  const installed = join(modules, '.package-lock.json');
  const fresh =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
  if (fresh && existsSync(join(modules, '.bin', 'node'))) return;
  console.error('Installing dependencies (once) ...');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], process.env);
}

function run(command, args, env) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  if (error) console.error(`${command} could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? (signal ? 1 : 127));
}
