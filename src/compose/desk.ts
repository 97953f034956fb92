import type { Config } from '../config/schema.ts';
import type { Credential } from '../domain/credential.ts';
import type { LegacyDirectories } from '../legacy/directories.ts';
import type { PersonHooks } from '../legacy/person-hooks.ts';
import { createLoginDesk } from '../login/create-login-desk.ts';
import { createHandOver } from '../login/hand-over.ts';
import type { LoginDesk } from '../login/login-desk.ts';
import { createPersons } from '../login/persons.ts';
import { createThrottle } from '../login/throttle.ts';
import type { PasswordsOptions } from '../passwords/options.ts';
import type { Passwords } from '../passwords/passwords.ts';
import { createRateLimiter } from '../store/rate-limiter.ts';
import type { PasswordCheck, Target } from '../targets/target.ts';
import { openTarget } from './connectors.ts';
import type { Office } from './office.ts';
import { loadSubjectKey } from './subject-key.ts';
import type { World } from './world.ts';

export async function openDesk(
  config: Config,
  { store, clients, ledger, digests, unverifiable, shadow, keys, deriveKey, lifecycle }: Office,
  directories: LegacyDirectories,
  passwords: Passwords,
  hooks: PersonHooks,
  { logger, clock }: World,
): Promise<LoginDesk> {
  const limiter = (name: string, { attempts, seconds }: { attempts: number; seconds: number }) =>
    createRateLimiter(store, deriveKey('throttle'), { name, events: attempts, seconds });
  const { account, address } = config.login.throttle;
  const bucketKey = deriveKey('buckets');
  const targets = openAskedTargets(config, passwords);
  for (const target of targets.values()) lifecycle.onClose(`target ${target.name} of the desk`, target.close);
  return createLoginDesk({
    clients,
    ledger,
    directories,
    passwords,
    targets,
    targetDecoy: targetDecoy(config.passwords),
    throttle: createThrottle({
      account: await limiter('account', account),
      address: await limiter('address', address),
    }),
    persons: createPersons(store),
    unverifiable,
    handOver: createHandOver({ ledger, targets, passwords, digests, shadow, unverifiable, logger }),
    bucketKey,
    subjectKey: await loadSubjectKey(config, keys),
    hooks,
    clock,
    logger,
  });
}

/** Connections of the desk's own: copies that wait for a slow target hold up no login. */
function openAskedTargets({ targets }: Config, passwords: Passwords): Map<string, Target> {
  const check: PasswordCheck = async (encoded, password) => {
    const { kind } = await passwords.verify({ encoded, scheme: 'auto' }, password);
    return kind === 'match' || kind === 'mismatch' ? kind : 'unreadable';
  };
  return new Map(Object.entries(targets).map(([name, options]) => [name, openTarget(name, options, check)]));
}

/** A rehash as a copy would have it, but of nobody's password: salt and tag are all zero. */
function targetDecoy({ argon2id }: PasswordsOptions): Credential {
  const { memoryKiB, iterations, parallelism } = argon2id;
  const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64').replaceAll('=', '');
  const encoded = `$argon2id$v=19$m=${memoryKiB},t=${iterations},p=${parallelism}$${zeros(16)}$${zeros(32)}`;
  return { encoded, scheme: 'auto' };
}
