import { BACK_OFF, type CopyEvent, RETRY_POLICY } from '../src/migration/courier/retry-policy.ts';
import { workerOptions } from '../src/migration/options.ts';

const HEAD = `# Retry policy

<!-- Written by \`npm run generate\` from src/migration/courier/retry-policy.ts; a test compares. -->

How a copy can end, and what follows. The courier acts by this table.

- **row**: its state afterwards. _as it was_: it waits for its turn, as if it had never been taken. _leased_: nobody takes
  it before its lease is over (\`worker.leaseSeconds\`), since the target may be working on it; then it is due again.
- **attempt**: \`worker.maxAttempts\` (${workerOptions.parse({}).maxAttempts} unless configured) are spent, and the row is parked with the last reason.
  What is not about this person spends none: an outage, however long, parks nobody.
- **back-off**: any time up to ${duration(BACK_OFF.firstMs)}, and up to twice as long at each further attempt, at most ${duration(BACK_OFF.longestMs)}. The time is drawn anew
  each time, so that what failed together does not come back together.
- **circuit**: known to all instances. A target that _fails_ is left alone for 1 s, then 2 s, 4 s ... at most 60 s; then one
  copy alone is sent to see whether it is back. Its answer _closes_ the circuit, whatever it says about the copy.
- A stopped courier (SIGTERM) claims nothing more, waits ten seconds for the copies under way, and hands back the leases
  of the rest.
- \`parked\` and \`conflict\` wait for an admin: \`footbridge ledger list --state parked\`, then \`footbridge ledger retry\`.
`;

const WAITS = {
  none: '',
  'back-off': 'back-off',
  lease: 'until the lease is over',
  circuit: 'while the circuit is open',
  'retry-after': 'as long as it asked',
  rate: 'until the rate allows it',
} as const;
const WHO = {
  nobody: '',
  row: 'the row',
  client: 'rows of this client',
  legacy: 'all copies',
  target: 'all copies to it',
};
const CIRCUIT = { answers: 'closes', fails: 'fails', pauses: 'waits' } as const;

/** `docs/reference/retry-policy.md`, whole. */
export function retryPolicyPage(): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const header = ['event', 'when', 'row', 'attempt', 'what waits', 'for how long', 'circuit'];
  const rows = (Object.keys(RETRY_POLICY) as CopyEvent[]).map((event) => {
    const rule = RETRY_POLICY[event];
    const wait = typeof rule.wait === 'number' ? duration(rule.wait) : WAITS[rule.wait];
    const circuit = 'circuit' in rule ? CIRCUIT[rule.circuit] : '';
    return line([event, rule.when, `\`${rule.row}\``, rule.attempt, WHO[rule.waits], wait, circuit]);
  });
  return [HEAD, line(header), line(header.map(() => '---')), ...rows, ''].join('\n');
}

function duration(ms: number): string {
  if (ms >= 3_600_000) return `${ms / 3_600_000} h`;
  return ms >= 60_000 ? `${ms / 60_000} min` : `${ms / 1_000} s`;
}
