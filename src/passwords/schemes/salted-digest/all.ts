import type { Scheme } from '../../scheme.ts';
import { digestLayouts, ldapDigestLayout } from './layouts.ts';
import { saltedDigestScheme } from './salted-digest.ts';

export const ldapDigest: Scheme = saltedDigestScheme(ldapDigestLayout);

export const saltedDigests: readonly Scheme[] = [ldapDigest, ...digestLayouts.map(saltedDigestScheme)];
