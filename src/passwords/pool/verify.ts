import type { Credential } from '../../domain/credential.ts';
import { transcode } from '../charsets/transcode.ts';
import { costOf } from '../cost.ts';
import { identify } from '../identify/identify.ts';
import type { Verdict } from '../verdict.ts';
import { BATCH_MS, type Served } from './batches.ts';
import { type Decoy, payDecoy } from './decoy.ts';

export interface VerifyTask {
  readonly credential: Credential;
  readonly password: Uint8Array;
  /** The password cannot be anybody's (empty, too long): the row is read, but nothing is compared with it. */
  readonly refused: boolean;
  readonly decoy: Decoy;
}

export interface Verification {
  readonly verdict: Verdict;
  /** The kind of exception that a scheme threw on this row. Never its message, which may quote the row. */
  readonly exception?: string;
}

export type VerifyBatch = readonly VerifyTask[];

/** Verifies one after the other, until they have taken long enough. */
export async function verifyBatch(batch: VerifyBatch): Promise<Served<Verification>> {
  const began = performance.now();
  const answers: Verification[] = [];
  for (const task of batch) {
    answers.push(await verify(task));
    if (performance.now() - began >= BATCH_MS) break;
  }
  return { answers, milliseconds: performance.now() - began };
}

/**
 * Reads the row, checks its bounds, verifies, and pays what is missing to the decoy's cost. An exception that the row
 * causes is an answer too.
 */
export async function verify(task: VerifyTask): Promise<Verification> {
  const { verification, spent } = await answer(task);
  if (verification.verdict.kind !== 'match') await payDecoy(task.decoy, spent, task.password);
  return verification;
}

interface Answer {
  readonly verification: Verification;
  /** Milliseconds of hashing that went into it, as `costOf` counts them. */
  readonly spent: number;
}

async function answer({ credential, password, refused }: VerifyTask): Promise<Answer> {
  let scheme = [credential.scheme].flat().join(' or ');
  try {
    const identified = identify(credential);
    if (identified.kind !== 'readable') return { verification: { verdict: identified }, spent: 0 };
    const { hash } = identified;
    scheme = hash.scheme;
    if (refused) return { verification: { verdict: { kind: 'mismatch', scheme } }, spent: 0 };
    const { bytes, faithful } = transcode(password, credential.charset ?? 'utf8');
    const matches = (await hash.verify(bytes)) && faithful;
    return {
      verification: {
        verdict: matches ? { kind: 'match', scheme, lossy: hash.lossy(bytes) } : { kind: 'mismatch', scheme },
      },
      spent: costOf(hash, bytes.length),
    };
  } catch (error) {
    const reason = 'The scheme failed on this row: its value is not sound.';
    const exception = error instanceof Error ? error.name : typeof error;
    return { verification: { verdict: { kind: 'out-of-bounds', scheme, reason }, exception }, spent: 0 };
  }
}
