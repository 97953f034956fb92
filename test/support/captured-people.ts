import { expect, type TestContext } from 'vitest';
import { createRealSetup, type RealPerson, type RealSetup, type RealSetupOptions } from './real-setup.ts';

export const PEOPLE: readonly RealPerson[] = Array.from({ length: 14 }, (_, index) => ({
  username: `person-${index}`,
  password: `The old password of ${index}`,
}));
/** One copy after the other, so that a death leaves work for the next courier. */
const ONE_BY_ONE = { worker: { pollMs: 100, leaseSeconds: 5, concurrency: 1, maxAttempts: 100 } };

/** Everybody has logged in, and nobody has been copied. */
export async function startWithCaptured(
  { onTestFinished }: TestContext,
  options: Partial<RealSetupOptions>,
): Promise<RealSetup> {
  const setup = await createRealSetup({ people: PEOPLE, config: ONE_BY_ONE, ...options });
  onTestFinished(setup.close);
  const server = await setup.serve({ args: ['--no-worker'] });
  for (const { username } of PEOPLE) await setup.login(username);
  await setup.untilLedger({ captured: PEOPLE.length });
  await server.stop();
  return setup;
}

export async function expectEverybodyOnce({ spawn, untilLedger, targetWrites, targetRows }: RealSetup) {
  const survivor = spawn(['worker']);
  await untilLedger({ copied: PEOPLE.length });
  await survivor.stop();
  expect(await targetRows()).toHaveLength(PEOPLE.length);
  const writes = await targetWrites();
  expect(writes.map(({ kind }) => kind)).toEqual(PEOPLE.map(() => 'insert'));
}
