/**
 * The oldest and the newest people of a table: how passwords were hashed changed over the years, so that the first
 * rows alone would tell half of it.
 *
 * @param key the quoted columns of the primary key; without one there is no order, and the first rows have to do
 * @param select runs the query with this end: `ORDER BY ... LIMIT n`
 */
export async function readBothEnds<Row>(
  key: readonly string[],
  limit: number,
  select: (tail: string) => Promise<Row[]> | Row[],
): Promise<Row[]> {
  const tail = (direction: 'ASC' | 'DESC', rows: number) => {
    const order = key.map((name) => `${name} ${direction}`).join(', ');
    return `${order === '' ? '' : `ORDER BY ${order} `}LIMIT ${rows}`;
  };
  const first = await select(tail('ASC', limit));
  if (first.length < limit || key.length === 0) return first;
  const half = Math.floor(limit / 2);
  return [...first.slice(0, limit - half), ...(await select(tail('DESC', half)))];
}
