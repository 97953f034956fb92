import type { Command } from 'commander';
import { type RehearsalReport, rehearse } from '../../compose/rehearsal.ts';
import { loadConfig } from '../../config/load.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { quoted } from '../quoted.ts';
import { describeStep } from '../rehearsal-lines.ts';
import { worldOf } from '../world.ts';

interface Options {
  readonly client?: string;
  readonly password: boolean;
  readonly json?: boolean;
}

export function addTry(program: Command, run: Run): void {
  program
    .command('try')
    .description('explain what the bridge would do for one person who logs in; writes nothing')
    .argument('<login>', 'what the person types')
    .option('--client <id>', 'at this client alone; else at every one')
    .option('--no-password', 'ask for no password and explain everything but the verdict')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 the person would log in; 1 would not; 2 wrong usage or configuration.',
    )
    .action(async (login: string, options: Options) => {
      const config = loadConfig(run.configFile(), run.terminal.env);
      const password = options.password ? await run.terminal.askSecret('Password of this person') : undefined;
      const report = await rehearse(config, worldOf(run.terminal, 'silent'), {
        identifier: login,
        password,
        clientId: options.client,
      });
      if (options.json) run.terminal.print(JSON.stringify(report, null, 2));
      else for (const line of describe(report)) run.terminal.print(line);
      run.exitWith(report.wouldLogIn ? EXIT.ok : EXIT.failed);
    });
}

const RECORDS = {
  current: [],
  missing: ['The bridge has kept nothing yet: its own database will be made at the first start.', ''],
  outdated: [
    'The bridge’s own database will be brought up to date at the next start: nothing is known of anybody here until then.',
    '',
  ],
} as const;

function describe({ login, records, steps, wouldLogIn }: RehearsalReport): string[] {
  const told = steps.map(({ step }) => step);
  const verdict = wouldLogIn ? 'would log in' : 'would not log in';
  const unasked = steps.some((step) => step.step === 'verdict' && step.verdict.kind === 'not-asked');
  const clients = told.includes('claims') && !told.includes('client');
  return [
    ...RECORDS[records],
    ...steps.flatMap((step) => [...describeStep(step), '']),
    ...(clients ? ['No client is registered, so nobody can log in yet: footbridge client add.', ''] : []),
    `${quoted(login)} ${verdict}${wouldLogIn && unasked ? ' with the right password' : ''}. Nothing was written.`,
  ];
}
