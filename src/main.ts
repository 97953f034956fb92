#!/usr/bin/env node
import { runCli } from './cli/run.ts';
import { systemClock } from './runtime/clock.ts';
import { systemRandom } from './runtime/random.ts';

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  clock: systemClock,
  random: systemRandom,
  print: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
  untilStopped: () =>
    new Promise((done) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
    }),
  kill: () => process.kill(process.pid, 'SIGKILL'),
});
