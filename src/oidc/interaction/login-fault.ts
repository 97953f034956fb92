import type { LoginOutcome } from '../../login/outcome.ts';
import type { Texts } from '../texts/texts.ts';
import { inTime } from '../texts/when.ts';

/** How the login form says that it did not work. */
export interface LoginFault {
  readonly status: number;
  readonly sentence: string;
  readonly retryAfterSeconds?: number;
  /** Where those log in whose account has moved. */
  readonly elsewhere?: string;
}

/** One answer a kind: whoever is rejected gets the same one, for whatever reason. */
export function loginFault(
  outcome: Exclude<LoginOutcome, { kind: 'authenticated' | 'moved' | 'must-change-password' }>,
  { lang, login: texts }: Texts,
): LoginFault {
  switch (outcome.kind) {
    case 'rejected':
      return {
        status: 422,
        sentence: texts.rejected,
        ...(outcome.location === undefined ? {} : { elsewhere: outcome.location }),
      };
    case 'throttled':
      return {
        status: 429,
        sentence: texts.throttled(inTime(lang, outcome.retryAfterSeconds)),
        retryAfterSeconds: outcome.retryAfterSeconds,
      };
    case 'disabled':
      return { status: 403, sentence: texts.disabled };
    case 'locked':
      return {
        status: 403,
        sentence: texts.locked,
        ...(outcome.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: outcome.retryAfterSeconds }),
      };
    case 'refused':
      return { status: 403, sentence: outcome.sentence };
    case 'unavailable':
      return {
        status: 503,
        sentence: texts.unavailable,
        retryAfterSeconds: outcome.retryAfterSeconds,
      };
  }
}
