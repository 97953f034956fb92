/** The `legacy` part of a configuration as plain data, in the keys of `legacy/options.ts`, before it is checked. */
export interface LegacyBlock {
  readonly table: string;
  readonly id: string;
  readonly login: readonly string[];
  readonly match?: 'exact' | 'case-insensitive';
  readonly updatedAt?: string;
  readonly password: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  readonly profile: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** Why a line of the configuration says what it says, by its path: `password.column`. Becomes a comment. */
export type Reasons = Readonly<Record<string, string>>;
