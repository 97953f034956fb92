import type { Generated } from 'kysely';

/**
 * The bridge's own tables. Times are milliseconds since 1970 of the store's clock; sealed columns are encrypted
 * (see `runtime/sealing.ts`); `*_id` columns of OAuth artifacts are SHA-256 digests in hex, so that no collation can
 * make two of them equal and a copy of the table gives nobody a token.
 */
export interface StoreSchema {
  artifact: ArtifactTable;
  sealed_key: SealedKeyTable;
  client: ClientTable;
  audit: AuditTable;
  person: PersonTable;
  ledger: LedgerTable;
  target_state: TargetStateTable;
  unverifiable: UnverifiableTable;
  shadow: ShadowTable;
  shadow_tally: ShadowTallyTable;
  run: RunTable;
}

/** What oidc-provider keeps: sessions, grants, codes, tokens, interactions. */
export interface ArtifactTable {
  model: string;
  id: string;
  sealed_payload: string;
  grant_id: string | null;
  uid: string | null;
  user_code: string | null;
  /** Whose session or grant it is: a digest of the `sub`. */
  account_id: string | null;
  consumed_at: number | null;
  /** Null: does not expire by itself. */
  expires_at: number | null;
}

export interface SealedKeyTable {
  purpose: string;
  key_id: string;
  sealed_key: string;
  created_at: number;
}

export interface ClientTable {
  client_id: string;
  /** OIDC client metadata as JSON, without `client_secret`. */
  metadata: string;
  secret_digest: string | null;
  /** `config` (written from the configuration at every start) or `admin` (made with `client add`). */
  origin: string;
  /** The target and the migration switches as JSON. */
  migration: string;
  version: number;
  created_at: number;
  updated_at: number;
}

export interface AuditTable {
  /** In the order of writing. */
  id: Generated<number>;
  at: number;
  actor: string;
  action: string;
  subject: string;
  before_json: string | null;
  after_json: string | null;
}

/** From `sub` back to the legacy row. */
export interface PersonTable {
  subject: string;
  directory: string;
  legacy_id: string;
  created_at: number;
  /** Written once a day at most, so it may be a day older than the last login. */
  last_login_at: number;
}

/** One row a (target, person). */
export interface LedgerTable {
  target: string;
  directory: string;
  legacy_id: string;
  external_id: string;
  client_id: string;
  state: string;
  generation: number;
  /** The rehash waiting to be copied; null when the password is not to be sent or has been copied. */
  sealed_rehash: string | null;
  credential_fingerprint: string;
  profile_digest: string;
  copied_fingerprint: string | null;
  copied_digest: string | null;
  copied_at: number | null;
  /** When the password of a login first arrived at the target; never written again. */
  across_at: number | null;
  /** When the bridge locked this person out at the target; null while it has not. */
  locked_out_at: number | null;
  attempts: number;
  /** When the row is due; while it is being copied, when its lease runs out. */
  next_attempt_at: number;
  /** Who is copying it; null when nobody is. */
  lease_token: string | null;
  reason: string | null;
  /** Who brought the row: `login`, `backfill`, `sync` or `admin`. */
  origin: string;
  /** Lower numbers are copied first; see `URGENCY` of the ledger. */
  urgency: number;
  /** The scheme by which the legacy password was verified; null when no login has. */
  scheme: string | null;
  captured_at: number;
  updated_at: number;
}

/** What all instances must know about a target: whether it is out, and until when to leave it alone. */
export interface TargetStateTable {
  target: string;
  closed_until: number;
  failures: number;
  reason: string | null;
  updated_at: number;
}

/** Rows whose password column no scheme can read: counted once a row. */
export interface UnverifiableTable {
  directory: string;
  legacy_id: string;
  /** What the column looks like, e.g. `60 characters, starts with "$2q$"`; never the hash. */
  shape: string;
  attempts: number;
  last_at: number;
}

/** What shadow found out at a person's last login. One row a (target, person). */
export interface ShadowTable {
  target: string;
  directory: string;
  legacy_id: string;
  client_id: string;
  credential_fingerprint: string;
  profile_digest: string;
  /** Why a copy would fail; null when it would not. */
  problem: string | null;
  reason: string | null;
  seen_at: number;
}

/** How often a rehash was tried in shadow, and how often it did not open with the password. Speaks of nobody. */
export interface ShadowTallyTable {
  target: string;
  scheme: string;
  /** What the passwords have in common: `any`, `non-ascii`, `over-72-bytes` or `outer-blanks`. */
  trait: string;
  tried: number;
  mismatched: number;
}

/** A backfill or a sync: where it stands, and who is at it. */
export interface RunTable {
  id: string;
  kind: string;
  target: string;
  /** `kind:target` until the run has ended, so that there is one at a time; null afterwards. */
  active_key: string | null;
  state: string;
  options_json: string;
  /** Where the run stands, as its kind writes it. */
  place: string | null;
  counters_json: string;
  reason: string | null;
  stop_requested: number;
  actor: string;
  lease_token: string | null;
  lease_until: number;
  started_at: number;
  /** When whoever is at it, or was last, began. */
  taken_up_at: number;
  /** How many people had been read by then. */
  read_before: number;
  updated_at: number;
  ended_at: number | null;
}
