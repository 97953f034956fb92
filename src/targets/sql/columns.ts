import type { SqlTargetOptions } from './options.ts';

/** Every column that a copy reads or writes. */
export function mappedColumns(options: SqlTargetOptions): string[] {
  return [
    options.externalId,
    ...(options.password === undefined ? [] : [options.password.column]),
    ...(options.disable === undefined ? [] : [options.disable.column]),
    ...Object.keys(options.columns),
  ];
}
