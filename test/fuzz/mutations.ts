import fc from 'fast-check';

/** One step that damages a text as columns, exports and attackers do. */
export type Mutation = (text: string) => string;

/** Numbers at which parsers and counters go wrong. */
const NUMBERS = [
  '0',
  '-1',
  '-0',
  '+5',
  '00',
  '007',
  '1',
  '2',
  '3',
  '4',
  '31',
  '32',
  '99',
  '255',
  '256',
  '65536',
  '1e3',
  '1e999',
  '1.5',
  '0x10',
  'NaN',
  'Infinity',
  '',
  '٣',
  '2147483647',
  '2147483648',
  '4294967295',
  '4294967296',
  '9007199254740993',
  '99999999999999999999',
  '9'.repeat(400),
];

/** Characters that end strings, leave ASCII, or look like others. */
const STRANGE = [
  '\0',
  '\n',
  '\r',
  '\t',
  ' ',
  '\u00a0',
  '\ufeff',
  '\u200b',
  '\u202e',
  'é',
  'e\u0301',
  'İ',
  'ſ',
  'K',
  'ß',
  '😀',
  '\ud800',
  '\udc00',
  '\uffff',
  '%',
  '\\',
  "'",
  '"',
  '`',
  '=',
  '*',
  '!',
  '$',
  '$$',
  ':',
  '::',
  '{',
  '}',
  '[',
  ']',
  ',',
  ';',
  '|',
  '#',
  '@',
  '&',
  '.',
  '/',
  '+',
  '-',
  '_',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'true',
];

/** Just below and above the limits, and far above. */
const LENGTHS = [60, 127, 255, 512, 1000, 1023, 1024, 1025, 4096, 65_536];

