import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { until } from './until.ts';

const MAIN = resolve(import.meta.dirname, '../../src/main.ts');
/** Where Node keeps what it compiled: most of a short command's time is reading the same sources again. */
const COMPILED = resolve(import.meta.dirname, '../../node_modules/.cache/footbridge-compiled');

/** A `footbridge` process of its own, as an operator would run it. */
export interface BridgeProcess {
  readonly child: ChildProcess;
  /** All that it has written so far, to standard output and standard error. */
  output(): string;
  /** What it has written to standard output alone: a command's result. */
  result(): string;
  /** Resolves with the exit code, or the signal's name, once the process is gone. */
  readonly ended: Promise<number | string>;
  /** Ends it as an operator does and waits. */
  stop(): Promise<number | string>;
}

/** Everything that any of these processes wrote, for the test that looks for secrets in it. */
export const allOutput: string[] = [];

/** @param input what it reads from standard input; nothing unless given */
export function spawnFootbridge(
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): BridgeProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: COMPILED, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A command that asks for nothing may be gone before it has been told anything.
  child.stdin.on('error', () => {}).end(input);
  let output = '';
  let result = '';
  child.stdout.on('data', (text: string) => {
    result += text;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      allOutput.push(text);
    });
  }
  const ended = new Promise<number | string>((done) => {
    child.once('close', (code, signal) => done(code ?? signal ?? 'unknown'));
  });
  const endWithTests = () => child.kill('SIGKILL');
  process.once('exit', endWithTests);
  void ended.then(() => process.off('exit', endWithTests));
  return {
    child,
    output: () => output,
    result: () => result,
    ended,
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Runs a command to its end. */
export async function runFootbridge(args: readonly string[], env: Record<string, string> = {}, input = '') {
  const run = spawnFootbridge(args, env, input);
  const code = await run.ended;
  return { code, output: run.output(), result: run.result() };
}

/** Starts `footbridge serve` and waits until it is ready. */
export async function serveFootbridge(
  configFile: string,
  issuer: string,
  options: { args?: readonly string[]; env?: Record<string, string> } = {},
): Promise<BridgeProcess> {
  const bridge = spawnFootbridge(['--config', configFile, 'serve', ...(options.args ?? [])], options.env);
  let gone = false;
  void bridge.ended.then(() => {
    gone = true;
  });
  await until(`the bridge at ${issuer} is ready`, async () => {
    if (gone) throw new Error(`The bridge ended instead of serving:\n${bridge.output()}`);
    try {
      return (await fetch(new URL('/readyz', issuer))).ok;
    } catch {
      return false;
    }
  });
  return bridge;
}
