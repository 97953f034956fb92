import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { readSecret, type SecretInput } from '../../../src/cli/read-secret.ts';

const CTRL_C = '\x03';
const CTRL_U = '\x15';
const BACKSPACE = '\x7f';

interface Asked {
  readonly answer: string;
  readonly shown: string;
  readonly raw: readonly boolean[];
}

async function ask(chunks: readonly string[], isTTY: boolean): Promise<Asked> {
  const raw: boolean[] = [];
  const input: SecretInput = Object.assign(new PassThrough(), {
    isTTY,
    setRawMode: (on: boolean) => raw.push(on),
  });
  const output = new PassThrough();
  const answer = readSecret(input, output, 'Password');
  for (const chunk of chunks) (input as PassThrough).write(chunk);
  (input as PassThrough).end();
  try {
    return { answer: Buffer.from(await answer).toString(), shown: String(output.read() ?? ''), raw };
  } catch (error) {
    expect(raw).toEqual(isTTY ? [true, false] : []);
    throw error;
  }
}

test('On a terminal the question is shown, and nothing of what is typed.', async () => {
  expect(await ask(['geh', 'eim\r'], true)).toEqual({
    answer: 'geheim',
    shown: 'Password: \n',
    raw: [true, false],
  });
});

test('A backspace takes a whole character back, Ctrl-U all of them.', async () => {
  expect((await ask([`xy${CTRL_U}Pä€${BACKSPACE}ß${BACKSPACE}${BACKSPACE}w\r`], true)).answer).toBe('Pw');
});

test('Ctrl-C breaks off, and the terminal shows again what is typed.', async () => {
  await expect(ask([`geh${CTRL_C}`], true)).rejects.toThrow('Broken off.');
});

test('From a pipe comes the first line, byte for byte, without a question.', async () => {
  expect(await ask([` a${BACKSPACE}\tb \nsecond line\n`], false)).toEqual({
    answer: ` a${BACKSPACE}\tb `,
    shown: '',
    raw: [],
  });
});

test('A last line needs no end; an input without a line is an error.', async () => {
  expect((await ask(['geheim'], false)).answer).toBe('geheim');
  await expect(ask([], false)).rejects.toThrow('The input ended before there was a password.');
});
