import type {
  ClaimsStep,
  LookUpStep,
  RehearsalStep,
  SchemeStep,
  StatusStep,
  VerdictStep,
} from '../login/rehearsal.ts';
import { quoted } from './quoted.ts';
import { describeClient } from './rehearsal-client-lines.ts';

/** A step of a rehearsal for a terminal: a heading, and below it what there is to say. */
export function describeStep(step: RehearsalStep): string[] {
  switch (step.step) {
    case 'look-up':
      return under(`Look-up (${step.milliseconds} ms)`, lookUpLines(step));
    case 'scheme':
      return under('Scheme', schemeLines(step));
    case 'verdict':
      return under(
        step.verdict.kind === 'not-asked' ? 'Password' : `Password (${step.milliseconds} ms)`,
        verdictLines(step),
      );
    case 'status':
      return under('Status', [statusLine(step)]);
    case 'hook-failed':
      return under('Hooks', [`The hook ${step.hook} failed for this person: "try again". The log says how.`]);
    case 'claims':
      return under('Claims', claimLines(step));
    case 'client':
      return under(`Client ${step.clientId}`, describeClient(step));
  }
}

export const under = (heading: string, lines: readonly string[]) => [
  heading,
  ...lines.map((line) => `  ${line}`),
];

function lookUpLines({ directories, answer, directory, legacyIds = [], why }: LookUpStep): string[] {
  return [...directories.flatMap(({ name, lookUp }) => directoryLines(name, lookUp)), conclusion()];

  function conclusion(): string {
    switch (answer) {
      case 'found':
        return `Found in ${directory}: legacy id ${legacyIds.map(quoted).join()}.`;
      case 'none':
        return 'Nobody answers to this name: rejected, after as much time as a wrong password takes.';
      case 'ambiguous':
        return `Ambiguous in ${directory} (legacy ids ${legacyIds.map(quoted).join(', ')}): rejected, since none of them is taken by guess.`;
      case 'unavailable':
        return `${directory ?? 'A directory'} could not be asked: "try again", which counts against nobody. ${why}`;
    }
  }
}

function directoryLines(name: string, lookUp: LookUpStep['directories'][number]['lookUp']): string[] {
  if (lookUp === null) return [`${name}: had not answered when another had decided`];
  if (lookUp.answer === 'unavailable') return [`${name}: no answer`];
  const rows = new Set(lookUp.candidates.map(({ legacyId }) => legacyId)).size;
  return [
    `${name}: the database gave ${rows === 0 ? 'no row' : rows === 1 ? '1 row' : `${rows} rows`}; rule: ${lookUp.rule}`,
    ...lookUp.candidates.map(({ legacyId, column, matches, deleted }) => {
      const judged = matches ? 'matches' : 'is not this name by the rule';
      return `  legacy id ${quoted(legacyId)}: ${column} ${judged}${deleted ? '; the row is marked as deleted' : ''}`;
    }),
  ];
}

function schemeLines({ configured, identity }: SchemeStep): string[] {
  const says = `The configuration says ${configured}.`;
  switch (identity.kind) {
    case 'scheme': {
      const { scheme, parameters, judgement, needs, outOfBounds } = identity;
      const settings = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
      const strength =
        judgement.strength === 'strong' ? 'strong' : `${judgement.strength}: ${judgement.reason}`;
      return [
        `${scheme}${settings.length === 0 ? '' : ` (${settings.join(', ')})`}; ${strength}`,
        ...(outOfBounds === undefined ? [] : [`Out of bounds: ${outOfBounds}`]),
        ...(needs.length === 0 ? [] : [`It needs ${needs.join(' and ')} beside the column.`]),
        says,
      ];
    }
    case 'damaged':
      return [`Damaged: ${identity.why}`, says];
    case 'ambiguous':
      return [
        `${identity.shape}: nothing in it says whether it is ${identity.candidates.slice(0, 5).join(', ')}`,
        says,
      ];
    case 'empty':
      return ['The row has no password.', says];
    case 'unknown':
      return [`Not a value that any scheme knows: ${identity.shape}`, says];
  }
}

function verdictLines({ verdict, decoyMilliseconds }: VerdictStep): string[] {
  const least = `Any answer but a match takes about ${decoyMilliseconds} ms at least, like that of somebody who does not exist.`;
  switch (verdict.kind) {
    case 'match':
      return verdict.lossy
        ? [
            `Match by ${verdict.scheme}, which looked at only a part of the password: let in, and not captured.`,
            least,
          ]
        : [`Match by ${verdict.scheme}.`, least];
    case 'mismatch':
      return [`Mismatch by ${verdict.scheme}: rejected.`, least];
    case 'unknown-scheme':
      return [
        `Cannot be verified: ${verdict.shape}.`,
        'Rejected like a wrong password; "footbridge status" would count the row.',
        least,
      ];
    case 'out-of-bounds':
      return [
        `Cannot be verified by ${verdict.scheme}: ${verdict.reason}`,
        'Rejected like a wrong password; "footbridge status" would count the row.',
        least,
      ];
    case 'not-asked':
      return ['Not asked for. The row can be verified.', least];
    case 'nobody':
      return [least];
  }
}

function statusLine({ status, lockedUntil, changePasswordUrl }: StatusStep): string {
  switch (status) {
    case 'active':
      return 'Active.';
    case 'disabled':
      return 'Disabled: turned away, and told so.';
    case 'locked':
      return lockedUntil === undefined
        ? 'Locked: turned away, and told so.'
        : `Locked until ${new Date(lockedUntil * 1000).toISOString()}: turned away, and told so.`;
    case 'must-change-password':
      return `Must change the password first: turned away${changePasswordUrl === undefined ? '' : `, and sent to ${quoted(changePasswordUrl)}`}.`;
  }
}

function claimLines({ subject, loggedInBefore, scopes }: ClaimsStep): string[] {
  return [
    `${loggedInBefore ? 'Has logged in here before.' : 'Has never logged in here.'} The ID token says sub; userinfo says, by scope:`,
    ...Object.entries(scopes).flatMap(([scope, claims]) =>
      under(
        scope,
        Object.entries(claims).map(([claim, value]) => `${claim}: ${quoted(value)}`),
      ),
    ),
    ...(scopes.openid === undefined ? [`sub: ${subject}`] : []),
  ];
}
