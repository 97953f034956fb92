import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { ReportWanted, SignedReport } from '../../src/admin/desk.ts';
import type { DecommissionReport, ReportGroup } from '../../src/report/report.ts';
import { signDetached } from '../../src/report/signature.ts';
import { whatBreaks } from '../../src/report/what-breaks.ts';

const CLIENTS: DecommissionReport['clients'] = [
  { client_id: 'community', mode: 'cutover', target: 'new', needsLegacy: false },
  { client_id: 'mobile', mode: 'lazy', target: 'new', needsLegacy: true },
  { client_id: 'newsletter', mode: 'off', target: 'new', needsLegacy: true },
  { client_id: 'shop', mode: 'lazy', target: 'new', needsLegacy: true },
  { client_id: 'support', mode: 'shadow', target: 'new', needsLegacy: true },
];

const REFUSED = 'The target refused the copy: "email" is not an address.';
const group = (
  standing: ReportGroup['standing'],
  lastLogin: ReportGroup['lastLogin'],
  people: number,
  more: Partial<ReportGroup> = {},
): ReportGroup => ({
  standing,
  lastLogin,
  people,
  reason: null,
  scheme: 'bcrypt',
  unverifiable: false,
  ...more,
});

const GROUPS: readonly ReportGroup[] = [
  group('across', '30 days', 402),
  group('across', '30 days', 121, { scheme: 'phpass' }),
  group('without-password', 'never', 38),
  group('waiting', '30 days', 26),
  group('needs-admin', '30 days', 19, { reason: REFUSED }),
  group('password-changed', '30 days', 6),
  group('excluded', '30 days', 1, { reason: 'Asked not to be moved.' }),
  group('never-seen', 'never', 22, { scheme: 'md5($pass)' }),
  group('disabled', 'never', 5),
];

let key: Promise<JWK> | undefined;

/** The key that sample reports are signed with, private; its public part verifies them. */
export function sampleReportKey(): Promise<JWK> {
  key ??= generateKeyPair('RS256', { extractable: true }).then(async ({ privateKey }) => ({
    ...(await exportJWK(privateKey)),
    alg: 'RS256',
    kid: 'sample',
  }));
  return key;
}

/** As a migration has it in its last third; signed for real. */
export async function sampleReport({ target }: ReportWanted): Promise<SignedReport> {
  const people = GROUPS.reduce((sum, one) => sum + one.people, 0);
  const report: DecommissionReport = {
    kind: 'footbridge-decommission-report',
    version: 1,
    issuer: 'https://login.example.com',
    target,
    at: '2023-11-28T22:13:20.000Z',
    directories: [{ name: 'legacy', people }],
    people,
    across: 523,
    verdict: 'not-ready',
    breaks: whatBreaks(GROUPS, CLIENTS, target),
    clients: CLIENTS,
    groups: GROUPS,
    examples: [
      { standing: 'needs-admin', reason: REFUSED, people: [17, 54, 91].map(named) },
      { standing: 'password-changed', reason: null, people: [33, 120].map(named) },
      { standing: 'never-seen', reason: null, people: [601, 602, 603, 604, 605, 606].map(named) },
    ],
  };
  const document = Buffer.from(`${JSON.stringify(report, null, 2)}\n`);
  return { report, document, jws: await signDetached(document, await sampleReportKey()) };
}

const named = (id: number) => ({ directory: 'legacy', legacyId: String(id) });
