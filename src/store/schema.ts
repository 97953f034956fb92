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
  target: string | null;
  mode: string;
  percent: number;
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
