import { setFlagsFromString } from 'node:v8';

/** Commands that go through whole tables, for minutes or hours, beside whatever else the machine does. */
const LONG = ['backfill', 'sync'];

/**
 * V8 lets garbage lie while the machine has memory to spare: a backfill would grow to 400 MB with 60 MB in use. These
 * commands wait for databases anyway, so they tidy up more often. Must be called before anything else is loaded.
 *
 * @param args of the command line
 */
export function holdMemory(args: readonly string[]): void {
  if (!args.some((arg) => LONG.includes(arg))) return;
  setFlagsFromString('--max-semi-space-size=4');
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=30');
}
