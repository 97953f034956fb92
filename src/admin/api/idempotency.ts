import { createHash } from 'node:crypto';
import { Refusal } from '../../http/refusal.ts';
import type { SealedRecords } from '../../store/sealed-records.ts';

/** What is sent again when the same request comes again. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: string | undefined;
  readonly etag: string | undefined;
  readonly location?: string | undefined;
}

export interface KeptRequest {
  /** Digest of everything that the request asks for. */
  readonly fingerprint: string;
  /** Absent while the request is being worked on. */
  readonly answer?: KeptAnswer;
}

const DAY_MS = 86_400_000;
/** A process that died meanwhile keeps the caller waiting no longer than this. */
const WORKING_MS = 60_000;

/** Makes writes repeatable (draft-ietf-httpapi-idempotency-key-header): a key's answer is kept, sealed, for a day. */
export interface Idempotency {
  /**
   * @param id the caller and their key
   * @param request everything that tells one request from another
   * @returns the answer of `work`, or the one that it had when this was asked for the first time
   * @throws Refusal 422 when the key came with another request, 409 while the first one is under way
   */
  once(
    id: readonly string[],
    request: readonly (string | Buffer)[],
    work: () => Promise<KeptAnswer>,
  ): Promise<KeptAnswer & { readonly replayed: boolean }>;
}

export function createIdempotency(records: SealedRecords<KeptRequest>): Idempotency {
  return {
    async once(id, request, work) {
      const key = JSON.stringify(id);
      const fingerprint = fingerprintOf(request);
      if (!(await records.add(key, { fingerprint }, WORKING_MS))) {
        return { ...kept(await records.find(key), fingerprint), replayed: true };
      }
      const answer = await work().catch(async (error: unknown) => {
        // It failed, so the same key may try again.
        await records.remove(key);
        throw error;
      });
      await records.replace(key, { fingerprint, answer }, DAY_MS);
      return { ...answer, replayed: false };
    },
  };
}

function kept(found: KeptRequest | undefined, fingerprint: string): KeptAnswer {
  if (found !== undefined && found.fingerprint !== fingerprint) {
    throw new Refusal(
      422,
      'idempotency_key_reused',
      'This Idempotency-Key came with another request before.',
    );
  }
  if (found?.answer === undefined) {
    throw new Refusal(
      409,
      'request_under_way',
      'The request with this Idempotency-Key is under way. Ask again in a moment.',
      1,
    );
  }
  return found.answer;
}

function fingerprintOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = Buffer.from(part);
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest('base64url');
}