const DELIMITER = /[$:{}|,;=@#."]/g;
const place = fc.nat({ max: 1023 });
const at = (text: string, where: number) => (text.length === 0 ? 0 : where % (text.length + 1));

const cut = place.map(
  (where): Mutation =>
    (text) =>
      text.slice(0, at(text, where)),
);
const behead = place.map(
  (where): Mutation =>
    (text) =>
      text.slice(at(text, where)),
);
const double = fc.constantFrom('', '$', ':', ' ').map(
  (between): Mutation =>
    (text) =>
      `${text}${between}${text}`,
);
const insert = fc.tuple(place, fc.constantFrom(...STRANGE)).map(
  ([where, strange]): Mutation =>
    (text) =>
      text.slice(0, at(text, where)) + strange + text.slice(at(text, where)),
);
const overwrite = fc.tuple(place, fc.constantFrom(...STRANGE, ...'0aZ/.')).map(
  ([where, strange]): Mutation =>
    (text) =>
      text.slice(0, at(text, where)) + strange + text.slice(at(text, where) + strange.length),
);
const swap = fc.tuple(place, place).map(
  ([one, other]): Mutation =>
    (text) => {
      const [from, to] = [at(text, one), at(text, other)].sort((a, b) => a - b) as [number, number];
      return text.slice(0, from) + text.slice(to) + text.slice(from, to);
    },
);
const changeCase = fc.boolean().map(
  (upper): Mutation =>
    (text) =>
      upper ? text.toUpperCase() : text.toLowerCase(),
);

/** Replaces the n-th match of a pattern. */
function replaceMatch(pattern: RegExp, which: number, change: (found: string) => string): Mutation {
  return (text) => {
    const found = [...text.matchAll(pattern)];
    const chosen = found[which % Math.max(1, found.length)];
    if (chosen === undefined) return text;
    return text.slice(0, chosen.index) + change(chosen[0]) + text.slice(chosen.index + chosen[0].length);
  };
}
const renumber = fc
  .tuple(
    fc.nat({ max: 9 }),
    fc.oneof(fc.constantFrom(...NUMBERS), fc.nat().map(String), fc.nat({ max: 40 }).map(String)),
  )
  .map(([which, number]) => replaceMatch(/\d+/g, which, () => number));
const negate = fc.nat({ max: 9 }).map((which) => replaceMatch(/\d+/g, which, (found) => `-${found}`));
const delimiters = fc
  .tuple(fc.nat({ max: 20 }), fc.constantFrom(0, 0, 2, 3, 50))
  .map(([which, times]) => replaceMatch(DELIMITER, which, (found) => found.repeat(times)));

/** Numbers also stand inside base64 and hexadecimal: iterations and lengths of binary layouts. */
const bytesInside = fc
  .tuple(fc.nat({ max: 3 }), fc.nat({ max: 80 }), fc.uint8Array({ minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([which, offset, bytes, hexadecimal]) =>
    replaceMatch(hexadecimal ? /[0-9a-f]{8,}/gi : /[A-Za-z0-9+/]{8,}={0,2}/g, which, (found) => {
      const decoded = Buffer.from(found, hexadecimal ? 'hex' : 'base64');
      decoded.set(bytes.subarray(0, Math.max(0, decoded.length - offset)), Math.min(offset, decoded.length));
      return decoded.toString(hexadecimal ? 'hex' : 'base64');
    }),
  );

const pad = fc
  .tuple(
    fc.constantFrom(...LENGTHS),
    fc.constantFrom('a', '0', '$', ' ', '.', 'A', '\0', '😀', '{', '['),
    fc.boolean(),
  )
  .map(
    ([length, filler, front]): Mutation =>
      (text) =>
        front ? text.padStart(length, filler) : text.padEnd(length, filler),
  );

/** Structures inside structures: JSON, and what PHP's `serialize` writes. */
const nest = fc
  .tuple(
    fc.constantFrom(
      ['[', ']'],
      ['{"a":', '}'],
      ['a:1:{i:0;', '}'],
      ['O:8:"stdClass":1:{s:1:"a";', '}'],
      ['md5(', ')'],
      ['{CRYPT}', ''],
    ),
    fc.constantFrom(1, 1, 2, 2, 3, 5, 9, 10, 16, 17, 50, 100, 500, 5000),
  )
  .map(
    ([[open = '', close = ''], times]): Mutation =>
      (text) =>
        open.repeat(times) + text + close.repeat(times),
  );

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  cut,
  behead,
  double,
  insert,
  overwrite,
  swap,
  changeCase,
  { arbitrary: renumber, weight: 4 },
  negate,
  { arbitrary: delimiters, weight: 2 },
  { arbitrary: bytesInside, weight: 2 },
  pad,
  nest,
);

/** Most texts are damaged in one place: the more there are, the sooner a parser refuses. */
export const mutations = fc.oneof(
  { arbitrary: fc.constant([]), weight: 1 },
  { arbitrary: fc.array(mutation, { minLength: 1, maxLength: 1 }), weight: 5 },
  { arbitrary: fc.array(mutation, { minLength: 2, maxLength: 4 }), weight: 3 },
);

export const damaged = (text: string, steps: readonly Mutation[]): string => {
  const result = steps.reduce((value, step) => step(value), text);
  // Twice doubled and padded, nothing new is learnt from what is longer still.
  return result.slice(0, 200_000);
};

export const anyText = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom('', ...STRANGE, ...NUMBERS),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
  fc
    .tuple(fc.constantFrom(...STRANGE), fc.constantFrom(...LENGTHS))
    .map(([text, length]) => text.repeat(length)),
);

export const anyPassword = fc.oneof(
  fc.uint8Array({ maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => new Uint8Array(Buffer.from(text))),
  fc
    .tuple(fc.constantFrom(0, 0x61, 0x80, 0xc3, 0xff), fc.constantFrom(1, 8, 71, 72, 73, 128, 511, 512, 4096))
    .map(([byte, length]) => new Uint8Array(length).fill(byte)),
  fc.constantFrom(
    Buffer.from('a\0b'),
    Buffer.from([0xed, 0xa0, 0x80]),
    Buffer.from(' \t\n'),
    Buffer.from('Ünïcödé'),
  ),
);
