import { identify as read } from './identify/identify.ts';
import type { Judgement, Parameters } from './scheme.ts';
export type Identification =
  | {
      readonly kind: 'scheme';
      readonly scheme: string;
      readonly parameters: Parameters;
      readonly judgement: Judgement;
    }
  | { readonly kind: 'damaged'; readonly scheme: string; readonly why: string }
  | { readonly kind: 'ambiguous'; readonly shape: string; readonly candidates: readonly string[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown'; readonly shape: string };
export function identify(encoded: string, salt?: string): Identification {
  if (encoded === '') return { kind: 'empty' };
  const found = read({ encoded, scheme: 'auto', ...(salt === undefined ? {} : { salt }) });
  if (found.kind === 'readable')
    return {
      kind: 'scheme',
      scheme: found.hash.scheme,
      parameters: found.hash.parameters,
      judgement: found.hash.judgement,
    };
  if (found.kind === 'out-of-bounds') return { kind: 'damaged', scheme: found.scheme, why: found.reason };
  if (/^[0-9a-f]{32}$/.test(encoded)) return { kind: 'ambiguous', shape: found.shape, candidates: ['md5'] };
  return { kind: 'unknown', shape: found.shape };
}
