import type { Parameters } from '../../passwords/scheme.ts';

const grouped = new Intl.NumberFormat('en');

/** `cost 10`, `argon2id, 64 MiB, 4 iterations, 1 lane`; empty where there is nothing that matters. */
export function parametersInWords(parameters: Parameters = {}): string {
  return Object.entries(parameters)
    .flatMap(([name, value]) => inWords(name, value))
    .join(', ');
}

/** `880000 are the least` -> `880,000 are the least` */
export const withGroupedNumbers = (sentence: string | undefined): string | undefined =>
  sentence?.replaceAll(/\b\d{4,}\b/g, (digits) => grouped.format(Number(digits)));

function inWords(name: string, value: string | number): string[] {
  if (typeof value === 'string') return [value];
  switch (name) {
    case 'version':
      return [];
    case 'memoryKiB':
      return [value % 1024 === 0 ? `${grouped.format(value / 1024)} MiB` : `${grouped.format(value)} KiB`];
    case 'iterations':
      return [counted(value, 'iteration')];
    case 'rounds':
      return [counted(value, 'round')];
    case 'parallelism':
      return [counted(value, 'lane')];
    case 'memCost':
      return [`memory cost ${value}`];
    default:
      return [`${name} ${grouped.format(value)}`];
  }
}

const counted = (value: number, what: string) => `${grouped.format(value)} ${what}${value === 1 ? '' : 's'}`;
