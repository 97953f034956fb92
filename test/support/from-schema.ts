import fc from 'fast-check';

interface Schema {
  readonly type?: string;
  readonly properties?: Record<string, Schema>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

const junkText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '\0',
    '%00',
    '../..',
    "' or 1=1 --",
    'ádmin',
    '\u{1F600}',
    'x'.repeat(400),
    '-1',
    '1e9',
    'NaN',
  ),
);

/** Anything that JSON can say, the names that objects inherit among it. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  junkText,
  fc.constantFrom(null, [], {}, -1, 1e308, JSON.parse('{"__proto__":{"x":1},"constructor":1}')),
);

/** Values that a JSON schema describes, with something else in one place out of sixteen. */
export function nearly(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 15, arbitrary: asDescribed(schema) }, { weight: 1, arbitrary: junk });
}

function asDescribed(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(nearly));
  switch (schema.type) {
    case 'object': {
      const { properties = {}, required = [] } = schema;
      const fields = Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [name, named(name, one)]),
      );
      return fc.record(fields, { requiredKeys: [...required] });
    }
    case 'array':
      return fc.array(nearly(schema.items ?? {}), { maxLength: 3 });
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 });
    case 'boolean':
      return fc.boolean();
    case 'string': {
      const fitting = schema.pattern === undefined ? junkText : fc.stringMatching(new RegExp(schema.pattern));
      return fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...KNOWN) }, { weight: 1, arbitrary: fitting });
    }
    default:
      return junk;
  }
}

/** Most of the time what a request of that field may well mean: there is somebody and something of this name. */
function named(name: string, schema: Schema): fc.Arbitrary<unknown> {
  const known = FITTING[name];
  const any = nearly(schema);
  return known === undefined
    ? any
    : fc.oneof({ weight: 4, arbitrary: fc.constant(known) }, { weight: 1, arbitrary: any });
}

const FITTING: Record<string, unknown> = {
  client_id: 'idp',
  redirect_uris: ['https://idp.example.com/callback'],
  post_logout_redirect_uris: ['https://idp.example.com/'],
  token_endpoint_auth_method: 'client_secret_basic',
  jwks: { keys: [{ kty: 'RSA' }] },
  jwks_uri: 'https://idp.example.com/jwks',
  scope: 'openid',
  directory: 'legacy',
  legacyId: '7',
  target: 'new',
};

const KNOWN = ['new', 'legacy', '7', 'idp', 'openid', 'admin:read', 'https://idp.example.com/callback'];
