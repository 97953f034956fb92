import type { LegacyOptions } from '../options.ts';
import { type AttributeSource, isParts } from './profile-options.ts';
import type { SelectItem } from './select-item.ts';

type Source = unknown;

/** Everything that the options ask of a person, joined columns among them, in the order of the configuration. */
export function mappedItems(options: LegacyOptions): SelectItem[] {
  return [
    ...credentialItems(options),
    ...statusItems(options),
    ...profileItems(options),
    ...ownItems(options),
    ...columnItem('moment', options.updatedAt, 'updatedAt'),
  ];
}

function credentialItems({ id, login, password, joins }: LegacyOptions): SelectItem[] {
  const { column, salt, username, scheme } = password;
  return [
    ...columnItem('value', id, 'id'),
    ...login.flatMap((name) => columnItem('value', name, 'login')),
    ...columnItem('value', column, 'password.column'),
    ...columnItem('value', salt, 'password.salt'),
    ...columnItem('value', username, 'password.username'),
    ...(typeof scheme === 'object' && 'column' in scheme
      ? columnItem('value', scheme.column, 'password.scheme.column')
      : []),
    ...Object.entries(joins).flatMap(([name, { on }]) => columnItem('value', on, `joins.${name}.on`)),
  ];
}

function statusItems({ status }: LegacyOptions): SelectItem[] {
  if (status === undefined) return [];
  const { active } = status;
  return [
    ...columnItem('value', status.column, 'status.column'),
    ...(typeof active === 'string'
      ? [{ as: 'active', condition: active, mappedBy: 'status.active' } as const]
      : []),
    ...(['disabledWhen', 'lockedWhen', 'mustChangePasswordWhen'] as const).flatMap((name) =>
      itemsOfSource(status[name], `status.${name}`),
    ),
    ...(['lockedUntil', 'deletedAt'] as const).flatMap((name) => [
      ...columnItem('value', status[name], `status.${name}`),
      ...columnItem('moment', status[name], `status.${name}`),
    ]),
  ];
}

function profileItems({ profile }: LegacyOptions): SelectItem[] {
  return Object.entries(profile).flatMap(([claim, source]) =>
    claim === 'address' && isParts(source)
      ? Object.entries(source).flatMap(([part, inner]) => itemsOfSource(inner, `profile.address.${part}`))
      : itemsOfSource(source, `profile.${claim}`, claim === 'updated_at'),
  );
}

function ownItems({ attributes, consents, mfa, appMetadata, userMetadata }: LegacyOptions): SelectItem[] {
  return [
    ...Object.entries(attributes?.map ?? {}).flatMap(([name, source]) =>
      itemsOfSource(source, `attributes.map.${name}`, isTimestamp(source)),
    ),
    ...(consents ?? []).flatMap((consent, index) => [
      ...itemsOfSource(consent.given, `consents[${index}].given`),
      ...columnItem('moment', consent.at, `consents[${index}].at`),
      ...itemsOfSource(consent.version, `consents[${index}].version`),
      ...itemsOfSource(consent.source, `consents[${index}].source`),
    ]),
    ...Object.entries(mfa ?? {}).flatMap(([factor, source]) => itemsOfSource(source, `mfa.${factor}`)),
    ...columnItem('value', appMetadata, 'appMetadata'),
    ...columnItem('value', userMetadata, 'userMetadata'),
  ];
}

const isTimestamp = (source: AttributeSource) =>
  typeof source === 'object' &&
  'type' in source &&
  source.type === 'timestamp' &&
  (source.format === undefined || source.format === 'timestamp');

function columnItem(as: 'value' | 'moment', column: string | undefined, mappedBy: string): SelectItem[] {
  return column === undefined ? [] : [{ as, column, mappedBy }];
}

/** What a source asks for, whichever of the shapes of source-options.ts it has. */
function itemsOfSource(from: Source, mappedBy: string, isMoment = false): SelectItem[] {
  if (typeof from === 'string') return columnItems(from, mappedBy, isMoment);
  if (typeof from !== 'object' || from === null) return [];
  if ('columns' in from) {
    return (from.columns as string[]).map((column): SelectItem => ({ as: 'value', column, mappedBy }));
  }
  if (!('column' in from)) return [];
  const column = String(from.column);
  if ('present' in from) return [{ as: 'present', column, mappedBy }];
  return columnItems(column, mappedBy, isMoment || ('format' in from && from.format === 'timestamp'));
}

function columnItems(column: string, mappedBy: string, isMoment: boolean): SelectItem[] {
  const value: SelectItem = { as: 'value', column, mappedBy };
  return isMoment ? [value, { as: 'moment', column, mappedBy }] : [value];
}
