import type { CheckResult } from '../domain/check.ts';

const SIGN = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' } as const;

/** A finding in lines: what was found, and below it what to do. */
export function describeCheck({ level, about, found, remedy }: CheckResult): string[] {
  const indent = ' '.repeat(SIGN.ok.length + 1);
  return [
    `${SIGN[level]} ${about}: ${found}`,
    ...(remedy ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => indent + line),
  ];
}
