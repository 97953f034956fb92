import { expect, test } from 'vitest';
import { clientAddress, trustedProxies } from '../../../src/http/porch/client-address.ts';

const trusted = trustedProxies(['10.0.0.0/8', '2001:db8::/32', '192.0.2.1']);
const nobody = trustedProxies(false);

test('Without a trusted proxy the socket alone says where a request comes from.', () => {
  expect(clientAddress('203.0.113.9', '1.2.3.4', nobody)).toBe('203.0.113.9');
  expect(clientAddress('203.0.113.9', '1.2.3.4', trusted)).toBe('203.0.113.9');
});

test('Behind trusted proxies it is the rightmost address that is not theirs.', () => {
  expect(clientAddress('10.0.0.1', '203.0.113.9', trusted)).toBe('203.0.113.9');
  expect(clientAddress('10.0.0.1', '6.6.6.6, 203.0.113.9, 10.1.1.1', trusted)).toBe('203.0.113.9');
  expect(clientAddress('2001:db8::1', '203.0.113.9', trusted)).toBe('203.0.113.9');
  expect(clientAddress('192.0.2.1', '203.0.113.9', trusted)).toBe('203.0.113.9');
});

test('An address is the same however it is written.', () => {
  expect(clientAddress('::ffff:203.0.113.9', '', nobody)).toBe('203.0.113.9');
  expect(clientAddress('::ffff:10.0.0.1', '203.0.113.9:4711', trusted)).toBe('203.0.113.9');
  expect(clientAddress('10.0.0.1', '[2001:DB9:0::1]:4711', trusted)).toBe('2001:db9::1');
});

test('What is not an address ends the search at the last known hop.', () => {
  expect(clientAddress('10.0.0.1', 'unknown', trusted)).toBe('10.0.0.1');
  expect(clientAddress('10.0.0.1', '203.0.113.9, <script>, 10.0.0.2', trusted)).toBe('10.0.0.2');
  expect(clientAddress('10.0.0.1', '', trusted)).toBe('10.0.0.1');
  expect(clientAddress('', '203.0.113.9', trusted)).toBe('unknown');
});
