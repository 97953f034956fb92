import type { AuditEntry } from '../store/audit.ts';
import type { ClientMetadata, RegisteredClient } from './client.ts';
import type { Migration, MigrationSwitch, Mode } from './migration.ts';
import type { ClientOptions } from './options.ts';

/**
 * The register of relying parties and their migration switches. Every change is one audited write; every read asks the
 * store, so that a change holds in all running instances at once.
 */
export interface Clients {
  find(clientId: string): Promise<RegisteredClient | undefined>;
  list(): Promise<RegisteredClient[]>;
  /**
   * @returns the new client secret, shown this once; undefined for clients that have none
   * @throws BridgeError `already_exists`, or `invalid_request` for a mode that the target cannot honour
   */
  add(metadata: ClientMetadata, migration: Migration, actor: string): Promise<string | undefined>;
  /** @throws BridgeError `not_found` */
  remove(clientId: string, actor: string): Promise<void>;
  /**
   * Turns a switch: the client's, or that of an app behind it.
   *
   * @param change what is not named stays as it is; an app without a switch begins with all of its people
   * @throws BridgeError `not_found`, or `invalid_request` with the reason why the mode cannot be honoured
   */
  setMode(clientId: string, mode: Mode, actor: string, change?: SwitchChange): Promise<RegisteredClient>;
  /**
   * Lets the client's own switch count for an app again.
   *
   * @throws BridgeError `not_found`
   */
  removeApp(clientId: string, app: string, actor: string): Promise<RegisteredClient>;
  /**
   * Why people should not be cut over yet, each a sentence; none when shadow has been clean.
   *
   * @throws BridgeError `not_found`
   */
  doubtsAboutCutover(clientId: string): Promise<string[]>;
  /**
   * Writes the configured clients: their metadata, secret and target always, their switches only when they are new.
   *
   * @returns the ids of clients that came from a configuration and that this one no longer names; they still work
   * @throws BridgeError `invalid_request` for a starting mode that the target cannot honour
   */
  adoptConfigured(clients: readonly ClientOptions[]): Promise<string[]>;
  /** Compares in constant time; false for a client without a secret. */
  verifySecret(client: Pick<RegisteredClient, 'secretDigest'>, secret: string): boolean;
  /** What was done to a client, oldest first. */
  auditOf(clientId: string): Promise<AuditEntry[]>;
}

/** What is not named stays; null and an empty list take a limit away. */
export interface SwitchChange
  extends Partial<Pick<MigrationSwitch, 'percent' | 'allow' | 'deny' | 'otherwise'>> {
  /** The app whose switch it is; the client's own when absent. */
  readonly app?: string | undefined;
  /** In milliseconds since 1970. */
  readonly startsAt?: number | null | undefined;
  readonly endsAt?: number | null | undefined;
  /** Cuts over although shadow has not been clean. */
  readonly force?: boolean | undefined;
}

/** What the switches ask of a target before they promise. */
export interface TargetFacts {
  /** Whether it can say if a password is right. */
  readonly verify: boolean;
}

/** What shadow has found out about a target. */
export interface ShadowFindings {
  /** Who has logged in while it watched. */
  readonly people: number;
  /** How many of them could not be copied as they are now. */
  readonly problems: number;
}
