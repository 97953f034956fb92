import { readBase64 } from '../recipes/part.ts';
import { FEWEST_BYTES } from '../recipes/text-functions.ts';

/** One way to read a column as a digest and what stands beside it. */
export interface Target {
  readonly column: string;
  readonly digest: Buffer;
  readonly encoding: 'hex' | 'base64';
  /** The digest was written in hexadecimal, and that again in base64. */
  readonly doubled: boolean;
  readonly before: string;
  readonly behind: string;
  /** The salt stands in the same column. */
  readonly salt?: { readonly place: 'before' | 'behind'; readonly separator: string; readonly text: string };
}

/** Bytes of the digests that there are. */
export const DIGEST_SIZES: readonly number[] = [16, 20, 28, 32, 48, 64];

const SEPARATORS = [':', '$', '|', '.', '-', '_', ',', ';', '#', '*', '/', '@', ' ', '::', '--'];
/** What legacy apps put in front of a digest, to say how it was made or that it is one. */
const PREFIX = /^(?:["'\s]{0,3}(?:\{[\w -]{1,24}\}|\$[\w.-]{1,16}\$|[a-z][\w-]{0,11}[:$|]|0x|\\x|\*)?)$/i;
/** By chance, base64 looks like this once in four thousand million digests. */
const IN_HEX = /^(?:[0-9a-f]{16,}|[0-9A-F]{16,})$/;
const BEHIND = /^["'\s;]{0,24}$/;
const MOST_TARGETS = 64;
const LONGEST_SALT = 256;

interface Run {
  readonly text: string;
  readonly left: string;
  readonly right: string;
}

/** All the ways to read this text, the plainest first. */
export function targetsOf(column: string, text: string): Target[] {
  const targets: Target[] = [];
  for (const run of runsOf(text, /[0-9a-f]{16,}/gi)) targets.push(...hexTargets(column, run));
  for (const run of runsOf(text, /[A-Za-z0-9+/]{11,}={0,2}/g)) targets.push(...base64Targets(column, run));
  return targets.slice(0, MOST_TARGETS);
}

function runsOf(text: string, pattern: RegExp): Run[] {
  return [...text.matchAll(pattern)].slice(0, 4).map(({ 0: found, index }) => ({
    text: found,
    left: text.slice(0, index),
    right: text.slice(index + found.length),
  }));
}

function hexTargets(column: string, { text, left, right }: Run): Target[] {
  const of = (hex: string) => ({
    column,
    digest: Buffer.from(hex, 'hex'),
    encoding: 'hex' as const,
    doubled: false,
  });
  const whole = text.length % 2 === 0 ? around(of(text), left, right) : [];
  const joined = DIGEST_SIZES.filter((bytes) => 2 * bytes < text.length).flatMap((bytes) => {
    const cut = text.length - 2 * bytes;
    return [
      ...withSalt(of(text.slice(0, 2 * bytes)), left, 'behind', '', text.slice(2 * bytes) + right, ''),
      ...withSalt(of(text.slice(cut)), '', 'before', '', left + text.slice(0, cut), right),
    ];
  });
  return [...whole, ...joined];
}

function base64Targets(column: string, { text, left, right }: Run): Target[] {
  const digest = IN_HEX.test(text) ? undefined : readBase64(text);
  if (digest === undefined || digest.length < FEWEST_BYTES || digest.length > 64) return [];
  const inner = digest.toString('latin1');
  const isHex = /^(?:[0-9a-f]{2}){16,}$/i.test(inner);
  return [
    ...around({ column, digest, encoding: 'base64', doubled: false }, left, right),
    ...(isHex
      ? around({ column, digest: Buffer.from(inner, 'hex'), encoding: 'base64', doubled: true }, left, right)
      : []),
  ];
}

type Core = Pick<Target, 'column' | 'digest' | 'encoding' | 'doubled'>;

/** What stands on both sides is text of the format, or on one side the salt. */
function around(core: Core, left: string, right: string): Target[] {
  if (core.digest.length < FEWEST_BYTES) return [];
  const targets: Target[] = [];
  if (PREFIX.test(left) && BEHIND.test(right)) targets.push({ ...core, before: left, behind: right });
  for (const separator of SEPARATORS) {
    if (PREFIX.test(left) && right.startsWith(separator)) {
      targets.push(...withSalt(core, left, 'behind', separator, right.slice(separator.length), ''));
    }
    if (BEHIND.test(right) && left.endsWith(separator)) {
      const rest = left.slice(0, left.length - separator.length);
      for (const before of prefixesOf(rest)) {
        targets.push(...withSalt(core, before, 'before', separator, rest.slice(before.length), right));
      }
    }
  }
  return targets;
}

function withSalt(
  core: Core,
  before: string,
  place: 'before' | 'behind',
  separator: string,
  text: string,
  behind: string,
): Target[] {
  if (text === '' || text.length > LONGEST_SALT || !PREFIX.test(before) || !BEHIND.test(behind)) return [];
  return [{ ...core, before, behind, salt: { place, separator, text } }];
}

/** Nothing, and a prefix such as `{SHA}` or `sha1$` that stands in front of the salt. */
function prefixesOf(text: string): string[] {
  const found = /^(?:\{[\w -]{1,24}\}|\$[\w.-]{1,16}\$|[a-z][\w-]{0,11}[:$|])/i.exec(text)?.[0];
  return found === undefined ? [''] : ['', found];
}

const quoted = (text: string) => {
  const inner = [...Buffer.from(text)]
    .map((byte) =>
      byte < 0x20 || byte > 0x7e || byte === 0x27 || byte === 0x5c
        ? `\\x${byte.toString(16).padStart(2, '0')}`
        : String.fromCharCode(byte),
    )
    .join('');
  return text === '' ? [] : [`'${inner}'`];
};
export const literal = (text: string): string => quoted(text)[0] ?? "''";

/** The recipe of the whole column, given the one of the digest. */
export function spellTarget({ before, behind, salt, doubled }: Target, digest: string): string {
  const core = doubled ? `base64(${digest})` : digest;
  const parts =
    salt === undefined
      ? [...quoted(before), core, ...quoted(behind)]
      : salt.place === 'behind'
        ? [...quoted(before), core, ...quoted(salt.separator), '$salt', ...quoted(behind)]
        : [...quoted(before), '$salt', ...quoted(salt.separator), core, ...quoted(behind)];
  // What Symfony and Spring write: an empty salt has no braces.
  return parts.join('.').replaceAll("'{'.$salt.'}'", 'braced($salt)');
}
