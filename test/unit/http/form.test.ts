import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseForm } from '../../../src/http/form.ts';

const parse = (text: string) => parseForm(Buffer.from(text, 'latin1'));

test('A value keeps its bytes, UTF-8 or not.', () => {
  expect(parse('password=%FF%00a+b%2B').get('password')).toEqual(
    Buffer.from([0xff, 0x00, 0x61, 0x20, 0x62, 0x2b]),
  );
});

test('What is not a percent-encoding stands for itself, as browsers have it.', () => {
  expect(parse('a=100%&b=%zz&c=%4')).toEqual(
    new Map([
      ['a', Buffer.from('100%')],
      ['b', Buffer.from('%zz')],
      ['c', Buffer.from('%4')],
    ]),
  );
});

test('A field without a value is empty, and an empty pair is nothing.', () => {
  expect([...parse('a&&b=').keys()]).toEqual(['a', 'b']);
  expect(parse('a&&b=').get('a')).toEqual(Buffer.alloc(0));
});

test('A field that is sent twice is refused, however its name is written.', () => {
  expect(() => parse('password=a&password=b')).toThrow(/twice/);
  expect(() => parse('password=a&p%61ssword=b')).toThrow(/twice/);
});

test('A form with hundreds of fields is refused.', () => {
  const many = Array.from({ length: 51 }, (_, index) => `f${index}=1`).join('&');
  expect(() => parse(many)).toThrow(/too many/);
});

test('Whatever a browser encodes comes out as it went in.', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 10 }), (fields) => {
      const form = parseForm(Buffer.from(new URLSearchParams(fields).toString()));
      const expected = [...new URLSearchParams(new URLSearchParams(fields).toString())];
      expect([...form].map(([name, value]) => [name, value.toString('utf8')])).toEqual(expected);
    }),
  );
});
