import { randomBytes } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createArtifactAdapter } from '../../src/oidc/artifacts/artifact-adapter.ts';
import { purgeArtifacts } from '../../src/oidc/purge-artifacts.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { createLogger } from '../../src/runtime/logger.ts';
import { systemRandom } from '../../src/runtime/random.ts';
import { createSealing } from '../../src/runtime/sealing.ts';
import { Secret } from '../../src/runtime/secret.ts';
import type { Store } from '../../src/store/store.ts';

const TOLERANCE_SECONDS = 10;

/** What oidc-provider expects of a store, and what its own documentation leaves to the deployment. */
export function artifactAdapterContract(open: () => Promise<Store>): void {
  let store: Store;
  let ahead = 0;
  const models = new Map<string, Adapter>();
  const sealing = createSealing(new Secret(randomBytes(32)), 'artifacts', systemRandom);
  const adapter = (model: string): Adapter => {
    const known = models.get(model);
    if (known !== undefined) return known;
    const made = createArtifactAdapter(model, {
      store,
      sealing,
      clock: () => systemClock() + ahead,
      clockTolerance: TOLERANCE_SECONDS,
      logger: createLogger('silent'),
    });
    models.set(model, made);
    return made;
  };
  const newId = () => randomBytes(32).toString('base64url');
  const rows = async () => (await store.db.selectFrom('artifact').selectAll().execute()).length;

  beforeAll(async () => {
    store = await open();
    await store.upgrade();
  });
  afterAll(() => store.close());

  async function later<T>(seconds: number, work: () => Promise<T>): Promise<T> {
    ahead = seconds * 1000;
    try {
      return await work();
    } finally {
      ahead = 0;
    }
  }

  test('What was put is found, under its model alone, until it is destroyed.', async () => {
    const id = newId();
    const payload = { accountId: 'somebody', kind: 'AccessToken', extra: { deep: ['ä', 1, null] } };
    await adapter('AccessToken').upsert(id, payload as unknown as AdapterPayload, 60);
    expect(await adapter('AccessToken').find(id)).toEqual(payload);
    expect(await adapter('RefreshToken').find(id)).toBeUndefined();
    await adapter('AccessToken').upsert(id, { accountId: 'else' }, 60);
    expect(await adapter('AccessToken').find(id)).toEqual({ accountId: 'else' });
    await adapter('AccessToken').destroy(id);
    expect(await adapter('AccessToken').find(id)).toBeUndefined();
  });

  test('Ids that differ in case alone are different.', async () => {
    const id = `aB${newId()}`;
    await adapter('AccessToken').upsert(id, { accountId: 'mine' }, 60);
    await adapter('AccessToken').upsert(id.replace('aB', 'Ab'), { accountId: 'theirs' }, 60);
    expect(await adapter('AccessToken').find(id)).toEqual({ accountId: 'mine' });
    expect(await adapter('AccessToken').find(id.toUpperCase())).toBeUndefined();
    expect(await adapter('AccessToken').find(`${id} `)).toBeUndefined();
  });

  test('What has expired is absent, after the tolerance that clocks are given; what has no end has none.', async () => {
    const id = newId();
    await adapter('Grant').upsert(id, { accountId: 'somebody' }, 60);
    const found = () => adapter('Grant').find(id);
    expect(await later(60 + TOLERANCE_SECONDS - 5, found)).toBeDefined();
    expect(await later(60 + TOLERANCE_SECONDS + 5, found)).toBeUndefined();
    await adapter('Grant').upsert(id, { accountId: 'somebody' });
    expect(await later(1e9, found)).toBeDefined();
  });

  test('What was consumed stays, says since when, and keeps its end.', async () => {
    const id = newId();
    await adapter('AuthorizationCode').upsert(id, { accountId: 'somebody' }, 60);
    await adapter('AuthorizationCode').consume(id);
    const found = await adapter('AuthorizationCode').find(id);
    expect(found).toEqual({ accountId: 'somebody', consumed: expect.any(Number) });
    expect(Math.abs(Number(found?.consumed) - Date.now() / 1000)).toBeLessThan(10);
    await adapter('AuthorizationCode').upsert(id, { accountId: 'again' }, 60);
    expect(await adapter('AuthorizationCode').find(id)).toHaveProperty('consumed');
    expect(await later(75, () => adapter('AuthorizationCode').find(id).then(Boolean))).toBe(false);
  });

  test('Of many who consume at once one succeeds; the others end the grant.', async () => {
    for (let round = 0; round < 20; round += 1) {
      const [id, grantId, token] = [newId(), newId(), newId()];
      await adapter('Grant').upsert(grantId, { accountId: 'somebody' }, 60);
      await adapter('AccessToken').upsert(token, { grantId }, 60);
      await adapter('AuthorizationCode').upsert(id, { grantId }, 60);
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => adapter('AuthorizationCode').consume(id)),
      );
      expect(results.filter(({ status }) => status === 'fulfilled').length, `round ${round}`).toBe(1);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ error: 'invalid_grant' });
      }
      expect(await adapter('Grant').find(grantId)).toBeUndefined();
      expect(await adapter('AccessToken').find(token)).toBeUndefined();
    }
  }, 60_000);

  test('What is not there cannot be consumed.', async () => {
    await expect(adapter('RefreshToken').consume(newId())).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('A grant takes its tokens with it, model by model, and nothing else.', async () => {
    const [mine, other] = [newId(), newId()];
    const ids = { access: newId(), refresh: newId(), others: newId(), interaction: newId() };
    await adapter('AccessToken').upsert(ids.access, { grantId: mine }, 60);
    await adapter('RefreshToken').upsert(ids.refresh, { grantId: mine }, 60);
    await adapter('AccessToken').upsert(ids.others, { grantId: other }, 60);
    await adapter('Interaction').upsert(ids.interaction, { grantId: mine }, 60);
    await adapter('AccessToken').revokeByGrantId(mine);
    expect(await adapter('AccessToken').find(ids.access)).toBeUndefined();
    expect(await adapter('RefreshToken').find(ids.refresh)).toBeDefined();
    expect(await adapter('AccessToken').find(ids.others)).toBeDefined();
    expect(await adapter('Interaction').find(ids.interaction)).toBeDefined();
  });

  test('A session is found by its uid; while one replaces another, the newer one is.', async () => {
    const uid = newId();
    await adapter('Session').upsert(newId(), { uid, accountId: 'older' }, 60);
    await adapter('Session').upsert(newId(), { uid, accountId: 'newer' }, 120);
    expect(await adapter('Session').findByUid(uid)).toEqual({ uid, accountId: 'newer' });
    expect(await adapter('Session').findByUid(newId())).toBeUndefined();
  });

  test('A user code is found by itself.', async () => {
    const userCode = newId();
    await adapter('DeviceCode').upsert(newId(), { userCode }, 60);
    expect(await adapter('DeviceCode').findByUserCode(userCode)).toEqual({ userCode });
  });

  test('Of many who present the same assertion at once one passes; once it has expired its id is free.', async () => {
    const id = newId();
    const present = () => adapter('ReplayDetection').upsert(id, { iss: 'client' } as AdapterPayload, 60);
    const results = await Promise.allSettled(Array.from({ length: 10 }, present));
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    await expect(present()).rejects.toMatchObject({ error: 'invalid_client', statusCode: 401 });
    await later(75, present);
  });

  test('The rows say nothing: ids are digests, payloads are sealed to their place.', async () => {
    const id = newId();
    const payload = { accountId: 'canary-account', grantId: 'canary-grant' };
    await adapter('RefreshToken').upsert(id, payload, 60);
    const stored = await store.db.selectFrom('artifact').selectAll().execute();
    expect(JSON.stringify(stored)).not.toMatch(new RegExp(`canary|${id}`));

    const stranger = newId();
    await adapter('RefreshToken').upsert(stranger, { accountId: 'other' }, 60);
    const sealed = async (of: string) =>
      (await adapter('RefreshToken').find(of)) &&
      stored.find(({ grant_id }) => grant_id !== null)?.sealed_payload;
    await store.db
      .updateTable('artifact')
      .set({ sealed_payload: String(await sealed(id)) })
      .where('model', '=', 'RefreshToken')
      .execute();
    await expect(adapter('RefreshToken').find(stranger)).rejects.toMatchObject({ code: 'store_key_wrong' });
  });

  test('Purging deletes what is long over, batch by batch, and nothing that lives.', async () => {
    await store.db.deleteFrom('artifact').execute();
    const living = newId();
    await adapter('AccessToken').upsert(living, { accountId: 'alive' }, 60);
    await adapter('Grant').upsert(newId(), { accountId: 'endless' });
    await later(-3600, async () => {
      for (let index = 0; index < 510; index += 1) {
        await adapter('AccessToken').upsert(newId(), { accountId: 'old' }, 60);
      }
    });
    await later(-120, () => adapter('AccessToken').upsert(newId(), { accountId: 'just over' }, 60));
    expect(await purgeArtifacts(store)).toBe(510);
    expect(await rows()).toBe(3);
    expect(await adapter('AccessToken').find(living)).toBeDefined();
  }, 60_000);
}
