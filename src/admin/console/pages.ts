import type { StewardsDesk } from '../desk.ts';
import type { CheckWork } from '../work/checks.ts';
import type { ConsoleEntry } from './page.ts';
import { auditPages } from './pages/audit.ts';
import { checkPages } from './pages/checks.ts';
import { keyPages } from './pages/keys.ts';
import { overviewPages } from './pages/overview.ts';

/** The whole console; another page is one more file and one more line. */
export function allPages(desk: StewardsDesk, checks: CheckWork): ConsoleEntry[] {
  return [...overviewPages(desk), ...checkPages(checks), ...auditPages(desk), ...keyPages(desk)];
}
