import type { ClientId } from '../domain/ids.ts';
import type { ClientMetadata, Migration, Mode, RegisteredClient } from './client.ts';
import type { ClientOptions } from './options.ts';

/**
 * The register of relying parties and their migration switch. Every change is one audited write; every read asks the
 * store, so that a change holds in all running instances at once.
 */
export interface Clients {
  find(clientId: string): Promise<RegisteredClient | undefined>;
  list(): Promise<RegisteredClient[]>;
  /**
   * @returns the new client secret, shown this once; undefined for clients that have none
   * @throws BridgeError `already_exists`
   */
  add(metadata: ClientMetadata, migration: Migration, actor: string): Promise<string | undefined>;
  /** @throws BridgeError `not_found` */
  remove(clientId: string, actor: string): Promise<void>;
  /**
   * @throws BridgeError `not_found`, or `invalid_request` when the client has no target to copy to
   */
  setMode(clientId: string, mode: Mode, actor: string): Promise<RegisteredClient>;
  /** Writes the configured clients: their metadata and secret always, their mode only when they are new. */
  adoptConfigured(clients: readonly ClientOptions[]): Promise<void>;
  /** Compares in constant time; false for a client without a secret. */
  verifySecret(client: Pick<RegisteredClient, 'secretDigest'>, secret: string): boolean;
  auditOf(clientId: string): Promise<AuditEntry[]>;
}

export interface AuditEntry {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What a client's switch means for this person right now. */
export interface MigrationDecision {
  readonly clientId: ClientId;
  readonly capture: boolean;
  readonly target: string | undefined;
}
