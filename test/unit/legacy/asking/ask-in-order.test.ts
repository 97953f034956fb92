import { expect, test, vi } from 'vitest';
import { askInOrder } from '../../../../src/legacy/asking/ask-in-order.ts';

class OutError extends Error {}

function scene(count: number) {
  let now = 1_000;
  const faults = new Map<number, Error>();
  const servers = Array.from({ length: count }, (_, index) => ({
    ask: vi.fn(async () => {
      const fault = faults.get(index);
      if (fault !== undefined) throw fault;
      return [[`server ${index}`]];
    }),
    close: vi.fn(async () => {}),
  }));
  const questions = askInOrder(servers, { clock: () => now, isOut: (error) => error instanceof OutError });
  const wait = (ms: number) => {
    now += ms;
  };
  const asked = () => servers.map(({ ask }) => ask.mock.calls.length);
  return { questions, servers, faults, wait, asked };
}

test('The first server answers as long as it can; another one only when it is out.', async () => {
  const { questions, faults, asked } = scene(2);
  expect(await questions.ask('SELECT 1', ['a'])).toEqual([['server 0']]);
  expect(asked()).toEqual([1, 0]);
  faults.set(0, new OutError());
  expect(await questions.ask('SELECT 1')).toEqual([['server 1']]);
});

test('A server that is out is passed over for ten seconds and then tried again.', async () => {
  const { questions, faults, wait, asked } = scene(2);
  faults.set(0, new OutError());
  await questions.ask('SELECT 1');
  faults.clear();
  wait(9_999);
  expect(await questions.ask('SELECT 1')).toEqual([['server 1']]);
  expect(asked()).toEqual([1, 2]);
  wait(1);
  expect(await questions.ask('SELECT 1')).toEqual([['server 0']]);
});

test('Before giving up, every server is asked, the passed over ones as well.', async () => {
  const { questions, faults, asked } = scene(2);
  faults.set(0, new OutError('the first')).set(1, new OutError('the second'));
  await expect(questions.ask('SELECT 1')).rejects.toThrow('the second');
  faults.delete(0);
  expect(await questions.ask('SELECT 1')).toEqual([['server 0']]);
  expect(asked()).toEqual([2, 1]);
});

test('What is wrong with the statement is wrong everywhere: no other server is asked.', async () => {
  const { questions, faults, servers, asked } = scene(2);
  faults.set(0, new Error('syntax'));
  await expect(questions.ask('SELEC')).rejects.toThrow('syntax');
  expect(asked()).toEqual([1, 0]);
  await questions.close();
  for (const { close } of servers) expect(close).toHaveBeenCalledOnce();
});
