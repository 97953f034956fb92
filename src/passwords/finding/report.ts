import { CHARSETS } from '../../domain/credential.ts';
import { findScheme } from '../known-schemes.ts';
import {
  type FoundPassword,
  PEPPER_PLACEHOLDER,
  type SchemeSearch,
  type SchemeSearchResult,
} from '../scheme-search.ts';
import { NAMED_RECIPES } from '../schemes/named-recipes.ts';
import { fitOf } from './fit.ts';
import type { Finding } from './question.ts';

type Found = Extract<SchemeSearchResult, { kind: 'found' }>;
type Asked = Pick<SchemeSearch, 'password' | 'otherRows'>;

/** The simplest finding that fits most rows as configuration, the others beside it, and what one row cannot show. */
export function reportOf(findings: readonly Finding[], asked: Asked): Omit<Found, 'tried'> {
  const rows = asked.otherRows ?? [];
  const [first, ...others] = findings
    .map((finding) => ({ finding, fit: fitOf(finding, rows) }))
    .sort((one, other) => other.fit - one.fit || rankOf(one.finding) - rankOf(other.finding));
  if (first === undefined) throw new TypeError('There is nothing to report.');
  const { scheme, pepper, lossy, judgement } = first.finding;
  return {
    kind: 'found',
    configuration: configurationOf(first.finding),
    ...(pepper === undefined ? {} : { pepper }),
    ...(findScheme(scheme)?.selfDescribing ? { names: scheme } : {}),
    lossy,
    judgement,
    others: others.map(({ finding }) => configurationOf(finding)),
    notes: [
      ...notesOn(first.finding, others.length > 0, asked.password),
      ...(rows.length === 0 || first.fit === rows.length
        ? []
        : [`${first.fit} of ${rows.length} other rows can be read like this: look at the rest of them.`]),
    ],
  };
}

/** What asks for less first, then recipes, which say what is done, then the shorter. */
function rankOf({ scheme, salt, username, charset, pepper }: Finding): number {
  const asked = [salt, username, charset, pepper].filter((one) => one !== undefined).length;
  return asked * 10_000 + (scheme.includes('$') ? 0 : 1000) + scheme.length;
}

function configurationOf({ column, scheme, salt, username, charset, pepper }: Finding): FoundPassword {
  const known = CHARSETS.find((one) => one === charset);
  return {
    column,
    scheme: findScheme(scheme)?.selfDescribing ? 'auto' : scheme,
    ...(salt === undefined ? {} : { salt }),
    ...(username === undefined ? {} : { username }),
    ...(known === undefined ? {} : { charset: known }),
    ...(pepper === undefined ? {} : { pepper: PEPPER_PLACEHOLDER }),
  };
}

function notesOn(
  { scheme, charset, lossy, judgement }: Finding,
  isAmbiguous: boolean,
  password: Uint8Array,
): string[] {
  const software = NAMED_RECIPES.filter(({ name }) => findScheme(name)?.name === scheme).map(
    ({ name }) => name,
  );
  const notes: [boolean, string][] = [
    [software.length > 0, `Known as ${software.join(', ')}.`],
    [
      'reason' in judgement,
      'reason' in judgement ? `Judged ${judgement.strength}: ${judgement.reason}.` : '',
    ],
    [lossy, 'It looked at only a part of this password: such a login is let in and not copied.'],
    [
      isAmbiguous,
      'Other readings fit this row as well: try the row of somebody else, whose columns differ, to tell them apart.',
    ],
    [
      charset === undefined &&
        password.every((byte) => byte < 0x80) &&
        !/utf16le|latin1|cp1252|^ntlm$/.test(scheme),
      'The password is ASCII alone, which does not show the charset: try one with a letter such as ä.',
    ],
    [
      scheme.includes('substr('),
      'A part of a digest was compared: the column is narrower than what was computed, or was cut.',
    ],
    [scheme === 'plaintext', 'The column holds the password itself: whoever reads the table has it.'],
    [/'/.test(scheme), 'Quoted text stands in the recipe: it must be the same in every row.'],
  ];
  return notes.flatMap(([applies, note]) => (applies ? [note] : []));
}
