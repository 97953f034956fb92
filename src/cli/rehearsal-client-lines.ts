import type { LedgerEntry } from '../ledger/ledger.ts';
import type { ClientStep, RehashSettings } from '../login/rehearsal.ts';
import { quoted } from './quoted.ts';

/** What a login at one client would come to, a line each. */
export function describeClient(step: ClientStep): string[] {
  return [
    ...(step.registered ? [] : ['Not registered yet: the configuration names it, and the next start does.']),
    `Asks for ${step.scope === undefined ? 'any scope' : `scope ${step.scope} at most`}.`,
    outcomeLine(step),
    switchLine(step),
    ...(step.ledger === null ? [] : [ledgerLine(step.ledger)]),
    ...captureLines(step),
  ];
}

function outcomeLine({ outcome }: ClientStep): string {
  switch (outcome.kind) {
    case 'authenticated':
      return 'Lets the person in.';
    case 'refused':
      return `A hook turns the person away: ${quoted(outcome.sentence)}`;
    case 'unavailable':
      return 'A hook failed for this person: "try again". The log says how.';
    default:
      return `Turns the person away (${outcome.kind}).`;
  }
}

function switchLine({ mode, modeHere, target, percent, bucket }: ClientStep): string {
  const where = target === undefined ? 'no target' : `target ${target}`;
  const stands =
    bucket === null
      ? 'where this person stands is decided at the first start'
      : `this person stands at ${bucket.toFixed(2)}`;
  const here = modeHere === null || modeHere === mode ? '' : `, and for whom the mode is ${modeHere}`;
  return `Mode ${mode}, ${where}, ${percent} % of people; ${stands}${here}.`;
}

function ledgerLine({ state, reason, attempts, capturedAt, copiedAt }: LedgerEntry): string {
  const at = (ms: number) => new Date(ms).toISOString();
  return [
    `Ledger: ${state}${reason === null ? '' : ` (${reason})`}`,
    `captured ${at(capturedAt)}`,
    ...(copiedAt === null ? [] : [`copied ${at(copiedAt)}`]),
    ...(attempts === 0 ? [] : [`${attempts} attempts`]),
  ].join(', ');
}

const NOT_CAPTURED = {
  'not-let-in': 'Nothing is captured.',
  off: 'Not captured: for this person the switch is off.',
  shadow: 'Not captured: in shadow, what would be sent is built, checked and counted, and nothing leaves.',
  'at-target': 'Not captured: the password is at the target, which has the say since the cutover.',
  undecided: 'Captured or not: the first start decides who is inside the percentage.',
  lossy: 'Not captured: what was typed need not be the whole password.',
  unchanged: 'Not captured again: the ledger has this password and this profile already.',
} as const;

function captureLines({ capture, target }: ClientStep): string[] {
  if (capture.kind !== 'credential' && capture.kind !== 'profile') return [NOT_CAPTURED[capture.kind]];
  const { fields, unsure, rehash, kind } = capture;
  return [
    kind === 'profile'
      ? `Captured for ${target}: the profile, since the password is there already. It would be sent:`
      : `Captured for ${target}. It would be sent:`,
    ...fields.map(({ name, value }) => `  ${name}: ${value === undefined ? told(rehash) : quoted(value)}`),
    ...(unsure === undefined ? [] : [`  ${target} could not be asked about its fields: ${unsure}`]),
  ];
}

const told = (rehash: RehashSettings | undefined) =>
  rehash === undefined
    ? '(a rehash)'
    : `(argon2id, m=${rehash.memoryKiB}, t=${rehash.iterations}, p=${rehash.parallelism})`;
