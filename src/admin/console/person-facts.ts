import type { UserProfile } from '../../domain/user-profile.ts';

/** One line of what the legacy row says about somebody. */
export interface Fact {
  readonly label: string;
  /** The name that clients know it by. */
  readonly name: string;
  readonly values: readonly string[];
  /** Milliseconds since 1970, where it is a moment. */
  readonly at?: number;
  /** Of an address that may be verified. */
  readonly verified?: boolean;
}

const PLAIN = {
  name: 'Name',
  given_name: 'Given name',
  middle_name: 'Middle name',
  family_name: 'Family name',
  nickname: 'Nickname',
  preferred_username: 'User name',
  gender: 'Gender',
  birthdate: 'Born',
  profile: 'Profile page',
  picture: 'Picture',
  website: 'Website',
  zoneinfo: 'Time zone',
  locale: 'Language',
} as const satisfies Partial<Record<keyof UserProfile, string>>;

const ADDRESS = {
  street_address: 'Street',
  postal_code: 'Postal code',
  locality: 'Town',
  region: 'Region',
  country: 'Country',
  formatted: 'Whole address',
} as const;

/** What a row says, in the order in which people are described. What it does not say is left out. */
export function factsOf(profile: UserProfile): Fact[] {
  return [
    ...plainFacts(profile, PLAIN),
    ...contactFacts(profile),
    ...plainFacts(profile.address ?? {}, ADDRESS, 'address.'),
    ...listFacts(profile),
    ...freeFacts(profile),
    ...(profile.updated_at === undefined
      ? []
      : [{ label: 'Last changed', name: 'updated_at', values: [], at: profile.updated_at * 1000 }]),
  ];
}

function plainFacts<K extends string>(
  from: Partial<Record<NoInfer<K>, unknown>>,
  labels: Record<K, string>,
  prefix = '',
): Fact[] {
  return (Object.entries(labels) as [K, string][]).flatMap(([name, label]) => {
    const value = from[name];
    return value === undefined ? [] : [{ label, name: prefix + name, values: [String(value)] }];
  });
}

function contactFacts({ email, email_verified, phone_number, phone_number_verified }: UserProfile): Fact[] {
  return [
    contact('E-mail', 'email', email, email_verified),
    contact('Telephone', 'phone_number', phone_number, phone_number_verified),
  ].flat();
}

function contact(label: string, name: string, value: string | undefined, verified = false): Fact[] {
  return value === undefined ? [] : [{ label, name, values: [value], verified }];
}

function listFacts({ groups, roles, consents, mfa, password_change_required }: UserProfile): Fact[] {
  const factors = Object.entries(mfa ?? {}).filter(([, has]) => has);
  return [
    list('Groups', 'groups', groups),
    list('Roles', 'roles', roles),
    list('Second factors', 'mfa', mfa && factors.map(([name]) => name)),
    list(
      'Consents',
      'consents',
      consents?.map(({ name, given, at, version, source }) =>
        [
          `${name}: ${given ? 'given' : 'not given'}`,
          at === undefined ? undefined : new Date(at * 1000).toISOString().slice(0, 10),
          version && `version ${version}`,
          source && `asked at ${source}`,
        ]
          .filter((part) => part !== undefined)
          .join(', '),
      ),
    ),
    list('Password', 'password_change_required', password_change_required && ['is to be changed']),
  ].flat();
}

function list(label: string, name: string, values: readonly string[] | undefined): Fact[] {
  if (values === undefined) return [];
  return [{ label, name, values: values.length === 0 ? ['none'] : values }];
}

function freeFacts({ attributes, app_metadata, user_metadata }: UserProfile): Fact[] {
  const own = (prefix: string, of: object = {}) =>
    Object.entries(of).map(([name, value]: [string, unknown]) => ({
      label: name,
      name: `${prefix}.${name}`,
      values: Array.isArray(value) ? value.map(written) : [written(value)],
    }));
  return [
    ...own('attributes', attributes),
    ...own('app_metadata', app_metadata),
    ...own('user_metadata', user_metadata),
  ];
}

const written = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
