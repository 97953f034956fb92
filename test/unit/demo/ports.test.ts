import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { choosePorts } from '../../../src/demo/ports.ts';

const neighbour = createServer();
let taken: number;

beforeEach(async () => {
  await new Promise<void>((listening) => neighbour.listen(0, '127.0.0.1', listening));
  taken = (neighbour.address() as { port: number }).port;
});
afterEach(() => new Promise<void>((closed) => neighbour.close(() => closed())));

test('A preferred port that is taken gives way to a free one.', async () => {
  const [port] = await choosePorts([{ preferred: taken }]);
  expect(port).toBeGreaterThan(0);
  expect(port).not.toBe(taken);
});

test('No two wishes get the same port.', async () => {
  const [free = 0] = await choosePorts([{ preferred: 0 }]);
  const ports = await choosePorts([{ preferred: free }, { preferred: free }]);
  expect(ports[0]).toBe(free);
  expect(new Set(ports).size).toBe(2);
});

test('A port that was asked for and is taken is an error that names it.', async () => {
  await expect(choosePorts([{ preferred: 0, required: taken }])).rejects.toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining(String(taken)),
  });
});
