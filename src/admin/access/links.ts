import { type Random, randomToken } from '../../runtime/random.ts';
import { listAudit, noteInAudit } from '../../store/audit.ts';
import type { SealedRecords } from '../../store/sealed-records.ts';
import type { Store } from '../../store/store.ts';

/** Long enough to walk from the terminal to the browser. */
const LIFETIME_MS = 15 * 60_000;
const SUBJECT = 'admin';
const USED = 'admin.link-used';

export interface LinkRecord {
  /** Who had it printed. */
  readonly issuedBy: string;
}

/** One-time links into the console: for the first admin, and for the day on which the issuer is out. */
export interface AdminLinks {
  /** @returns the token that the link carries; the store holds a digest of it */
  issue(issuedBy: string): Promise<string>;
  /**
   * Takes the link, once.
   *
   * @returns whom the audit trail knows its bearer by; undefined for a link that was used, ran out, or never was one
   */
  redeem(token: string): Promise<string | undefined>;
  /** Whether anybody ever came in by one. */
  wasEverUsed(): Promise<boolean>;
}

export function createAdminLinks({
  store,
  records,
  random,
}: {
  store: Store;
  records: SealedRecords<LinkRecord>;
  random: Random;
}): AdminLinks {
  return {
    async issue(issuedBy) {
      const token = randomToken(random);
      await records.add(token, { issuedBy }, LIFETIME_MS);
      const entry = { actor: issuedBy, action: 'admin.link', before: undefined, after: { minutes: 15 } };
      await noteInAudit(store, SUBJECT, entry);
      return token;
    },
    async redeem(token) {
      const found = await records.take(token);
      if (found === undefined) return undefined;
      const actor = `admin:link of ${found.issuedBy}`.slice(0, 255);
      await noteInAudit(store, SUBJECT, { actor, action: USED, before: undefined, after: undefined });
      return actor;
    },
    async wasEverUsed() {
      return (await listAudit(store, { subject: SUBJECT, action: USED }, { limit: 1 })).length > 0;
    },
  };
}
