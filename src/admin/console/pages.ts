import type { StewardsDesk } from '../desk.ts';
import type { CheckWork } from '../work/checks.ts';
import { createSchemeWork, type SchemeWork } from '../work/schemes.ts';
import { createClientPages } from './clients/read-client.ts';
import type { ConsoleEntry } from './page.ts';
import { auditPages } from './pages/audit.ts';
import { checkPages } from './pages/checks.ts';
import { clientPages } from './pages/client.ts';
import { clientRegistrationPages } from './pages/client-registration.ts';
import { clientSwitchForms } from './pages/client-switch.ts';
import { clientListPages } from './pages/clients.ts';
import { keyPages } from './pages/keys.ts';
import { overviewPages } from './pages/overview.ts';
import { passwordPages } from './pages/passwords.ts';
import { peoplePages } from './pages/people.ts';
import { problemPages } from './pages/problems.ts';
import { reportPages } from './pages/report.ts';
import { runForms } from './pages/run-forms.ts';
import { runPages } from './pages/runs.ts';
import { targetPages } from './pages/targets.ts';

/** The whole console; another page is one more file and one more line. */
export function allPages(
  desk: StewardsDesk,
  checks: CheckWork,
  schemes: SchemeWork = createSchemeWork(desk),
): ConsoleEntry[] {
  const clients = createClientPages(desk);
  return [
    ...overviewPages(desk),
    ...clientListPages(clients),
    ...clientPages(clients),
    ...clientSwitchForms(clients),
    ...clientRegistrationPages(clients),
    ...peoplePages(desk),
    ...problemPages(desk),
    ...passwordPages(schemes),
    ...targetPages(desk),
    ...runPages(desk),
    ...runForms(desk),
    ...reportPages(desk),
    ...checkPages(checks),
    ...auditPages(desk),
    ...keyPages(desk),
  ];
}
