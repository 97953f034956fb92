import type { Csrf } from '../../http/csrf.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { StewardsDesk } from '../desk.ts';
import { type CheckWork, createCheckWork } from '../work/checks.ts';
import { createSchemeWork, type SchemeWork } from '../work/schemes.ts';
import { auditRoutes } from './resources/audit.ts';
import { checkRoutes } from './resources/checks.ts';
import { clientRoutes } from './resources/clients.ts';
import { keyRoutes } from './resources/keys.ts';
import { ledgerRoutes } from './resources/ledger.ts';
import { passwordRoutes } from './resources/passwords.ts';
import { peopleRoutes } from './resources/people.ts';
import { problemRoutes } from './resources/problems.ts';
import { progressRoutes, progressStreams } from './resources/progress.ts';
import { reportRoutes } from './resources/report.ts';
import { runRoutes } from './resources/runs.ts';
import { schemeRoutes } from './resources/schemes.ts';
import { selfRoutes } from './resources/self.ts';
import { setupRoutes } from './resources/setup.ts';
import { switchRoutes } from './resources/switches.ts';
import { targetRoutes } from './resources/targets.ts';
import type { Route } from './route.ts';
import type { Stream } from './stream.ts';

/** The whole API; another resource is one more file and one more line. */
export function allRoutes(
  desk: StewardsDesk,
  csrf: Csrf,
  checks: CheckWork = createCheckWork(desk),
  schemes: SchemeWork = createSchemeWork(desk),
): Route[] {
  return [
    ...selfRoutes(csrf),
    ...clientRoutes(desk),
    ...switchRoutes(desk),
    ...setupRoutes(desk),
    ...targetRoutes(desk),
    ...peopleRoutes(desk),
    ...ledgerRoutes(desk),
    ...runRoutes(desk),
    ...progressRoutes(desk),
    ...reportRoutes(desk),
    ...problemRoutes(desk),
    ...schemeRoutes(schemes),
    ...auditRoutes(desk),
    ...checkRoutes(checks),
    ...keyRoutes(desk),
    ...passwordRoutes(desk),
  ];
}

/** What is listened to: its answers do not end. */
export const allStreams = (desk: StewardsDesk, logger: Logger): Stream[] => progressStreams(desk, logger);
