import { expect, test } from 'vitest';
import type { PasswordColumn } from '../../src/writeback/password-column.ts';

/** A table `people` of `id`, `pass` (20 characters at the most) and `salt`, with these rows, and its column. */
export interface ColumnUnderTest {
  readonly column: PasswordColumn;
  /** Every row as the legacy app reads it, by its key. */
  rows(): Promise<Record<string, readonly [pass: string, salt: string]>>;
  /** Has the database write everything in capitals from now on. */
  shout(): Promise<void>;
}

const ROWS = { 7: ['old Hash', 'salt'], 8: ['old Hash', 'salt'] } as const;
export const PEOPLE = Object.entries(ROWS).map(([id, row]) => [id, ...row] as const);

/** @param open gives a table of its own to each test */
export function behavesAsPasswordColumn(open: () => Promise<ColumnUnderTest>): void {
  const change = { id: '7', before: 'old Hash', encoded: 'new Hash', salt: undefined };

  test('The one row gets the new hash, and the salt only where there is a new one.', async () => {
    const { column, rows } = await open();
    expect(await column.replace(change)).toBe('replaced');
    expect(await rows()).toEqual({ ...ROWS, 7: ['new Hash', 'salt'] });
    const salted = { ...change, before: 'new Hash', encoded: 'newer', salt: 'lake' };
    expect(await column.replace(salted)).toBe('replaced');
    expect(await rows()).toEqual({ ...ROWS, 7: ['newer', 'lake'] });
  });

  test('A row that is gone, or holds another hash by then, is left alone.', async () => {
    const { column, rows } = await open();
    for (const other of [
      { id: '9' },
      { id: '7 ' },
      { id: "7' or '1'='1" },
      { id: '' },
      { before: 'old hash' },
      { before: '' },
    ]) {
      expect(await column.replace({ ...change, ...other })).toBe('changed-meanwhile');
    }
    expect(await rows()).toEqual(ROWS);
  });

  test('Of several who write at the same time, one is the first.', async () => {
    const { column, rows } = await open();
    const results = await Promise.all(
      [1, 2, 3, 4].map((time) => column.replace({ ...change, encoded: `new ${time}` })),
    );
    expect(results.filter((result) => result === 'replaced')).toHaveLength(1);
    expect((await rows())[7]?.[0]).toMatch(/^new \d$/);
  });

  test('What the database does not keep as it was written is taken back.', async () => {
    const { column, rows, shout } = await open();
    await shout();
    expect(await column.replace(change)).toBe('does-not-fit');
    expect(await rows()).toEqual(ROWS);
  });
}
