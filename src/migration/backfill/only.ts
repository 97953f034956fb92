import { BridgeError } from '../../domain/errors.ts';
import type { LegacyUser } from '../../legacy/directory.ts';

/** Which people a backfill is for; what is not said is everybody. */
export interface Only {
  /** Whose moment in this claim or attribute is not before, in seconds since 1970. */
  readonly since?: { readonly field: string; readonly at: number };
  /** Whose stored password is of one of these schemes. */
  readonly schemes?: readonly string[];
  /** Whose primary key lies in this range, both ends included; numbers by value, else as text. */
  readonly ids?: { readonly from: string; readonly to: string };
}

const SINCE = /^(updated_at|attributes\.[^\s>=]+)>=(\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?)$/;
const SCHEME = /^scheme=(\S.*)$/;
const IDS = /^id=(.*)\.\.(.*)$/;

/**
 * @param filters `attributes.last_login>=2024-01-01`, `scheme=bcrypt`, `id=1000..2000`; all of them must hold, and
 * several schemes are one filter
 * @throws BridgeError `invalid_request`
 */
export function readOnly(filters: readonly string[]): Only {
  let only: Only = {};
  for (const filter of filters) only = { ...only, ...readFilter(filter, only) };
  return only;
}

function readFilter(filter: string, { schemes = [] }: Only): Only {
  const [, field, date = ''] = SINCE.exec(filter) ?? [];
  const at = Date.parse(date) / 1000;
  if (field !== undefined && Number.isFinite(at)) return { since: { field, at } };
  const [, scheme] = SCHEME.exec(filter) ?? [];
  if (scheme !== undefined) return { schemes: [...schemes, scheme] };
  const [, from, to] = IDS.exec(filter) ?? [];
  if (from !== undefined && to !== undefined) return { ids: { from, to } };
  throw new BridgeError(
    'invalid_request',
    `--only does not understand "${filter}". It takes attributes.NAME>=YYYY-MM-DD (a mapped attribute that holds ` +
      'the last login, say), updated_at>=YYYY-MM-DD, scheme=NAME and id=FROM..TO.',
  );
}

/** @param schemeOf the scheme of the stored password, by its usual name */
export function isMeant(only: Only, user: LegacyUser, schemeOf: (user: LegacyUser) => string): boolean {
  if (only.ids !== undefined && !isBetween(user.id, only.ids)) return false;
  if (only.since !== undefined && !(momentOf(user, only.since.field) >= only.since.at)) return false;
  return only.schemes === undefined || only.schemes.includes(schemeOf(user));
}

function isBetween(id: string, { from, to }: NonNullable<Only['ids']>): boolean {
  const numbers = [id, from, to].map((text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined));
  const [value, low, high] = numbers;
  if (value !== undefined && low !== undefined && high !== undefined) return value >= low && value <= high;
  return id >= from && id <= to;
}

/** Not a number where the row does not say. */
function momentOf({ profile }: LegacyUser, field: string): number {
  const value =
    field === 'updated_at' ? profile.updated_at : profile.attributes?.[field.slice('attributes.'.length)];
  if (typeof value === 'number') return value > 1e11 ? value / 1000 : value;
  return typeof value === 'string' ? Date.parse(value) / 1000 : Number.NaN;
}
