import type { Logins } from './choose-logins.ts';
import { type ColumnFacts, share } from './facts.ts';
import { fitness, type Meaning } from './vocabulary.ts';

type Profile = Record<string, unknown>;

const GENDERS: Readonly<Record<string, string>> = {
  m: 'male',
  male: 'male',
  mr: 'male',
  herr: 'male',
  f: 'female',
  w: 'female',
  female: 'female',
  mrs: 'female',
  ms: 'female',
  frau: 'female',
};

/** Claims whose column is known by its name, and by what its values must look like where they are filled. */
const PLAIN: readonly { claim: Meaning; holds: (facts: ColumnFacts) => boolean }[] = [
  { claim: 'given_name', holds: mostly('words') },
  { claim: 'family_name', holds: mostly('words') },
  { claim: 'middle_name', holds: mostly('words') },
  { claim: 'name', holds: mostly('words') },
  { claim: 'nickname', holds: () => true },
  { claim: 'phone_number', holds: mostly('phone') },
  { claim: 'locale', holds: mostly('locale') },
  { claim: 'zoneinfo', holds: mostly('zone') },
  { claim: 'website', holds: mostly('url') },
  { claim: 'picture', holds: mostly('url') },
];

/** OIDC claims from the columns that say them; what is left out can be mapped by hand. */
export function chooseProfile(table: string, facts: readonly ColumnFacts[], logins: Logins): Profile {
  const profile: Profile = {};
  if (logins.username !== undefined) profile.preferred_username = logins.username;
  if (logins.email !== undefined) {
    profile.email = logins.email;
    profile.email_verified = verifiedBy(table, facts);
  }
  const free = facts.filter(({ column }) => !Object.values(profile).includes(column.name));
  for (const { claim, holds } of PLAIN) {
    const found = named(table, free, claim);
    if (found !== undefined && (found.filled === 0 || holds(found))) profile[claim] = found.column.name;
  }
  const gender = named(table, free, 'gender');
  const map = gender && genderMap(gender);
  if (gender !== undefined && map !== undefined) profile.gender = { column: gender.column.name, map };
  const birthdate = named(table, free, 'birthdate');
  if (birthdate !== undefined && (birthdate.filled === 0 || mostly('date')(birthdate))) {
    profile.birthdate = { column: birthdate.column.name, format: 'date' };
  }
  return profile;
}

/**
 * A constant `false` unless a column says that somebody confirmed the address: `true` for everybody would let whoever
 * registered somebody else's address take over that account at the new platform.
 */
function verifiedBy(table: string, facts: readonly ColumnFacts[]): unknown {
  const found = named(table, facts, 'emailVerified');
  if (found === undefined) return false;
  const { name, type } = found.column;
  const isDate = /date|time/.test(type) || share(found, 'date') > 0.9;
  if (isDate) return { column: name, format: 'timestamp' };
  const isFlag = found.filled === found.looks.yes + found.looks.no;
  return isFlag ? { column: name } : false;
}

function genderMap({ values }: ColumnFacts): Record<string, string> | undefined {
  if (values === undefined) return undefined;
  const known = [...values.keys()].filter((value) => GENDERS[value.toLowerCase()] !== undefined);
  return known.length === 0
    ? undefined
    : Object.fromEntries(known.map((value) => [value, GENDERS[value.toLowerCase()] ?? '']));
}

function named(table: string, facts: readonly ColumnFacts[], meaning: Meaning): ColumnFacts | undefined {
  const [best] = facts
    .map((column) => ({ column, score: fitness(meaning, column.column.name, table) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  return best?.column;
}

function mostly(look: Parameters<typeof share>[1]) {
  return (facts: ColumnFacts) => share(facts, look) >= 0.8;
}
