import type { LegacyView } from '../work/people.ts';
import type { Tone } from './tones.ts';

/** A badge and the sentence beside it. */
export interface Said {
  readonly word: string;
  readonly tone: Tone;
  readonly sentence: string;
}

/** What the row's status means for a login. */
export function statusWords({ status }: Pick<LegacyView, 'status'>): Said {
  switch (status) {
    case 'active':
      return { word: 'active', tone: 'good', sentence: 'May log in.' };
    case 'disabled':
      return { word: 'disabled', tone: 'bad', sentence: 'The legacy row says so: no password opens it.' };
    case 'locked':
      return {
        word: 'locked',
        tone: 'warn',
        sentence: 'May not log in while the lock of the legacy row holds.',
      };
    case 'must-change-password':
      return {
        word: 'must change password',
        tone: 'warn',
        sentence: 'Has to choose a new password in the legacy app before the next login.',
      };
  }
}

/** Whether the row's password can be verified, and how well it is kept. */
export function passwordWords({ password }: Pick<LegacyView, 'password'>): Said {
  switch (password.kind) {
    case 'scheme': {
      if (password.unverifiable !== undefined) {
        return { word: 'out of bounds', tone: 'bad', sentence: whole(password.unverifiable) };
      }
      const { judgement } = password;
      if (judgement.strength === 'strong') {
        return { word: 'strong', tone: 'good', sentence: 'It would hold if the table were lost.' };
      }
      const { strength, reason } = judgement;
      return { word: strength, tone: strength === 'weak' ? 'warn' : 'bad', sentence: whole(reason) };
    }
    case 'damaged':
      return {
        word: 'damaged',
        tone: 'bad',
        sentence: `It names ${password.scheme}, but ${whole(password.unverifiable ?? 'is not whole', false)} No password can be right: this person has to choose a new one in the legacy app.`,
      };
    case 'empty':
      return {
        word: 'no password',
        tone: 'plain',
        sentence: 'The row holds none, so nobody can log in by one.',
      };
    case 'ambiguous':
      return {
        word: 'not decided',
        tone: 'warn',
        sentence: `It may be one of several schemes (${password.shape}): name the right one in the configuration of the directory.`,
      };
    case 'unknown':
      return {
        word: 'unreadable',
        tone: 'bad',
        sentence: `No scheme reads it (${password.shape}): find out with the password of one test user how the column is hashed.`,
      };
  }
}

function whole(sentence: string, capital = true): string {
  const begun = capital ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : sentence;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
