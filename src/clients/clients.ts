import type { AuditEntry } from '../store/audit.ts';
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
   * @throws BridgeError `already_exists`, or `invalid_request` for a mode that has no target
   */
  add(metadata: ClientMetadata, migration: Migration, actor: string): Promise<string | undefined>;
  /** @throws BridgeError `not_found` */
  remove(clientId: string, actor: string): Promise<void>;
  /** @throws BridgeError `not_found`, or `invalid_request` when the client has no target to copy to */
  setMode(clientId: string, mode: Mode, actor: string): Promise<RegisteredClient>;
  /**
   * Writes the configured clients: their metadata, secret and target always, their mode only when they are new.
   *
   * @returns the ids of clients that came from a configuration and that this one no longer names; they still work
   */
  adoptConfigured(clients: readonly ClientOptions[]): Promise<string[]>;
  /** Compares in constant time; false for a client without a secret. */
  verifySecret(client: Pick<RegisteredClient, 'secretDigest'>, secret: string): boolean;
  /** What was done to a client, oldest first. */
  auditOf(clientId: string): Promise<AuditEntry[]>;
}
