import { planSearch as plan, search as searchSlice } from '../finding/search.ts';
import { payDecoy } from './decoy.ts';
import type { Result, Task, Work } from './pool.ts';
import { rehash as makeRehash } from './rehash.ts';
import { remake as makeLike } from './remake.ts';
import { verifyBatch } from './verify.ts';

/** The file that every thread of the pool runs. Passwords are wiped as soon as the work is done. */

type Handler<K extends keyof Work> = (task: Task<K>) => Result<K>;

export const verify: Handler<'verify'> = (batch) => inTurn(batch, () => verifyBatch(batch));

export const spendDecoy: Handler<'spendDecoy'> = (task) =>
  inTurn([task], () => payDecoy(task.decoy, 0, task.password));

export const rehash: Handler<'rehash'> = (task) => inTurn([task], () => makeRehash(task));

export const remake: Handler<'remake'> = (task) => inTurn([task], () => makeLike(task));

export const planSearch: Handler<'planSearch'> = (task) => inTurn([task], () => plan(task));

export const search: Handler<'search'> = (task) => inTurn([task], () => searchSlice(task));

let last: Promise<unknown> = Promise.resolve();

/**
 * One task after the other, although the thread is given several: otherwise the answer of the first, which is ready,
 * would leave the thread only when the second is, too.
 */
function inTurn<T>(tasks: readonly { readonly password: Uint8Array }[], work: () => Promise<T>): Promise<T> {
  const turn = last.then(work).finally(() => {
    for (const { password } of tasks) password.fill(0);
  });
  last = turn.catch(() => undefined);
  return turn;
}
