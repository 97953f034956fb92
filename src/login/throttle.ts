import ipaddr from 'ipaddr.js';
import type { PersonRef } from '../domain/ids.ts';
import type { RateLimiter } from '../store/rate-limiter.ts';

/**
 * Counts attempts before anything is hashed. An attempt is counted first and given back when it turns out not to be
 * the person's fault, so that parallel guesses cannot slip through between a look and a count.
 */
export interface Throttle {
  admit(identifier: string, address: string): Promise<Admission>;
}

export type Admission =
  | { readonly kind: 'admitted'; readonly attempt: CountedAttempt }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number };

export interface CountedAttempt {
  /**
   * Counts the attempt on the account that was found as well: one account may be reached by several names.
   *
   * @returns the seconds to wait; undefined when the attempt may go on
   */
  admitPerson(person: PersonRef): Promise<number | undefined>;
  /** The password was right: the account's failures are forgotten. */
  succeeded(): Promise<void>;
  /** The bridge could not find out: the attempt does not count. */
  forgive(): Promise<void>;
}

export function createThrottle(limits: { account: RateLimiter; address: RateLimiter }): Throttle {
  return {
    async admit(identifier, address) {
      const taken: Taken[] = [];
      const wait =
        (await take(limits.address, networkOf(address), taken)) ??
        (await take(limits.account, `name:${spelling(identifier)}`, taken));
      if (wait !== undefined) return { kind: 'throttled', retryAfterSeconds: wait };
      return { kind: 'admitted', attempt: countedAttempt(limits, taken) };
    },
  };
}

interface Taken {
  readonly limiter: RateLimiter;
  readonly key: string;
}

function countedAttempt(
  limits: { account: RateLimiter; address: RateLimiter },
  taken: Taken[],
): CountedAttempt {
  const forgive = async () => {
    for (const { limiter, key } of taken) await limiter.giveBack(key);
  };
  return {
    admitPerson: (person) =>
      take(limits.account, `person:${JSON.stringify([person.directory, person.legacyId])}`, taken),
    forgive,
    async succeeded() {
      for (const { limiter, key } of taken) {
        // Others behind the same address may be guessing: only this attempt is taken back there.
        await (limiter === limits.account ? limiter.forget(key) : limiter.giveBack(key));
      }
    },
  };
}

async function take(limiter: RateLimiter, key: string, taken: Taken[]): Promise<number | undefined> {
  const { waitMs } = await limiter.take(key);
  taken.push({ limiter, key });
  return waitMs === 0 ? undefined : Math.ceil(waitMs / 1000);
}

/** One spelling for all that a database collation may take for the same name: case, accents, blanks, invisibles. */
function spelling(identifier: string): string {
  return identifier
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{C}\p{Z}]/gu, '')
    .toLowerCase();
}

/** An IPv4 address, or the /64 of an IPv6 address: one customer has all of it. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${parsed.toNormalizedString().split(':').slice(0, 4).join(':')}::/64`;
}
