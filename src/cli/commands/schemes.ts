import type { Command } from 'commander';
import { BridgeError } from '../../domain/errors.ts';
import {
  type CatalogueEntry,
  type CatalogueGroup,
  catalogue,
  catalogueEntry,
} from '../../passwords/catalogue.ts';
import { EXAMPLE } from '../../passwords/example.ts';
import { schemeNameFault } from '../../passwords/known-schemes.ts';
import type { Run } from '../command.ts';
import { formatTable } from '../table.ts';

const TITLES: readonly (readonly [CatalogueGroup, string])[] = [
  ['prefix', 'Named by the value itself: the scheme "auto" reads all of these'],
  ['configured', 'Named by the configuration, since values of these name nothing'],
  ['family', 'Named with parameters that software keeps in its code'],
  ['digest', 'Plain digests'],
  ['recipe', 'Recipes, by the software that stores them'],
];

export function addSchemes(program: Command, run: Run): void {
  program
    .command('schemes')
    .description('every way of hashing passwords that is verified, or one of them with an example')
    .argument('[name]', 'a scheme, another name of it, or a recipe such as md5($salt.$pass)')
    .option('--json', 'as JSON')
    .action((name: string | undefined, { json }: { json?: boolean }) => {
      const found = name === undefined ? catalogue() : entryNamed(name);
      if (json) run.terminal.print(JSON.stringify(found, null, 2));
      else for (const line of 'name' in found ? details(found) : tables(found)) run.terminal.print(line);
    });
}

function entryNamed(name: string): CatalogueEntry {
  const entry = catalogueEntry(name);
  if (entry !== undefined) return entry;
  throw new BridgeError(
    'invalid_request',
    `${name}: ${schemeNameFault(name) ?? 'this is not one scheme: each row says which it is of'}.`,
  );
}

function tables(entries: readonly CatalogueEntry[]): string[] {
  return TITLES.flatMap(([group, title]) => [
    title,
    ...formatTable(
      ['scheme', 'also called', 'needs', 'usually', 'found in'],
      entries.filter((entry) => entry.group === group).map(row),
    ).map((line) => `  ${line}`),
    '',
  ]).concat(
    'One of them with an example: footbridge schemes <name>. Any other way of hashing: a recipe such as md5(md5($pass).$salt).',
  );
}

const row = ({ name, aliases, needs, judgement, foundIn }: CatalogueEntry) => [
  name,
  aliases.join(', '),
  needs.join(', '),
  judgement.strength,
  foundIn,
];

function details(entry: CatalogueEntry): string[] {
  const { name, aliases, recipe, foundIn, needs, takes, ignores, parameters, judgement, unverifiable } =
    entry;
  const beside = [...needs, ...takes];
  const lines: readonly (readonly [string, string])[] = [
    ['scheme', name],
    ['also called', aliases.join(', ')],
    ['computes', recipe ?? ''],
    ['found in', foundIn],
    [
      'recognised',
      entry.group === 'prefix'
        ? 'by itself, with the scheme "auto"'
        : 'by its name in the configuration alone',
    ],
    ['needs', needs.join(', ')],
    ['takes', takes.join(', ')],
    ['ignores', ignores ?? ''],
    ['example', entry.example],
    [
      'of',
      entry.layoutOnly
        ? ''
        : `the password ${quoted(EXAMPLE.password)}${beside.map((what) => `, the ${what} ${quoted(EXAMPLE[what])}`).join('')}`,
    ],
    [
      'with',
      Object.entries(parameters)
        .map(([key, value]) => `${key} ${value}`)
        .join(', '),
    ],
    ['judged', judgement.strength === 'strong' ? 'strong' : `${judgement.strength}: ${judgement.reason}`],
    ['not verified', unverifiable ?? ''],
  ];
  return lines.filter(([, text]) => text !== '').map(([title, text]) => `${title.padEnd(13)}${text}`);
}

const quoted = (text: string) => JSON.stringify(text);
