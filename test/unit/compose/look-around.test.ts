import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startLookingAround } from '../../../src/compose/look-around.ts';
import { BridgeError } from '../../../src/domain/errors.ts';
import type { LegacyDirectories } from '../../../src/legacy/directories.ts';
import type { Passwords } from '../../../src/passwords/passwords.ts';
import { createLogger } from '../../../src/runtime/logger.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function scene() {
  let out = true;
  const sampleCredentials = vi.fn(async () => {
    if (out) throw new BridgeError('legacy_unavailable', 'The legacy database refused the connection.');
    return [];
  });
  const directory = {
    check: async () => [{ level: 'error', about: 'legacy.reachable', found: 'It is out.' }],
    sampleCredentials,
  } as Pick<LegacyDirectories, 'check' | 'sampleCredentials'> as LegacyDirectories;
  const calibrate = vi.fn();
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => lines.push(line) });
  const looking = startLookingAround(directory, { calibrate } as Partial<Passwords> as Passwords, logger);
  const back = () => {
    out = false;
  };
  return { looking, calibrate, sampleCredentials, lines, back };
}

test('What the check finds is in the log, and the decoy is set as soon as the directory answers.', async () => {
  const { looking, calibrate, lines, back } = scene();
  await vi.advanceTimersByTimeAsync(1);
  expect(lines.join()).toContain('It is out.');
  expect(calibrate).not.toHaveBeenCalled();
  back();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calibrate).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(calibrate).toHaveBeenCalledTimes(1);
  await looking.stop();
});

test('Nothing is looked at any more once it is stopped.', async () => {
  const { looking, sampleCredentials } = scene();
  await vi.advanceTimersByTimeAsync(1);
  await looking.stop();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(sampleCredentials).toHaveBeenCalledTimes(1);
});
