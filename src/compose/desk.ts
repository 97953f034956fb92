import { hkdfSync } from 'node:crypto';
import type { Config } from '../config/schema.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import { createLoginDesk } from '../login/create-login-desk.ts';
import { createHandOver } from '../login/hand-over.ts';
import type { LoginDesk } from '../login/login-desk.ts';
import { createPersons } from '../login/persons.ts';
import { createThrottle } from '../login/throttle.ts';
import type { Passwords } from '../passwords/passwords.ts';
import { createRateLimiter } from '../store/rate-limiter.ts';
import type { Office } from './office.ts';
import type { World } from './world.ts';

export async function openDesk(
  config: Config,
  { store, clients, ledger, digests, unverifiable, keys, deriveKey }: Office,
  directories: LegacyDirectories,
  passwords: Passwords,
  hooks: PersonHooks,
  { logger, clock }: World,
): Promise<LoginDesk> {
  const limiter = (name: string, { attempts, seconds }: { attempts: number; seconds: number }) =>
    createRateLimiter(store, deriveKey('throttle'), { name, events: attempts, seconds });
  const { account, address } = config.login.throttle;
  // Made from `secretKey` once and then kept: see docs/decisions/0003-subject-key.md.
  const subjectKey = await keys.getOrCreate('subject', () =>
    Buffer.from(hkdfSync('sha256', config.secretKey.reveal(), '', 'footbridge subjects', 32)),
  );
  const bucketKey = deriveKey('buckets');
  return createLoginDesk({
    directories,
    passwords,
    throttle: createThrottle({
      account: await limiter('account', account),
      address: await limiter('address', address),
    }),
    persons: createPersons(store),
    unverifiable,
    handOver: createHandOver({ clients, ledger, passwords, digests, unverifiable, bucketKey, logger }),
    subjectKey: subjectKey.bytes,
    hooks,
    clock,
    logger,
  });
}
