import type { TargetCapabilities } from '../target.ts';
import type { SqlTargetOptions } from './options.ts';

/** What a table of users can take, by its mapping alone. */
export function capabilitiesOf({ password }: SqlTargetOptions): TargetCapabilities {
  const keepsHashes = password !== undefined;
  return {
    firstHash: keepsHashes,
    laterHash: keepsHashes,
    verify: keepsHashes,
    disable: false,
    remove: false,
    encodings: keepsHashes ? [password.hash] : [],
  };
}
