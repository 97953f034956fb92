import { planSearch as plan, search as searchSlice } from '../finding/search.ts';
import { payDecoy } from './decoy.ts';
import type { Result, Task, Work } from './pool.ts';
import { rehash as makeRehash } from './rehash.ts';
import { remake as makeLike } from './remake.ts';
import { verify as verifyRow } from './verify.ts';

/** The file that every thread of the pool runs. Passwords are wiped as soon as the work is done. */

type Handler<K extends keyof Work> = (task: Task<K>) => Result<K>;

export const verify: Handler<'verify'> = (task) => wiping(task.password, () => verifyRow(task));

export const spendDecoy: Handler<'spendDecoy'> = (task) =>
  wiping(task.password, () => payDecoy(task.decoy, 0, task.password));

export const rehash: Handler<'rehash'> = (task) => wiping(task.password, () => makeRehash(task));

export const remake: Handler<'remake'> = (task) => wiping(task.password, () => makeLike(task));

export const planSearch: Handler<'planSearch'> = (task) => wiping(task.password, () => plan(task));

export const search: Handler<'search'> = (task) => wiping(task.password, () => searchSlice(task));

async function wiping<T>(password: Uint8Array, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    password.fill(0);
  }
}
