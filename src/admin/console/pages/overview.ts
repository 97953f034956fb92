import { z } from 'zod';
import { BridgeError } from '../../../domain/errors.ts';
import { targetName } from '../../api/resources/views.ts';
import type { StewardsDesk } from '../../desk.ts';
import { createAuditWork } from '../../work/audit.ts';
import { createClientWork } from '../../work/clients.ts';
import { createProgressWork, type Progress } from '../../work/progress.ts';
import { createTargetWork } from '../../work/targets.ts';
import { changesBetween } from '../changes.ts';
import { createFormats } from '../formats.ts';
import { burnDown, copiesPerHour } from '../overview-charts.ts';
import { clientHints, forecastWords, throughputOf, tilesOf } from '../overview-words.ts';
import { type ConsoleEntry, page } from '../page.ts';

type TargetProgress = Progress['targets'][number];

const HOUR = 3_600_000;
const HOURS = 48;
const MOST_CLIENTS = 12;
const AUDIT_LINES = 5;

/** How far the migration is: everything at one glance, for one target. */
export function overviewPages(desk: StewardsDesk): ConsoleEntry[] {
  const progress = createProgressWork(desk);
  const [targets, clients, audit] = [createTargetWork(desk), createClientWork(desk), createAuditWork(desk)];

  /** Undefined while nobody is in the ledger. */
  async function figuresOf(mine: TargetProgress, at: number, now: number) {
    const { target, copied, waiting, failing, setAside, forecast } = mine;
    if (copied + waiting + failing + setAside === 0) return undefined;
    const f = createFormats(now);
    const byDay = await progress.series(target, { to: at, step: 'day' });
    const byHour = await progress.series(target, { from: at - (HOURS - 1) * HOUR, to: at, step: 'hour' });
    return {
      figures: mine,
      tiles: tilesOf(target),
      forecast: forecastWords(forecast, f),
      burnDown: burnDown(byDay, forecast, f),
      copies: copiesPerHour(byHour, f),
      throughput: throughputOf(mine, byHour.steps, f),
    };
  }

  async function clientsAt(now: number) {
    const f = createFormats(now);
    const registered = await clients.list();
    const shown = registered.slice(0, MOST_CLIENTS).map(({ client_id, client_name, migration }) => ({
      client_id,
      name: client_name ?? client_id,
      mode: migration.mode,
      target: migration.target,
      hints: clientHints(migration, now, f),
    }));
    return { clients: shown, moreClients: registered.length - shown.length };
  }

  async function latestLines() {
    const { items } = await audit.list({ limit: AUDIT_LINES });
    return items.map((line) => ({ ...line, changes: changesBetween(line.before, line.after).slice(0, 2) }));
  }

  return [
    page({
      path: '/',
      title: 'Overview',
      query: z.object({ target: targetName.optional() }),
      scripts: ['chart', 'live'],
      async show({ query, now }) {
        const { at, directoryPeople: people, targets: all } = await progress.overview();
        const configured = all.filter(({ target }) => desk.targets.has(target));
        const wanted = query.target ?? configured[0]?.target;
        const mine = configured.find(({ target }) => target === wanted);
        if (query.target !== undefined && mine === undefined) {
          throw new BridgeError('not_found', `There is no target "${query.target}".`);
        }
        const { runs } = await progress.totals();
        const data = {
          at,
          people,
          names: configured.map(({ target }) => target),
          target: mine?.target,
          circuit: (await targets.list()).find(({ name }) => name === mine?.target)?.circuit,
          runs: runs.filter(({ target }) => target === mine?.target),
          lines: await latestLines(),
          ...(await clientsAt(now)),
        };
        return { view: 'overview', data: { ...data, shown: mine && (await figuresOf(mine, at, now)) } };
      },
    }),
  ];
}
