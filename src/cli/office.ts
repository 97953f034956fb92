import { type Office, openOffice } from '../compose/office.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { Run } from './command.ts';
import { worldOf } from './world.ts';

/** Opens the bridge's records for one command, and closes them after it. */
export async function withOffice(
  run: Run,
  work: (office: Office, config: Config) => Promise<void>,
): Promise<void> {
  const config = loadConfig(run.configFile(), run.terminal.env);
  const office = await openOffice(config, worldOf(run.terminal, 'warn'));
  try {
    await work(office, config);
  } finally {
    await office.close();
  }
}

/** Who is at the keyboard, for the audit trail. */
export function actorOf({ terminal }: Run): string {
  return `cli:${terminal.env.SUDO_USER ?? terminal.env.USER ?? 'unknown'}`;
}
