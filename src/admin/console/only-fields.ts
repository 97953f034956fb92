import { BridgeError } from '../../domain/errors.ts';

/** Which people a backfill is for, as a form asks for it; what is not said is everybody. */
export interface OnlyFields {
  /** `updated_at`, or an attribute. */
  readonly sinceField?: string | undefined;
  /** `2024-01-31` */
  readonly since?: string | undefined;
  /** Several are separated by commas. */
  readonly schemes?: string | undefined;
  readonly idFrom?: string | undefined;
  readonly idTo?: string | undefined;
}

/**
 * The filters that a backfill takes, from the fields of a form.
 *
 * @throws BridgeError `invalid_request` for half a filter
 */
export function filtersOf({ sinceField, since, schemes, idFrom, idTo }: OnlyFields): string[] {
  if ((sinceField === undefined) !== (since === undefined)) {
    throw half('For the last login say both: the field that holds it, such as last_login, and the day.');
  }
  if ((idFrom === undefined) !== (idTo === undefined)) {
    throw half('For a range of ids say both ends; both are included.');
  }
  const names = (schemes ?? '').split(',').map((name) => name.trim());
  return [
    ...(sinceField === undefined ? [] : [`${fieldName(sinceField)}>=${since}`]),
    ...names.filter((name) => name !== '').map((name) => `scheme=${name}`),
    ...(idFrom === undefined ? [] : [`id=${idFrom}..${idTo}`]),
  ];
}

/** The other way: from the filters of a run to the fields of a form. */
export function fieldsOf(filters: readonly string[]): OnlyFields {
  const parts = filters.map(partsOf);
  const last = <K extends Part['kind']>(kind: K) =>
    parts.findLast((part): part is Extract<Part, { kind: K }> => part.kind === kind);
  const [since, ids] = [last('since'), last('ids')];
  const schemes = parts.flatMap((part) => (part.kind === 'scheme' ? [part.name] : [])).join(', ');
  return {
    sinceField: since?.field,
    since: since?.day,
    schemes: schemes === '' ? undefined : schemes,
    idFrom: ids?.from,
    idTo: ids?.to,
  };
}

/** Whom a backfill is for, as people say it. */
export function wordsOf(filters: readonly string[]): string {
  const { sinceField, since, schemes, idFrom, idTo } = fieldsOf(filters);
  const words = [
    sinceField && `with ${sinceField.replace('attributes.', '')} on or after ${since}`,
    schemes && `whose password is ${schemes.replaceAll(', ', ' or ')}`,
    idFrom && `with an id from ${idFrom} to ${idTo}`,
    ...filters.filter((filter) => partsOf(filter).kind === 'other'),
  ].filter((word) => word !== undefined);
  return words.length === 0 ? 'Everybody in the old tables' : `Those ${words.join(', ')}`;
}

type Part =
  | { readonly kind: 'since'; readonly field: string; readonly day: string }
  | { readonly kind: 'scheme'; readonly name: string }
  | { readonly kind: 'ids'; readonly from: string; readonly to: string }
  | { readonly kind: 'other' };

function partsOf(filter: string): Part {
  const [, name] = /^scheme=(.+)$/.exec(filter) ?? [];
  if (name !== undefined) return { kind: 'scheme', name };
  const [, from, to] = /^id=(.*)\.\.(.*)$/.exec(filter) ?? [];
  if (from !== undefined && to !== undefined) return { kind: 'ids', from, to };
  const [, field, day] = /^([^>=]+)>=(.+)$/.exec(filter) ?? [];
  return field === undefined || day === undefined ? { kind: 'other' } : { kind: 'since', field, day };
}

const fieldName = (typed: string) =>
  typed === 'updated_at' || typed.startsWith('attributes.') ? typed : `attributes.${typed}`;

const half = (sentence: string) => new BridgeError('invalid_request', sentence);
