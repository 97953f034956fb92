import type { TargetCapabilities } from '../target.ts';
import type { SqlTargetOptions } from './options.ts';

/** What a table of users can take, by its mapping alone. */
export function capabilitiesOf({ password, disable, allowDelete }: SqlTargetOptions): TargetCapabilities {
  const keepsHashes = password !== undefined;
  return {
    firstHash: keepsHashes,
    laterHash: keepsHashes,
    verify: keepsHashes,
    disable: disable !== undefined,
    remove: allowDelete,
    encodings: keepsHashes ? [password.hash] : [],
    ...(password === undefined || password.legacyHashes.length === 0
      ? {}
      : { legacyHashes: { encodings: password.legacyHashes, weaker: password.allowWeaker } }),
  };
}
