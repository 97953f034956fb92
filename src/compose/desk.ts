import type { Config } from '../config/schema.ts';
import type { LegacyDirectory } from '../legacy/directory.ts';
import { createLoginDesk } from '../login/create-login-desk.ts';
import { createHandOver } from '../login/hand-over.ts';
import type { LoginDesk } from '../login/login-desk.ts';
import { createPersons } from '../login/persons.ts';
import { createThrottle } from '../login/throttle.ts';
import type { Passwords } from '../passwords/passwords.ts';
import { createRateLimiter } from '../store/rate-limiter.ts';
import type { Office } from './office.ts';
import { loadSubjectKey } from './subject-key.ts';
import type { World } from './world.ts';

export async function openDesk(
  config: Config,
  { store, clients, ledger, digests, unverifiable, keys, deriveKey }: Office,
  directory: LegacyDirectory,
  passwords: Passwords,
  { logger }: World,
): Promise<LoginDesk> {
  const limiter = (name: string, { attempts, seconds }: { attempts: number; seconds: number }) =>
    createRateLimiter(store, deriveKey('throttle'), { name, events: attempts, seconds });
  const { account, address } = config.login.throttle;
  const bucketKey = deriveKey('buckets');
  return createLoginDesk({
    directory,
    passwords,
    throttle: createThrottle({
      account: await limiter('account', account),
      address: await limiter('address', address),
    }),
    persons: createPersons(store),
    unverifiable,
    handOver: createHandOver({ clients, ledger, passwords, digests, unverifiable, bucketKey, logger }),
    subjectKey: await loadSubjectKey(config, keys),
    logger,
  });
}
