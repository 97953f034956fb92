import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type House, type HouseDeps, openHouse } from './house.ts';
import { invitation } from './invitation.ts';
import { PEOPLE, type Person } from './people.ts';
import { choosePorts } from './ports.ts';
import { allHeld, reportStory, type Told } from './report.ts';
import { type Held, logInAlone, logInThroughBridge } from './story.ts';

export interface DemoOptions {
  /** Runs the story for everybody without a browser, prints what became of it, and ends. */
  readonly once: boolean;
  /** Of the bridge; 4000 or any free one by default. */
  readonly port?: number | undefined;
  /** Of the new platform; 4100 or any free one by default. */
  readonly platformPort?: number | undefined;
  /** Where the databases go; kept afterwards. A temporary folder that is removed by default. */
  readonly folder?: string | undefined;
  /** Standard output; a text of one or more lines without the last line's end. */
  readonly out: (text: string) => void;
}

export interface DemoDeps extends HouseDeps {
  /** Resolves when the person at the terminal has seen enough (Ctrl-C). Asked once. */
  readonly untilStopped: () => Promise<void>;
  /** Who lives in the legacy table; a dozen people by default. */
  readonly people?: readonly Person[];
  /** How long one copy may take, in milliseconds. */
  readonly patienceMs?: number;
}

const BRIDGE_PORT = 4000;
const ADMIN_PORT = 4001;
const PLATFORM_PORT = 4100;
const ANY_PORT = 0;
const PATIENCE_MS = 20_000;

/**
 * Opens the model house on the loopback address.
 *
 * @returns the exit code: 0 when it was closed in order and, with `once`, everything held for everybody; else 1
 * @throws BridgeError `invalid_request` when a port that was asked for is taken
 */
export async function runDemo(options: DemoOptions, deps: DemoDeps): Promise<0 | 1> {
  const [bridgePort = 0, platformPort = 0, adminPort = 0] = await choosePorts([
    { preferred: options.once ? ANY_PORT : BRIDGE_PORT, required: options.port },
    { preferred: options.once ? ANY_PORT : PLATFORM_PORT, required: options.platformPort },
    { preferred: options.once ? ANY_PORT : ADMIN_PORT },
  ]);
  const people = deps.people ?? PEOPLE;
  const stop = new AbortController();
  const stopped = deps.untilStopped().then(() => stop.abort());
  const { folder, remove } = prepareFolder(options.folder);
  try {
    const house = await openHouse(people, { folder, bridgePort, platformPort, adminPort }, deps);
    try {
      if (options.once) return await tellOnce(house, people, options, deps, stop.signal);
      options.out(invitation(people, house.platform.origin, house.bridge, options.folder));
      await stopped;
      return 0;
    } finally {
      await house.close();
    }
  } finally {
    remove();
  }
}

async function tellOnce(
  house: House,
  people: readonly Person[],
  { out }: DemoOptions,
  { patienceMs = PATIENCE_MS }: DemoDeps,
  stop: AbortSignal,
): Promise<0 | 1> {
  const legacyBefore = house.legacy.contents();
  const begun = [];
  for (const person of people) {
    if (stop.aborted) return 1;
    begun.push({ person, chapter: await logInThroughBridge(person, house.platform, { patienceMs }) });
  }
  const untouched = house.legacy.contents() === legacyBefore;
  const rows = house.platform.users.list().length;

  await house.switchLegacyOff();
  const all: Told[] = [];
  for (const { person, chapter } of begun) {
    all.push({ person, ...chapter, ...(await logInAlone(person, house.platform)) });
  }

  const others: { what: string; held: Held }[] = [
    { what: 'The legacy table is as it was', held: held(untouched, 'somebody wrote to it') },
    {
      what: 'Everybody is at the target exactly once',
      held: held(rows === people.length, `${rows} rows for ${people.length} people`),
    },
  ];
  const good = allHeld(all, others);
  out(reportStory(all, others));
  out('The logins "there alone" ran with the bridge closed and the legacy table removed.');
  out(good ? '\nAll of it held.' : '\nNot all of it held.');
  return good ? 0 : 1;
}

function held(condition: boolean, why: string): Held {
  return condition ? { held: true } : { held: false, why };
}

function prepareFolder(wanted: string | undefined): { folder: string; remove: () => void } {
  if (wanted !== undefined) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    // Each run is a house of its own inside it: two runs must not meet in one database.
    return { folder: mkdtempSync(join(wanted, 'demo-')), remove: () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-demo-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
