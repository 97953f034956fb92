import type { BridgeError } from '../domain/errors.ts';
import type { AuditEntry } from '../store/audit.ts';
import type { ClientMetadata, RegisteredClient } from './client.ts';
import type { SwitchLine } from './last-switch.ts';
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
   * @throws BridgeError `already_exists`, or `cannot_be_honoured` for a mode that the target cannot honour
   */
  add(metadata: ClientMetadata, migration: Migration, actor: string): Promise<string | undefined>;
  /** @throws BridgeError `not_found` */
  remove(clientId: string, actor: string): Promise<void>;
  /**
   * Turns a switch: the client's, or that of an app behind it.
   *
   * @param change what is not named stays as it is; an app without a switch begins with all of its people
   * @throws BridgeError `not_found`; `cannot_be_honoured` or, while shadow is not clean, `not_in_this_state` with the
   * reason; `invalid_request` for a limit that is none; `changed_meanwhile`
   */
  setMode(clientId: string, mode: Mode, actor: string, change?: SwitchChange): Promise<RegisteredClient>;
  /**
   * Lets the client's own switch count for an app again.
   *
   * @param version as in `SwitchChange`
   * @throws BridgeError `not_found`, `changed_meanwhile`
   */
  removeApp(clientId: string, app: string, actor: string, version?: number): Promise<RegisteredClient>;
  /**
   * What `setMode` or, without a mode, `removeApp` would do, found out without writing.
   *
   * @throws BridgeError `not_found`, `invalid_request`
   */
  foresee(clientId: string, mode: Mode | undefined, change?: SwitchChange): Promise<ForeseenSwitch>;
  /**
   * The last change of the client's own switch, or of that of an app.
   *
   * @returns undefined when it is as it was registered
   * @throws BridgeError `not_found`
   */
  lastSwitch(clientId: string, app?: string): Promise<SwitchLine | undefined>;
  /**
   * Takes the last change of a switch back. That is a change too: done twice, the switch is as it was.
   *
   * @throws BridgeError as `setMode`, and `not_in_this_state` when there is nothing to take back, or the switch is not as
   * that change left it
   */
  undoSwitch(clientId: string, actor: string, change?: UndoneSwitch): Promise<RegisteredClient>;
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
   * @throws BridgeError `cannot_be_honoured` for a starting mode that the target cannot honour
   */
  adoptConfigured(clients: readonly ClientOptions[]): Promise<string[]>;
  /** Compares in constant time; false for a client without a secret. */
  verifySecret(client: Pick<RegisteredClient, 'secretDigest'>, secret: string): boolean;
  /** What was done to a client, oldest first. */
  auditOf(clientId: string): Promise<AuditEntry[]>;
}

/** What is not named stays; null and an empty list take a limit away. */
export interface SwitchChange extends Partial<Pick<MigrationSwitch, 'allow' | 'deny'>> {
  readonly percent?: number | undefined;
  readonly otherwise?: MigrationSwitch['otherwise'] | null;
  /** The app whose switch it is; the client's own when absent. */
  readonly app?: string | undefined;
  /** In milliseconds since 1970. */
  readonly startsAt?: number | null | undefined;
  readonly endsAt?: number | null | undefined;
  /** Cuts over although shadow has not been clean. */
  readonly force?: boolean | undefined;
  /** Where people are copied; of the client alone, and not of one whose registration is the configuration's. */
  readonly target?: string | null | undefined;
  /** Of the client as it was seen: another one by now is `changed_meanwhile`. */
  readonly version?: number | undefined;
}

export type UndoneSwitch = Pick<SwitchChange, 'app' | 'force' | 'version'>;

/** A client's switch, or that of an app behind it, before and after a change. */
export interface TurnedSwitch {
  /** Undefined: the app had no switch of its own. */
  readonly before: MigrationSwitch | undefined;
  /** Undefined: the app has none any more. */
  readonly after: MigrationSwitch | undefined;
  /** The client's migration with the switch as it is afterwards. */
  readonly migration: Migration;
}

/** A change that was thought through, and not made. */
export interface ForeseenSwitch extends TurnedSwitch {
  readonly client: RegisteredClient;
  /** Why it would be refused. */
  readonly refusal: BridgeError | undefined;
  /** Why people should not be cut over yet; none where nobody is. */
  readonly doubts: readonly string[];
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
