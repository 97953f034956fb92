import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RegisteredClient } from '../../../../src/clients/client.ts';
import { createLedgerBulk } from '../../../../src/ledger/create-bulk.ts';
import { createTargetCircuit } from '../../../../src/ledger/create-target-circuit.ts';
import { NO_HOOKS } from '../../../../src/legacy/person-hooks.ts';
import { createSync } from '../../../../src/migration/create-sync.ts';
import { syncOptions } from '../../../../src/migration/options.ts';
import { createRuns } from '../../../../src/migration/runs/create-runs.ts';
import { noFaults } from '../../../../src/runtime/fault-points.ts';
import { systemRandom } from '../../../../src/runtime/random.ts';
import { createSealing } from '../../../../src/runtime/sealing.ts';
import { Secret } from '../../../../src/runtime/secret.ts';
import type { Store } from '../../../../src/store/store.ts';
import { digests, fakeDirectory, fakeTarget, legacyUser, loginOf } from '../../../support/test-courier.ts';
import { ledgerOn, openMemoryStore, stoppedClock } from '../../../support/test-ledger.ts';

let store: Store;
beforeEach(async () => {
  store = await openMemoryStore(stoppedClock().clock);
});
afterEach(() => store.close());

/** Three people across, brought by the client `app`; each change of the table is told once. */
async function world() {
  const ledger = ledgerOn(store);
  const directory = fakeDirectory();
  const target = fakeTarget();
  const disabled: string[] = [];
  let news: string[] = [];
  const state = { mode: 'lazy' };
  for (const id of ['1', '2', '3']) {
    directory.users.set(id, legacyUser(id));
    await ledger.capture(loginOf(legacyUser(id)));
  }
  for (const claim of await ledger.claim({ target: 'new', limit: 9, leaseMs: 9_000 })) {
    const profileDigest = digests.profile(legacyUser(claim.person.legacyId).profile);
    await ledger.settle(claim, { kind: 'copied', profileDigest });
  }
  const client = () =>
    ({
      metadata: { client_id: 'app' },
      migration: { mode: state.mode, target: 'new', percent: 100 },
    }) as RegisteredClient;
  const sync = createSync({
    target: {
      ...target,
      async disable(externalId) {
        disabled.push(externalId);
        return { kind: 'updated' };
      },
    },
    directories: new Map([
      [
        'legacy',
        {
          ...directory,
          async changedSince() {
            const rows = news.flatMap((id) => directory.users.get(id) ?? []);
            news = [];
            return { rows, watermark: 'a place', more: false };
          },
        },
      ],
    ]),
    watermarked: new Set(['legacy']),
    runs: createRuns({ store, random: systemRandom, leaseMs: 60_000 }),
    options: syncOptions.parse({}),
    pageSize: 100,
    hooks: NO_HOOKS,
    digests,
    clients: { find: async () => client(), list: async () => [client()] },
    leaseMs: 60_000,
    ledger,
    bulk: createLedgerBulk({
      store,
      sealing: createSealing(new Secret(Buffer.alloc(32, 7)), 'ledger', systemRandom),
      random: systemRandom,
      ledger,
    }),
    circuit: createTargetCircuit({ store }),
    rates: [],
    policy: { maxAttempts: 5, random: systemRandom },
    clock: () => Date.now(),
    faults: noFaults,
    pause: async () => {},
    revoke: async () => {},
  });
  return {
    state,
    disabled,
    puts: target.puts,
    change(id: string, changes: Parameters<typeof legacyUser>[1], status: 'active' | 'disabled' = 'active') {
      directory.users.set(id, { ...legacyUser(id, changes), status });
      news.push(id);
    },
    remove: (id: string) => directory.users.delete(id),
    async pass() {
      const request = { full: false, actor: 'test' };
      return (await sync.run(request, new AbortController().signal, () => {})).counts;
    },
  };
}

test('While a client is off nothing of its people is carried, and all of it once it copies again.', async () => {
  const { state, change, remove, pass, puts, disabled } = await world();
  await pass();
  state.mode = 'off';
  change('1', { name: 'Renamed' });
  change('2', {}, 'disabled');
  remove('3');
  expect(await pass()).toMatchObject({ notCopied: 1, heldBack: 1, updated: 0, disabled: 0, deleted: 0 });
  expect(await pass(), 'the changes were told once').toMatchObject({ notCopied: 0, heldBack: 0 });
  expect([puts, disabled]).toEqual([[], []]);
  state.mode = 'lazy';
  expect(await pass()).toMatchObject({ updated: 1, disabled: 1, deleted: 1 });
  expect(puts).toMatchObject([{ externalId: 'sub-1', profile: { name: 'Renamed' } }]);
  expect(disabled.toSorted()).toEqual(['sub-2', 'sub-3']);
  expect(await pass()).toMatchObject({ read: 0, updated: 0, disabled: 0 });
});
