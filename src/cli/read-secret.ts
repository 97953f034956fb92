import type { Readable, Writable } from 'node:stream';
import { BridgeError } from '../domain/errors.ts';

/** More than any password may have; what comes after is not kept. */
const MAX_BYTES = 65_536;

const ENTER = [0x0a, 0x0d];
const BACKSPACE = [0x08, 0x7f];
const CTRL_C = 0x03;
const CTRL_D = 0x04;
const CTRL_U = 0x15;

/** Standard input: a terminal, or a pipe or file that a script gives. */
export type SecretInput = Readable & { readonly isTTY?: boolean; setRawMode?(on: boolean): unknown };

/**
 * Reads one line without showing it. From a terminal the question is printed first and the line can be edited; from a
 * pipe the first line is taken as it is, so that a script can give a password without putting it into the arguments.
 *
 * @returns the bytes as they came, without the line's end
 * @throws BridgeError `invalid_request` when it is broken off, or when the input ends before there was a line
 */
export async function readSecret(
  input: SecretInput,
  prompt: Writable,
  question: string,
): Promise<Uint8Array> {
  const isTerminal = input.isTTY === true;
  if (isTerminal) {
    prompt.write(`${question}: `);
    input.setRawMode?.(true);
  }
  try {
    return await readLine(input, isTerminal);
  } finally {
    if (isTerminal) {
      input.setRawMode?.(false);
      prompt.write('\n');
    }
    input.pause();
  }
}

function readLine(input: SecretInput, isTerminal: boolean): Promise<Uint8Array> {
  const line: number[] = [];
  const press = isTerminal ? edit : append;
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      input.off('data', take).off('end', end).off('error', fail);
      settle();
      line.fill(0);
    };
    const accept = () => done(() => resolve(Uint8Array.from(line)));
    const stop = (message: string, cause?: unknown) =>
      done(() => reject(new BridgeError('invalid_request', message, { cause })));
    const fail = (cause: unknown) => stop('The password could not be read.', cause);
    const end = () => (line.length > 0 ? accept() : stop('The input ended before there was a password.'));
    const take = (chunk: Buffer) => {
      for (const byte of chunk) {
        const state = press(line, byte);
        if (state === 'entered') return accept();
        if (state === 'broken off') return stop('Broken off.');
      }
    };
    input.on('data', take).on('end', end).on('error', fail);
    input.resume();
  });
}

type LineState = 'open' | 'entered' | 'broken off';

/** One byte of a pipe. */
function append(line: number[], byte: number): LineState {
  if (ENTER.includes(byte)) return 'entered';
  if (line.length < MAX_BYTES) line.push(byte);
  return 'open';
}

/** One byte of a terminal in raw mode, where the keys that edit a line arrive as bytes too. */
function edit(line: number[], byte: number): LineState {
  if (byte === CTRL_C) return 'broken off';
  if (byte === CTRL_D) return 'entered';
  if (byte === CTRL_U) line.length = 0;
  else if (BACKSPACE.includes(byte)) dropCharacter(line);
  else return append(line, byte);
  return 'open';
}

/** Terminals send UTF-8: its continuation bytes go together with the one that they continue. */
function dropCharacter(line: number[]): void {
  while (((line.pop() ?? 0) & 0xc0) === 0x80);
}
