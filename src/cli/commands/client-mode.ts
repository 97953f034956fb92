import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Clients, SwitchChange } from '../../clients/clients.ts';
import { MODES, type Mode, OTHERWISE_MODES, switchFor } from '../../clients/migration.ts';
import { BridgeError } from '../../domain/errors.ts';
import type { Run } from '../command.ts';
import { actorOf, withOffice } from '../office.ts';
import { limitsOf, switchText } from '../switch-text.ts';

/** Takes an app's own switch away, so that the client's counts for it again. */
const INHERIT = 'inherit';

const HELP = `
Who is meant: everybody on --allow, nobody on --deny, and of all others --percent, always the same people. Lists name
legacy ids, DIRECTORY:ID or @example.com (the domain of an e-mail address), separated by commas. For everybody who is
not meant, and outside --from and --until, --otherwise counts (off unless said). What is not named stays as it is;
"none" takes a list or a time away. "${INHERIT}" with --app lets the client's own switch count for the app again.`;

export function addClientMode(client: Command, run: Run): void {
  client
    .command('mode <client_id> <mode>')
    .description(`turn migration on or off: ${MODES.join(', ')}; holds in running servers at once`)
    .option('--app <name>', 'the switch of an app behind the client')
    .option('--percent <n>', 'how many of the people are meant', readPercent)
    .option('--allow <people>', 'who is meant whatever the percentage', readList)
    .option('--deny <people>', 'who is not meant, whatever else says so', readList)
    .addOption(new Option('--otherwise <mode>', 'the mode for everybody else').choices([...OTHERWISE_MODES]))
    .option('--from <time>', 'when the mode begins, e.g. 2030-03-01T06:00:00+01:00', readTime)
    .option('--until <time>', 'when the mode ends', readTime)
    .option('--force', 'cut over although shadow has not been clean')
    .addHelpText('after', HELP)
    .action((clientId: string, mode: string, options: ModeOptions) =>
      withOffice(run, ({ clients }) => turn(run, clients, clientId, mode, options)),
    );
}

interface ModeOptions
  extends Pick<SwitchChange, 'app' | 'percent' | 'allow' | 'deny' | 'otherwise' | 'force'> {
  readonly from?: number | null;
  readonly until?: number | null;
}

async function turn(
  run: Run,
  clients: Clients,
  clientId: string,
  mode: string,
  { from, until, ...change }: ModeOptions,
): Promise<void> {
  const { app } = change;
  const about = app === undefined ? clientId : `${clientId}, app ${app}`;
  if (mode === INHERIT && app !== undefined) {
    const { migration } = await clients.removeApp(clientId, app, actorOf(run));
    return run.terminal.print(`${about}: as the client, mode ${switchText(migration)}`);
  }
  if (!isMode(mode)) {
    throw new BridgeError('invalid_request', `There is no mode "${mode}"; modes: ${MODES.join(', ')}.`);
  }
  const { migration } = await clients.setMode(clientId, mode, actorOf(run), {
    ...change,
    startsAt: from,
    endsAt: until,
  });
  const turned = switchFor(migration, app);
  const target = migration.target === undefined ? '' : ` (target ${migration.target})`;
  run.terminal.print([`${about}: mode ${turned.mode}${target}`, ...limitsOf(turned)].join(', '));
  if (mode !== 'cutover') return;
  for (const doubt of await clients.doubtsAboutCutover(clientId)) run.terminal.complain(`Warning: ${doubt}`);
}

const isMode = (text: string): text is Mode => (MODES as readonly string[]).includes(text);

function readPercent(text: string): number {
  const percent = Number(text);
  if (/^\d{1,3}$/.test(text) && percent <= 100) return percent;
  throw new InvalidArgumentError('It must be a whole number from 0 to 100.');
}

/** An empty list takes the present one away. */
function readList(text: string, earlier: readonly string[] = []): string[] {
  if (text === 'none') return [];
  const named = text.split(',').map((one) => one.trim());
  return [...earlier, ...named.filter((one) => one !== '')];
}

/** @returns milliseconds since 1970; null takes the time away */
function readTime(text: string): number | null {
  if (text === 'none') return null;
  const hasZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const moment = Date.parse(text);
  if (hasZone && !Number.isNaN(moment)) return moment;
  throw new InvalidArgumentError('It must be a time with its zone, such as 2030-03-01T06:00:00+01:00.');
}
