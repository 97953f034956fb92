import { CHARSETS } from '../../domain/credential.ts';
import { findScheme } from '../known-schemes.ts';
import { type FoundPassword, PEPPER_PLACEHOLDER, type SchemeSearchResult } from '../scheme-search.ts';
import { NAMED_RECIPES } from '../schemes/named-recipes.ts';
import type { Finding } from './question.ts';

type Found = Extract<SchemeSearchResult, { kind: 'found' }>;

/** The simplest finding as configuration, the others beside it, and what one row cannot show. */
export function reportOf(findings: readonly Finding[], password: Uint8Array): Omit<Found, 'tried'> {
  const [first, ...others] = [...findings].sort((one, other) => rankOf(one) - rankOf(other));
  if (first === undefined) throw new TypeError('There is nothing to report.');
  const describesItself = findScheme(first.scheme)?.selfDescribing === true;
  return {
    kind: 'found',
    configuration: configurationOf(first),
    ...(first.pepper === undefined ? {} : { pepper: first.pepper }),
    ...(describesItself ? { names: first.scheme } : {}),
    lossy: first.lossy,
    others: others.map(configurationOf),
    notes: notesOn(first, others, password),
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

function notesOn(first: Finding, others: readonly Finding[], password: Uint8Array): string[] {
  const { scheme } = first;
  const software = NAMED_RECIPES.filter(({ name }) => findScheme(name)?.name === scheme).map(
    ({ name }) => name,
  );
  const notes: [boolean, string][] = [
    [software.length > 0, `Known as ${software.join(', ')}.`],
    [first.lossy, 'It looked at only a part of this password: such a login is let in and not copied.'],
    [
      others.length > 0,
      'Other readings fit this row as well: try the row of somebody else, whose columns differ, to tell them apart.',
    ],
    [
      password.every((byte) => byte < 0x80) && !/charset|utf16le|latin1|cp1252/.test(scheme),
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
