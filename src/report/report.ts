/**
 * The decommission report: what would happen if the legacy table were switched off at this moment. Without `withNames`
 * the only personal data in it are legacy ids.
 */
export interface DecommissionReport {
  readonly kind: 'footbridge-decommission-report';
  readonly version: 1;
  readonly issuer: string;
  readonly target: string;
  /** ISO 8601, UTC: when the reading of the legacy directories began. */
  readonly at: string;
  readonly directories: readonly { readonly name: string; readonly people: number }[];
  readonly people: number;
  readonly across: number;
  /** `ready`: nobody would be kept out. */
  readonly verdict: 'ready' | 'not-ready';
  /** What would break, as sentences; empty when nothing would. */
  readonly breaks: readonly string[];
  readonly clients: readonly {
    readonly client_id: string;
    readonly mode: string;
    readonly target: string | null;
    /** Its logins are verified against the legacy table. */
    readonly needsLegacy: boolean;
  }[];
  /** Everybody in the legacy directories, once each. */
  readonly groups: readonly ReportGroup[];
  /** Some people of each group that is not across, by standing and reason. */
  readonly examples: readonly {
    readonly standing: PersonStanding;
    readonly reason: string | null;
    readonly people: readonly ReportPerson[];
  }[];
}

export interface ReportGroup {
  readonly standing: PersonStanding;
  readonly reason: string | null;
  readonly scheme: string;
  /** No scheme reads the password column. */
  readonly unverifiable: boolean;
  readonly lastLogin: LastLogin;
  readonly people: number;
}

export interface ReportPerson {
  readonly directory: string;
  readonly legacyId: string;
  readonly name?: string;
}

/** Last logins at the bridge, to within a day. */
export const LAST_LOGINS = ['30 days', '90 days', '365 days', 'longer ago', 'never'] as const;
export type LastLogin = (typeof LAST_LOGINS)[number];

/** Each with what it means for the person when the table is gone. */
export const STANDINGS = {
  across: 'Across, with the password of today.',
  'without-password': 'Across, but no password is: they would have to set a new one.',
  'password-changed': 'Across with an older password: it was changed in legacy since.',
  waiting: 'Captured and not copied yet.',
  'needs-admin': 'Captured, and waiting for an admin.',
  stale: 'The password changed in legacy before the copy: the next login brings it.',
  gone: 'Was deleted or disabled in legacy, and is active again: the next login brings it.',
  excluded: 'An admin excluded them.',
  'not-captured': 'Has logged in at the bridge, and was not captured for this target.',
  'never-seen': 'Has never logged in at the bridge.',
  disabled: 'Disabled in legacy: cannot log in today either.',
} as const;
export type PersonStanding = keyof typeof STANDINGS;

/** Who would be kept out, or in with the wrong password. */
export const KEPT_OUT: readonly PersonStanding[] = [
  'without-password',
  'password-changed',
  'waiting',
  'needs-admin',
  'stale',
  'gone',
  'not-captured',
  'never-seen',
];
