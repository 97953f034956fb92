import { createHash } from 'node:crypto';
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { BridgeError } from '../../domain/errors.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Sealing } from '../../runtime/sealing.ts';
import type { ArtifactTable } from '../../store/schema.ts';
import { isDuplicateKey, type Store } from '../../store/store.ts';
import {
  addRow,
  consumeRow,
  deleteRow,
  deleteRowsOfGrant,
  findRow,
  findRowBy,
  putRow,
} from './artifact-rows.ts';
import { temporarilyUnavailable } from './unavailable.ts';

export interface ArtifactDeps {
  readonly store: Store;
  readonly sealing: Sealing;
  /** The clock that oidc-provider's own expiry times are written by: this process's, not the store's. */
  readonly clock: Clock;
  /** In seconds. */
  readonly clockTolerance: number;
  readonly logger: Logger;
}

/** Models whose rows end with their grant. Others carry a `grantId` too (interactions), and outlive it. */
const GRANTABLE = ['AccessToken', 'AuthorizationCode', 'RefreshToken'];
/** Models that are found by whose they are. */
const OF_AN_ACCOUNT = ['Session', 'Grant'];
const DEADLOCK_ATTEMPTS = 4;

/**
 * Keeps oidc-provider's artifacts of one model in the store: sealed, under the SHA-256 of their ids, so that neither
 * a collation nor a copy of the table gives anybody a token. What has expired counts as absent.
 */
export function createArtifactAdapter(model: string, deps: ArtifactDeps): Adapter {
  const { store, sealing, clock, clockTolerance, logger } = deps;
  const contextOf = (id: string) => `artifact/${model}/${id}`;

  function toRow(id: string, payload: AdapterPayload, expiresIn: number | undefined): ArtifactTable {
    const key = digest(id);
    const grantId = GRANTABLE.includes(model) ? payload.grantId : undefined;
    return {
      model,
      id: key,
      sealed_payload: sealing.seal(JSON.stringify(payload), contextOf(key)),
      grant_id: optionalDigest(grantId),
      uid: optionalDigest(model === 'Session' ? payload.uid : undefined),
      user_code: optionalDigest(payload.userCode),
      account_id: optionalDigest(OF_AN_ACCOUNT.includes(model) ? payload.accountId : undefined),
      consumed_at: null,
      expires_at: expiresIn === undefined ? null : clock() + (expiresIn + clockTolerance) * 1000,
    };
  }

  function toPayload(row: ArtifactTable | undefined): AdapterPayload | undefined {
    if (row === undefined || (row.expires_at !== null && row.expires_at <= clock())) return undefined;
    const payload = JSON.parse(sealing.open(row.sealed_payload, contextOf(row.id)).toString('utf8'));
    return row.consumed_at === null ? payload : { ...payload, consumed: Math.floor(row.consumed_at / 1000) };
  }

  async function run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await retryDeadlocks(work);
    } catch (error) {
      if (error instanceof errors.OIDCProviderError) throw error;
      if (error instanceof BridgeError && error.code !== 'store_unavailable') throw error;
      logger.error({ err: error, model }, 'The store did not do what it was asked.');
      throw temporarilyUnavailable('The login service cannot reach its store. Try again in a moment.', error);
    }
  }

  /** The second use of a code or refresh token: one of the two who hold it is not its owner, so both lose it. */
  async function refuseReuse(key: string): Promise<never> {
    const row = await findRow(store, model, key);
    if (row?.grant_id) {
      // Tokens first: a parallel request of this grant then fails on its token before it could save the grant again.
      await deleteRowsOfGrant(store, row.grant_id);
      await deleteRow(store, 'Grant', row.grant_id);
    }
    throw new errors.InvalidGrant(`${model} already consumed`);
  }

  return {
    upsert: (id, payload, expiresIn) =>
      run(async () => {
        const row = toRow(id, payload, expiresIn);
        if (model !== 'ReplayDetection') return putRow(store, row);
        try {
          await addRow(store, row, clock());
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
          // oidc-provider looks before it writes; of two that look at once, the unique key lets one pass.
          throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
        }
      }),
    find: (id) => run(async () => toPayload(await findRow(store, model, digest(id)))),
    findByUid: (uid) => run(async () => toPayload(await findRowBy(store, model, 'uid', digest(uid)))),
    findByUserCode: (code) =>
      run(async () => toPayload(await findRowBy(store, model, 'user_code', digest(code)))),
    consume: (id) =>
      run(async () => {
        if (!(await consumeRow(store, model, digest(id), clock()))) await refuseReuse(digest(id));
      }),
    destroy: (id) => run(() => deleteRow(store, model, digest(id))),
    revokeByGrantId: (grantId) => run(() => deleteRowsOfGrant(store, digest(grantId), model)),
  };
}

function digest(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

function optionalDigest(id: string | undefined): string | null {
  return id === undefined ? null : digest(id);
}

/** MySQL resolves a deadlock by failing one of the two, who is expected to try again. */
async function retryDeadlocks<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (code !== 'ER_LOCK_DEADLOCK' || attempt === DEADLOCK_ATTEMPTS) throw error;
      await new Promise((done) => setTimeout(done, attempt * 10));
    }
  }
}
