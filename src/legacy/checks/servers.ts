import type { CheckResult } from '../../domain/check.ts';
import type { Questions } from '../asking/questions.ts';

/**
 * Whether each server of a list answers: while one does, nobody notices that the others do not.
 *
 * @param sentence what an error means
 */
export async function checkServers(
  servers: readonly { readonly name: string; readonly questions: Questions }[],
  sentence: (error: unknown, server: string) => string,
): Promise<CheckResult[]> {
  if (servers.length < 2) return [];
  return Promise.all(
    servers.map(async ({ name, questions }, index): Promise<CheckResult> => {
      const about = `legacy.url[${index}]`;
      try {
        await questions.ask('SELECT 1');
        return { level: 'ok', about, found: `${name} answers.` };
      } catch (error) {
        return { level: 'warning', about, found: sentence(error, name) };
      }
    }),
  );
}
