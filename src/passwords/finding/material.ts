import { transcode } from '../charsets/transcode.ts';
import { decode } from '../recipes/compile.ts';
import { hmac } from '../recipes/digests.ts';
import { changedText } from '../recipes/text-functions.ts';
import type { Question } from './question.ts';
import { ALL_FORMS, digestsOf, distinct, TEXT_FORMS, type Term, term, USUAL_FORMS } from './term.ts';

export const USUAL_DIGESTS = ['md5', 'sha1', 'sha256', 'sha512'];
const INNER_DIGESTS = [...USUAL_DIGESTS, 'md4', 'sha384'];

/** Everything that goes into digests, computed once for a search. */
export interface Material {
  /** The password, and what legacy apps make of its text; only what differs for this password. */
  readonly passes: readonly Term[];
  /** The password with a site's secret. */
  readonly pepperedPasses: readonly Term[];
  /** The passwords, and digests of them once and twice. */
  readonly cores: readonly Term[];
  /** The same with a site's secret, fewer. */
  readonly pepperedCores: readonly Term[];
  /** The password and its usual digests. */
  readonly usualCores: readonly Term[];
  readonly peppers: readonly Term[];
  /** What the columns hold, as `$salt`, and decoded where they are written in hexadecimal or base64. */
  readonly salts: readonly Term[];
  /** The same columns as `$username`. */
  readonly names: readonly Term[];
}

export function gather(question: Question, password: Uint8Array): Material {
  const plain = term('$pass', password);
  const passes = [plain];
  for (const variant of variantsOf(plain)) {
    // What comes to the same bytes for this password cannot be told apart, so the plainer one stands for both.
    if (!passes.some(({ bytes }) => bytes.equals(variant.bytes))) passes.push(variant);
  }
  const peppers = question.peppers.map((text, pepper) => term('$pepper', Buffer.from(text), { pepper }));
  const pepperTerms = distinct([...peppers, ...digestsOf(peppers, ['md5', 'sha1', 'sha256'], TEXT_FORMS)]);
  const pepperedPasses = distinct(peppers.flatMap((pepper) => pepperedOf(plain, pepper)));
  const once = digestsOf(passes, INNER_DIGESTS, ALL_FORMS);
  const twice = digestsOf(digestsOf([plain], USUAL_DIGESTS, USUAL_FORMS), USUAL_DIGESTS, ALL_FORMS);
  const columns = columnTerms(question, 'salt');
  return {
    passes,
    pepperedPasses,
    cores: distinct([...passes, ...once, ...twice]),
    pepperedCores: distinct([...pepperedPasses, ...digestsOf(pepperedPasses, USUAL_DIGESTS, USUAL_FORMS)]),
    usualCores: distinct([...passes, ...digestsOf([plain], USUAL_DIGESTS, USUAL_FORMS)]),
    peppers: pepperTerms,
    salts: columns,
    names: distinct(columnTerms(question, 'username')),
  };
}

/** What legacy apps do to the text, and the bytes they write it in. */
function variantsOf(pass: Term): Term[] {
  const texts = changedText.map(([name, change]) => term(`${name}($pass)`, change(pass.bytes)));
  const charsets = (['cp1252', 'latin1', 'utf16le'] as const).flatMap((charset) => {
    const { bytes, faithful } = transcode(pass.bytes, charset);
    return faithful ? [term(`${charset}($pass)`, bytes)] : [];
  });
  return [...charsets, ...texts];
}

function pepperedOf(pass: Term, pepper: Term): Term[] {
  const joined = (text: string, ...parts: (Term | string)[]) =>
    term(
      text,
      Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part.bytes))),
      pepper.spellings[0],
    );
  const separated = ['', ':', '-', '.', '_', '|', '$'].flatMap((separator) => {
    const between = separator === '' ? '.' : `.'${separator}'.`;
    return [
      joined(`$pass${between}$pepper`, pass, separator, pepper),
      joined(`$pepper${between}$pass`, pepper, separator, pass),
    ];
  });
  const keyed = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'].flatMap((name) => {
    const digest = hmac(name, pepper.bytes, pass.bytes);
    const call = (suffix: string) => `hmac_${name}${suffix}($pepper, $pass)`;
    return [
      term(call(''), Buffer.from(digest.toString('hex')), pepper.spellings[0]),
      term(call('_bin'), digest, pepper.spellings[0]),
      term(`base64(${call('_bin')})`, Buffer.from(digest.toString('base64')), pepper.spellings[0]),
    ];
  });
  return [...separated, joined('$pepper.$pass.$pepper', pepper, pass, pepper), ...keyed];
}

/** A column as the variable: its text, in other case, and the bytes that it writes down. */
export function columnTerms({ row, saltColumns }: Question, variable: 'salt' | 'username'): Term[] {
  return distinct(
    saltColumns.flatMap((column) => termsOf(row[column] ?? '', variable, { [variable]: column })),
  );
}

export function termsOf(text: string, variable: 'salt' | 'username', of: object): Term[] {
  const plain = term(`$${variable}`, Buffer.from(text), of);
  const changed = changedText
    .filter(([name]) => ['lower', 'upper', 'trim'].includes(name))
    .map(([name, change]) => term(`${name}($${variable})`, change(plain.bytes), of))
    .filter(({ bytes }) => !bytes.equals(plain.bytes));
  const decoded = (['unhex', 'unbase64'] as const).flatMap((decoding) => {
    const bytes = text.length < 4 ? undefined : decode(text, decoding);
    return bytes === undefined ? [] : [term(`${decoding}($${variable})`, bytes, of)];
  });
  return [plain, ...changed, ...decoded];
}

/** A salt, and its digests: `md5(md5($salt).md5($pass))`. */
export const withDigests = (salts: readonly Term[]): Term[] =>
  distinct([...salts, ...digestsOf(salts, USUAL_DIGESTS, TEXT_FORMS)]);
