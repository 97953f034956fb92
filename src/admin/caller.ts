import type { AdminScope } from '../clients/client.ts';

/** Who asks, and what they may. */
export interface Caller {
  /** For the audit trail: `api:CLIENT_ID` for a program, `admin:NAME` for a person. */
  readonly actor: string;
  readonly scopes: readonly AdminScope[];
  /** Of a person in a browser: what their cookie names. Forms and scripts prove with its token that they are ours. */
  readonly session?: { readonly id: string; readonly expiresAt: number };
}
