import { availableParallelism } from 'node:os';
import type { Logger } from '../runtime/logger.ts';
import type { Random } from '../runtime/random.ts';
import { engine } from './engine.ts';
import type { PasswordsOptions } from './options.ts';
import type { Passwords } from './passwords.ts';
import { DEFAULT_DECOY, decoyFor } from './pool/decoy.ts';
import { createPool } from './pool/pool.ts';
import { REHASH_SALT_BYTES } from './pool/rehash.ts';
import { createRehashQueue } from './pool/rehash-queue.ts';
import { ENTROPY_BYTES } from './pool/remake.ts';
import type { OldFormats } from './remake.ts';

const MAX_THREADS = 64;

/** Opens the strongroom: starts the worker threads. Close it at the end. */
export function createPasswords(
  options: PasswordsOptions,
  logger: Logger,
  random: Random,
): Passwords & OldFormats {
  const { maxBytes, maxQueue, argon2id } = options;
  const threads = options.threads ?? Math.min(availableParallelism(), MAX_THREADS);
  const pool = createPool({ threads, maxQueue }, logger);
  const rehashes = createRehashQueue(pool, maxQueue);
  let decoy = DEFAULT_DECOY;
  for (const warning of engine.warnings) logger.warn({}, warning);

  /** The hash of the empty password is how many a table says "no password yet". */
  const isRefused = (password: Uint8Array) => password.length === 0 || password.length > maxBytes;
  const bounded = (password: Uint8Array) => (isRefused(password) ? new Uint8Array() : password);

  return {
    async verify(credential, password) {
      const { verdict, exception } = await pool.verify({
        credential,
        password: bounded(password),
        refused: isRefused(password),
        decoy,
      });
      if (exception !== undefined && verdict.kind === 'out-of-bounds') {
        logger.error({ scheme: verdict.scheme, exception }, 'A scheme failed on a row; nobody was let in.');
      }
      return verdict;
    },
    spendDecoy: (password) => pool.run('spendDecoy', { password: bounded(password), decoy }),
    rehash: (password, replaces) =>
      rehashes.add({
        password: Uint8Array.from(password),
        replaces,
        argon2id,
        salt: Uint8Array.from(random(REHASH_SALT_BYTES)),
      }),
    async remake(password, like, { scheme, freshColumnSalt }) {
      if (isRefused(password)) {
        return { kind: 'password', reason: `A password has 1 to ${maxBytes} bytes.` };
      }
      const entropy = Uint8Array.from(random(ENTROPY_BYTES));
      return pool.run('remake', { password, like, scheme, freshColumnSalt, entropy });
    },
    calibrate(sample) {
      decoy = decoyFor(sample) ?? decoy;
      logger.info(
        { scheme: decoy.credential.scheme, milliseconds: Math.round(decoy.cost), rows: sample.length },
        'Every failed login costs at least as much as the usual row of the legacy table.',
      );
    },
    async close() {
      rehashes.close();
      await pool.close();
    },
  };
}
