import { runCli } from '../../src/cli/run.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { systemRandom } from '../../src/runtime/random.ts';

export interface CommandResult {
  readonly code: number;
  /** Standard output. */
  readonly printed: string;
  /** Standard error. */
  readonly complained: string;
}

/** A `footbridge` command in this process: the same code as the program's, without the time that a new one takes. */
export async function footbridge(
  args: readonly string[],
  {
    env = {},
    secret,
    untilStopped = () => new Promise<void>(() => {}),
    onPrint = () => {},
  }: {
    env?: Record<string, string>;
    /** What a person types where the command asks for a password. */
    secret?: string;
    untilStopped?: () => Promise<void>;
    onPrint?: (line: string) => void;
  } = {},
): Promise<CommandResult> {
  const [printed, complained]: [string[], string[]] = [[], []];
  const code = await runCli(args, {
    env,
    clock: systemClock,
    random: systemRandom,
    print(line) {
      printed.push(line);
      onPrint(line);
    },
    complain: (line) => complained.push(line),
    askSecret: async () => {
      if (secret === undefined) throw new Error('The command asks for a password.');
      return Buffer.from(secret, 'utf8');
    },
    untilStopped,
    kill: () => process.kill(process.pid, 'SIGKILL'),
  });
  return { code, printed: printed.join('\n'), complained: complained.join('\n') };
}

/** `footbridge serve` in this process. */
export async function serve(
  configFile: string,
  env: Record<string, string> = {},
): Promise<{ stop(): Promise<void> }> {
  const stopping = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<void>();
  const running = footbridge(['--config', configFile, 'serve'], {
    env,
    untilStopped: () => stopping.promise,
    onPrint: () => ready.resolve(),
  });
  const ended = running.then(({ complained }) => {
    throw new Error(`The bridge ended instead of serving: ${complained}`);
  });
  await Promise.race([ready.promise, ended]);
  ended.catch(() => {});
  return {
    async stop() {
      stopping.resolve();
      await running;
    },
  };
}
