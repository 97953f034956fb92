/** A message to hash: places of the values that go into it, and literal text. */
export type Frame = readonly (number | string)[];

const SEPARATORS = [':', '-', '--', '.', '|', '$', '_', ' ', '+', ',', '#', '/'];

/** 0 is the password's side, 1 the salt. */
export const SALTED: readonly Frame[] = [
  [1, 0],
  [0, 1],
  [1, 0, 1],
  [0, 1, 0],
  ...SEPARATORS.flatMap((separator): Frame[] => [
    [1, separator, 0],
    [0, separator, 1],
  ]),
  ['--', 1, '--', 0, '--'],
  ['--', 0, '--', 1, '--'],
  [0, '{', 1, '}'],
  ['{', 1, '}', 0],
  [':', 1, ':', 0],
  [1, ':', 0, ':', 1],
];

export const BARE: readonly Frame[] = [[0]];

/** 2 is another column, or a site's secret. */
export const WITH_ANOTHER: readonly Frame[] = ['', ':', '-', '.', '|', '_', '$'].flatMap((separator) =>
  [
    [1, 0, 2],
    [2, 0, 1],
    [1, 2, 0],
    [2, 1, 0],
    [0, 1, 2],
    [0, 2, 1],
  ].map((places) =>
    places.flatMap((place, index) => (index === 0 || separator === '' ? [place] : [separator, place])),
  ),
);
