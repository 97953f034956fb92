import { type Command, InvalidArgumentError, Option } from 'commander';
import { loadSubjectKey } from '../../compose/subject-key.ts';
import { BridgeError } from '../../domain/errors.ts';
import type { LegacyId, PersonRef } from '../../domain/ids.ts';
import { deriveSubject } from '../../domain/subject.ts';
import { LEDGER_STATES, type LedgerEntry, type LedgerState } from '../../ledger/ledger.ts';
import { type LedgerFilter, RETRYABLE_STATES } from '../../ledger/steward.ts';
import type { Run } from '../command.ts';
import { actorOf, withOffice } from '../office.ts';
import { formatTable } from '../table.ts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 10_000;

interface Which {
  readonly target?: string;
  readonly state?: LedgerState;
  readonly reason?: string;
}

export function addLedger(program: Command, run: Run): void {
  const ledger = program
    .command('ledger')
    .description('the people in the ledger, one row a (target, person)');

  filtered(ledger.command('list').description('rows, page by page'))
    .option('--limit <n>', 'rows a page', limit, DEFAULT_LIMIT)
    .option('--after <place>', 'where the page before ended')
    .option('--json', 'as JSON')
    .action((options: Which & { limit: number; after?: string; json?: boolean }) =>
      withOffice(run, async ({ steward }) => {
        const page = await steward.list(filterOf(options), options);
        if (options.json) return run.terminal.print(JSON.stringify(page, null, 2));
        if (page.entries.length === 0) return run.terminal.print('There is no such row.');
        for (const line of tableOf(page.entries)) run.terminal.print(line);
        if (page.next !== undefined) run.terminal.complain(`More: --after ${page.next}`);
      }),
    );

  ledger
    .command('show <person>')
    .description('one person at every target, by legacy id or sub')
    .option('--json', 'as JSON')
    .action((person: string, { json }: { json?: boolean }) =>
      withOffice(run, async ({ steward }) => {
        const entries = await steward.find(person);
        if (entries.length === 0) throw unknownPerson(person);
        if (json) return run.terminal.print(JSON.stringify(entries, null, 2));
        for (const entry of entries) for (const line of describe(entry)) run.terminal.print(line);
      }),
    );

  filtered(
    ledger
      .command('retry [person]')
      .description(
        `try again now what is ${RETRYABLE_STATES.join(', ')}: one person, or all that the options name`,
      ),
  )
    .option('--all', 'everybody; needed when nothing else says who')
    .action((person: string | undefined, options: Which & { all?: boolean }) =>
      withOffice(run, async ({ steward }) => {
        const filter = filterOf(options);
        if (person === undefined && !options.all && Object.keys(filter).length === 0) {
          const message = 'Say who: a person, --target, --state, --reason, or --all.';
          throw new BridgeError('invalid_request', message);
        }
        const people = person === undefined ? [undefined] : await peopleCalled(steward.find(person), person);
        let rows = 0;
        for (const one of people) rows += await steward.retry({ ...filter, person: one }, actorOf(run));
        run.terminal.print(rows === 1 ? '1 row will be tried again.' : `${rows} rows will be tried again.`);
      }),
    );

  ledger
    .command('park <person>')
    .description('hold a person back until a retry or the next changed login')
    .requiredOption('--target <name>', 'at which target')
    .option('--reason <text>', 'why', 'Parked by an admin.')
    .action((person: string, { target, reason }: { target: string; reason: string }) =>
      withOffice(run, async ({ steward }) => {
        for (const one of await peopleCalled(steward.find(person), person)) {
          await steward.park(target, one, reason, actorOf(run));
        }
        run.terminal.print(`${person}: parked at ${target}`);
      }),
    );

  ledger
    .command('exclude <legacy-id>')
    .description('never copy this person, whether captured or not; undone by forget')
    .requiredOption('--target <name>', 'at which target')
    .option('--reason <text>', 'why', 'Excluded by an admin.')
    .action((legacyId: string, { target, reason }: { target: string; reason: string }) =>
      withOffice(run, async ({ steward, keys }, config) => {
        if (!(target in config.targets)) {
          const names = Object.keys(config.targets).join(', ') || 'none is configured';
          throw new BridgeError('invalid_request', `There is no target "${target}"; targets: ${names}.`);
        }
        const person: PersonRef = { directory: config.legacy.name, legacyId: legacyId as LegacyId };
        const subject = deriveSubject(await loadSubjectKey(config, keys), person);
        await steward.exclude(target, { ...person, subject }, reason, actorOf(run));
        run.terminal.print(`${legacyId}: excluded from ${target}`);
      }),
    );

  ledger
    .command('forget <person>')
    .description('remove what the ledger knows; the next login begins anew; nothing changes at the target')
    .requiredOption('--target <name>', 'at which target')
    .action((person: string, { target }: { target: string }) =>
      withOffice(run, async ({ steward }) => {
        for (const one of await peopleCalled(steward.find(person), person)) {
          await steward.forget(target, one, actorOf(run));
        }
        run.terminal.print(`${person}: forgotten at ${target}`);
      }),
    );
}

function filtered(command: Command): Command {
  return command
    .option('--target <name>', 'at this target')
    .addOption(new Option('--state <state>', 'in this state').choices([...LEDGER_STATES]))
    .option('--reason <text>', 'with this reason, as "status" shows it');
}

function filterOf({ target, state, reason }: Which): LedgerFilter {
  return {
    ...(target === undefined ? {} : { target }),
    ...(state === undefined ? {} : { states: [state] }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The people whose rows were found, each once: an id may stand in two directories. */
async function peopleCalled(found: Promise<LedgerEntry[]>, text: string): Promise<PersonRef[]> {
  const people = new Map(
    (await found).map(({ person }) => [`${person.directory} ${person.legacyId}`, person]),
  );
  if (people.size === 0) throw unknownPerson(text);
  return [...people.values()];
}

function unknownPerson(text: string): BridgeError {
  return new BridgeError('not_found', `The ledger knows nobody with the legacy id or sub "${text}".`);
}

function tableOf(entries: readonly LedgerEntry[]): string[] {
  const header = ['target', 'directory', 'legacy id', 'state', 'tries', 'since', 'reason'];
  return formatTable(
    header,
    entries.map(({ target, person, state, attempts, copiedAt, capturedAt, reason }) => [
      target,
      person.directory,
      person.legacyId,
      state,
      String(attempts),
      moment(copiedAt ?? capturedAt),
      reason ?? '',
    ]),
  );
}

function describe({
  target,
  person,
  externalId,
  clientId,
  state,
  reason,
  attempts,
  capturedAt,
  copiedAt,
}: LedgerEntry): string[] {
  return [
    `${target}: ${state}${reason === null ? '' : ` (${reason})`}`,
    `  person    ${person.legacyId} of ${person.directory}, sub ${externalId}`,
    `  captured  ${moment(capturedAt)}${clientId === '' ? '' : ` for ${clientId}`}, ${attempts} tries since`,
    `  copied    ${copiedAt === null ? 'not yet' : moment(copiedAt)}`,
  ];
}

const moment = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

function limit(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MAX_LIMIT) return count;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MAX_LIMIT}.`);
}
