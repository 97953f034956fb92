import type { Context } from 'koa';
import { Refusal } from '../../http/refusal.ts';

export const etagOf = (version: number) => `"${version}"`;

/**
 * The version that the caller saw (RFC 9110, section 13.1.1). Weak tags and `*` never match: an edit is made to what was
 * looked at, or not at all.
 *
 * @returns -1 for a tag that no version has
 * @throws Refusal 428 when there is none (RFC 6585, section 3)
 */
export function requireIfMatch(ctx: Context): number {
  const header = ctx.get('If-Match');
  if (header === '') {
    throw new Refusal(
      428,
      'precondition_required',
      'Say which version you change: give the ETag of the answer that you looked at as If-Match.',
    );
  }
  const [, version] = /^"(\d{1,9})"$/.exec(header.trim()) ?? [];
  return version === undefined ? -1 : Number(version);
}
