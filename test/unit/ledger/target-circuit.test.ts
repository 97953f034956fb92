import { beforeEach, expect, test } from 'vitest';
import { createTargetCircuit } from '../../../src/ledger/create-target-circuit.ts';
import type { TargetCircuit } from '../../../src/ledger/target-circuit.ts';
import { openMemoryStore, type StoppedClock, stoppedClock } from '../../support/test-ledger.ts';

let time: StoppedClock;
let circuit: TargetCircuit;
beforeEach(async () => {
  time = stoppedClock();
  circuit = createTargetCircuit({ store: await openMemoryStore(time.clock) });
});

test('A target that never failed may be asked.', async () => {
  expect(await circuit.admits('new')).toBe('all');
});

test('A failed target is left alone for twice as long each time, up to a minute.', async () => {
  for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
    await circuit.failed('new', 'refused');
    time.pass(seconds * 1_000 - 1);
    expect(await circuit.admits('new'), `${seconds} s`).toBe('none');
    time.pass(1);
    expect(await circuit.admits('new'), `${seconds} s`).toBe('one');
  }
});

test('Copies that fail together are one failure.', async () => {
  await Promise.all([1, 2, 3, 4].map(() => circuit.failed('new', 'refused')));
  expect(await circuit.states()).toEqual([
    { target: 'new', closedUntil: time.clock() + 1_000, failures: 1, reason: 'refused' },
  ]);
});

test('One success opens it again, unless it comes while the target is to be left alone.', async () => {
  await circuit.failed('new', 'refused');
  await circuit.succeeded('new');
  expect(await circuit.admits('new')).toBe('none');
  time.pass(1_000);
  await circuit.succeeded('new');
  expect(await circuit.admits('new')).toBe('all');
});

test('A target that says how long to wait is given exactly that.', async () => {
  await circuit.pause('new', 'Retry-After', 7_000);
  await circuit.pause('new', 'Retry-After', 2_000);
  await circuit.succeeded('new');
  time.pass(6_999);
  expect(await circuit.admits('new')).toBe('none');
  time.pass(1);
  expect(await circuit.admits('new')).toBe('all');
});

test('One target does not answer for another.', async () => {
  await circuit.failed('new', 'refused');
  expect(await circuit.admits('other')).toBe('all');
});
