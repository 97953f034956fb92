import { CLAIM_NAMES, OWN_FIELDS } from '../../domain/user-profile.ts';
import { isDateFormat } from './date-format.ts';
import type { JoinOptions } from './join-options.ts';
import { type AttributeSource, isParts, type ProfileOptions } from './profile-options.ts';
import { type StatusOptions, statusProblem } from './status-options.ts';
import { isTelephoneCountry } from './telephone.ts';

/** The mapping's options, as far as they speak of each other. */
interface MappingOptions {
  readonly login: readonly string[];
  readonly password: { readonly column: string };
  readonly id: string;
  readonly updatedAt?: string | undefined;
  readonly status?: StatusOptions | undefined;
  readonly profile: ProfileOptions;
  readonly attributes?:
    | { readonly namespace: string; readonly map: Readonly<Record<string, AttributeSource>> }
    | undefined;
  readonly joins: Readonly<Record<string, JoinOptions>>;
  readonly country?: string | undefined;
}

interface MappingProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Names of tokens and answers themselves (RFC 7519, OIDC Core 2, RFC 7662): an attribute must not be one. */
const PROTOCOL_CLAIMS = [
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'auth_time',
  'nonce',
  'acr',
  'amr',
  'azp',
  'at_hash',
  'c_hash',
  's_hash',
  'sid',
  'sub_jwk',
  'scope',
  'client_id',
  'username',
  'active',
  'token_type',
  'cnf',
  'events',
  'txn',
  'act',
  'may_act',
  '_claim_names',
  '_claim_sources',
];

/** Every name that a claim of the operator's own must not have. */
export const TAKEN_CLAIMS: readonly string[] = [...PROTOCOL_CLAIMS, ...CLAIM_NAMES, ...OWN_FIELDS];

/** What no single option can say. */
export function mappingProblems(options: MappingOptions): MappingProblem[] {
  return [
    ...statusProblems(options),
    ...countryProblem(['country'], options.country),
    ...Object.entries(options.profile).flatMap(([claim, source]) => claimProblems(claim, source)),
    ...attributeProblems(options),
    ...ownColumnProblems(options),
    ...joinProblems(options),
  ];
}

function statusProblems(options: MappingOptions): MappingProblem[] {
  const { status } = options;
  if (status === undefined) return [];
  const said = statusProblem(status);
  const deciding = { column: status.deleted && status.column, deletedAt: status.deletedAt };
  return [
    ...(said === undefined ? [] : [{ path: ['status'], message: said }]),
    ...Object.entries(deciding).flatMap(([name, column]) =>
      column === undefined || joinNamed(options, column) === undefined
        ? []
        : [{ path: ['status', name], message: OWN_COLUMN }],
    ),
  ];
}

function claimProblems(claim: string, source: unknown): MappingProblem[] {
  const path = ['profile', claim];
  const isConstant = typeof source === 'object' && source !== null && 'value' in source;
  const constant = isConstant ? source.value : source;
  const parts = claim === 'address' && isParts(source) ? Object.entries(source) : [];
  return [
    ...(typeof constant === 'boolean' && !claim.endsWith('_verified')
      ? [{ path, message: 'only email_verified and phone_number_verified may be true or false' }]
      : []),
    ...sourceProblems(path, source),
    ...parts.flatMap(([part, inner]) => sourceProblems([...path, part], inner)),
  ];
}

function attributeProblems({ attributes }: MappingOptions): MappingProblem[] {
  return Object.entries(attributes?.map ?? {}).flatMap(([name, source]) => {
    const path = ['attributes', 'map', name];
    const message = 'is the name of another claim already; choose another, or give attributes a namespace';
    const taken = TAKEN_CLAIMS.includes(`${attributes?.namespace}${name}`);
    return [...(taken ? [{ path, message }] : []), ...sourceProblems(path, source)];
  });
}

/** What a person is found by must stand in the table that is searched. */
function ownColumnProblems(options: MappingOptions): MappingProblem[] {
  const columns: [MappingProblem['path'], string | undefined][] = [
    [['id'], options.id],
    [['updatedAt'], options.updatedAt],
    ...options.login.map((column, index): [MappingProblem['path'], string] => [['login', index], column]),
    ...Object.entries(options.joins).map(([name, { on }]): [MappingProblem['path'], string | undefined] => [
      ['joins', name, 'on'],
      on,
    ]),
  ];
  return columns.flatMap(([path, column]) =>
    column === undefined || joinNamed(options, column) === undefined ? [] : [{ path, message: OWN_COLUMN }],
  );
}

function countryProblem(path: MappingProblem['path'], country: unknown): MappingProblem[] {
  if (typeof country !== 'string' || isTelephoneCountry(country)) return [];
  return [{ path, message: 'is not a country with a telephone numbering plan' }];
}

const OWN_COLUMN = 'must be a column of legacy.table; a view can bring tables together';

function joinNamed({ joins }: MappingOptions, column: string): string | undefined {
  const name = column.slice(0, Math.max(column.indexOf('.'), 0));
  return Object.hasOwn(joins, name) ? name : undefined;
}

function sourceProblems(path: readonly (string | number)[], source: unknown): MappingProblem[] {
  if (typeof source !== 'object' || source === null) return [];
  const problems: MappingProblem[] = [];
  const { format, country, map } = source as { format?: unknown; country?: unknown; map?: unknown };
  if (
    typeof format === 'string' &&
    !['date', 'timestamp', 'epoch'].includes(format) &&
    !isDateFormat(format)
  ) {
    problems.push({
      path: [...path, 'format'],
      message: 'must be date, timestamp, epoch, or a dress of Y, m, d (n, j), H, i, s such as d.m.Y',
    });
  }
  problems.push(...countryProblem([...path, 'country'], country));
  if (map !== undefined && ('yes' in source || 'no' in source) && !('type' in source)) {
    problems.push({ path: [...path], message: 'give map, or yes and no, not both' });
  }
  return problems;
}

/** A join with `many` has several values for one column, which a list alone can take. */
function joinProblems(options: MappingOptions): MappingProblem[] {
  const isMany = (column: unknown) => {
    const name = typeof column === 'string' ? joinNamed(options, column) : undefined;
    return name !== undefined && options.joins[name]?.many === true;
  };
  const problems: MappingProblem[] = [];
  const walk = (value: unknown, path: readonly (string | number)[], takesList: boolean): void => {
    if (isMany(value) && !takesList) {
      problems.push({ path, message: 'names a join with many rows, which only a list can take' });
    }
    if (typeof value !== 'object' || value === null) return;
    const list = takesList || ('type' in value && value.type === 'list');
    for (const [name, inner] of Object.entries(value)) {
      if (!CONSTANTS.includes(name)) walk(inner, [...path, name], list);
    }
  };
  const { profile, attributes, status, password, ...rest } = options;
  for (const [claim, source] of Object.entries(profile)) {
    walk(source, ['profile', claim], claim === 'groups' || claim === 'roles');
  }
  walk(attributes?.map, ['attributes', 'map'], false);
  walk(status, ['status'], false);
  walk(password, ['password'], false);
  const { consents, mfa, appMetadata, userMetadata, updatedAt } = rest as Record<string, unknown>;
  for (const [name, value] of Object.entries({ consents, mfa, appMetadata, userMetadata, updatedAt })) {
    walk(value, [name], false);
  }
  return problems;
}

/** What holds values of the table and not names of columns. */
const CONSTANTS = [
  'value',
  'map',
  'yes',
  'no',
  'active',
  'disabled',
  'locked',
  'deleted',
  'mustChangePassword',
  'name',
];
