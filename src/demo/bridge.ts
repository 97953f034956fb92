import type { DemoConfig } from './configuration.ts';

/** All that the demo assumes about a running bridge: it listens, and its courier is at work. */
export interface DemoBridge {
  /** Scheme, host and port; the same as the configured issuer. */
  readonly origin: string;
  /** One-time link into the console. */
  readonly adminLink: URL | undefined;
  close(): Promise<void>;
}

/** Checks the configuration, then starts the bridge with it. Resolves when logins are possible. */
export type StartBridge = (config: DemoConfig) => Promise<DemoBridge>;
