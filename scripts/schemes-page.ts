import { type CatalogueEntry, type CatalogueGroup, catalogue } from '../src/passwords/catalogue.ts';
import { EXAMPLE } from '../src/passwords/example.ts';

const GROUPS: readonly (readonly [CatalogueGroup, title: string, text: string])[] = [
  [
    'prefix',
    'Named by the value itself',
    'A prefix or a layout says which scheme it is: `scheme: auto` reads all of these, row by row.',
  ],
  [
    'configured',
    'Named by the configuration',
    'Nothing in a value says what it is, so `scheme` does. The value is read by that scheme alone.',
  ],
  [
    'family',
    'Named with parameters',
    'Software that keeps its parameters in its code and not in the row: the name says them, in the order shown.',
  ],
  ['digest', 'Plain digests', 'The shortest recipes. Values are hexadecimal of either case, or base64.'],
  [
    'recipe',
    'Recipes by the software that stores them',
    'A name for a recipe. Every other one is written out, see [recipes](recipes.md).',
  ],
];

const HEAD = `# Schemes

<!-- Written by \`npm run generate\` from the registry of schemes; a test compares. -->

What \`legacy.password.scheme\` may be called. \`footbridge schemes\` prints the same list, and \`footbridge schemes <name>\`
one of them. Case and blanks in a name do not matter.

- **needs**: without it no row can be verified: \`password.salt\` and \`password.username\` name columns, \`password.pepper\`
  is a secret of the legacy application's configuration. **takes**: heeded where it is given.
- **judged**: how well a value protects its password from somebody who has the whole table, for the parameters of the
  example, which are the usual ones. Each row is judged by its own: bcrypt by its cost, PBKDF2 by digest and iterations,
  argon2 and scrypt by memory and work. The measure is the OWASP password storage cheat sheet; what an old table holds
  counts as strong from about a sixth of that work. \`src/passwords/judgement.ts\` has every threshold.
- **ignores**: what the scheme does not look at. A match in which something was ignored is _lossy_: it lets the person in,
  and nothing is captured from it, since what was typed need not be the password.
- **example**: of the password \`${EXAMPLE.password}\`, with the salt \`${EXAMPLE.salt}\`, the username
  \`${EXAMPLE.username}\` and the pepper \`${EXAMPLE.pepper}\` where a scheme needs or takes them.
`;

/** `docs/reference/schemes.md`, whole. */
export function schemesPage(): string {
  const entries = catalogue();
  const sections = GROUPS.map(([group, title, text]) =>
    [`## ${title}`, '', text, '', ...table(entries.filter((entry) => entry.group === group)), ''].join('\n'),
  );
  return [HEAD, ...sections].join('\n');
}

function table(entries: readonly CatalogueEntry[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const header = ['scheme', 'found in', 'needs, takes', 'judged', 'ignores', 'example'];
  return [line(header), line(header.map(() => '---')), ...entries.map((entry) => line(cellsOf(entry)))];
}

function cellsOf(entry: CatalogueEntry): string[] {
  const { name, aliases, recipe, foundIn, needs, takes, judgement, unverifiable, ignores, example } = entry;
  const known = [code(name), ...(aliases.length === 0 ? [] : [`also ${aliases.map(code).join(', ')}`])];
  const judged =
    judgement.strength === 'strong' ? '**strong**' : `**${judgement.strength}**: ${text(judgement.reason)}`;
  return [
    [...known, ...(recipe === undefined ? [] : [`= ${code(recipe)}`])].join('<br>'),
    [text(foundIn), ...(unverifiable === undefined ? [] : [`**${text(unverifiable)}**`])].join('<br>'),
    [...needs, ...takes.map((what) => `(${what})`)].join(', '),
    judged,
    text(ignores ?? ''),
    code(example),
  ];
}

const code = (content: string) => `\`${content.replaceAll('|', '\\|')}\``;

/** Signs that Markdown would take for its own. */
const text = (content: string) => content.replaceAll(/[\\`*_<>|$[\]]/g, '\\$&');
