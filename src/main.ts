#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 24 || (major === 24 && minor >= 7)) {
  // Whoever reads has seen enough (`| head`); the command goes on, and a bridge above all.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  const { holdMemory } = await import('./cli/hold-memory.ts');
  holdMemory(process.argv.slice(2));
  const { readSecret } = await import('./cli/read-secret.ts');
  const { runCli } = await import('./cli/run.ts');
  const { systemClock } = await import('./runtime/clock.ts');
  const { systemRandom } = await import('./runtime/random.ts');
  process.exitCode = await runCli(process.argv.slice(2), {
    env: process.env,
    clock: systemClock,
    random: systemRandom,
    print: (line) => void process.stdout.write(`${line}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
    statusLine: process.stderr.isTTY
      ? (text) => void process.stderr.write(`\r${text.slice(0, process.stderr.columns - 1)}\x1b[K`)
      : undefined,
    askSecret: (question) => readSecret(process.stdin, process.stderr, question),
    untilStopped: () =>
      new Promise((done) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
      }),
    kill: () => process.kill(process.pid, 'SIGKILL'),
  });
} else {
  process.stderr.write(
    `footbridge: This is Node ${process.versions.node}; Footbridge needs 24.7 or later. ` +
      'In a checkout, "npm run footbridge -- ..." brings its own.\n',
  );
  process.exitCode = 1;
}
