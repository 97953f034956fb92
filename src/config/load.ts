import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { BridgeError } from '../domain/errors.ts';
import { type Problem, pathOf } from './problem.ts';
import { bridgeOptions, type Config } from './schema.ts';
import { type Lookup, substitute } from './substitute.ts';

export class ConfigurationError extends BridgeError {
  readonly problems: readonly Problem[];

  constructor(source: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => `  - ${path === '' ? '' : `${path}: `}${message}`);
    super('configuration_invalid', `${source} has ${count(problems.length)}:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Reads the configuration file, puts the environment in and checks all of it.
 *
 * @param env the environment, for `${NAME}` and `NAME_FILE`
 * @throws ConfigurationError with every problem at once, each with its path
 */
export function loadConfig(file: string, env: Readonly<Record<string, string | undefined>>): Config {
  const document = parseDocument(readText(file), { prettyErrors: true });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message }) => ({
      path: '',
      message: message.split('\n\n')[0] ?? message,
    }));
    throw new ConfigurationError(file, problems);
  }
  const problems: Problem[] = [];
  const raw = withKeyFile(substitute(document.toJS(), lookupIn(env), problems), problems);
  return checked(file, raw, problems);
}

/** Checks a configuration that is an object already, as a program that mounts the bridge has it. */
export function parseConfig(raw: unknown): Config {
  return checked('The configuration', raw, []);
}

function checked(source: string, raw: unknown, earlier: readonly Problem[]): Config {
  const result = bridgeOptions.safeParse(raw);
  const issues = result.error?.issues ?? [];
  const problems = [...earlier];
  for (const { path, message } of issues) {
    const at = pathOf(path);
    // A variable that is not set is the one thing to say about a value, not also that its text looks wrong.
    if (!earlier.some((problem) => problem.path === at)) problems.push({ path: at, message });
  }
  if (result.data === undefined || problems.length > 0) throw new ConfigurationError(source, problems);
  return result.data;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = (error as { code?: string }).code === 'ENOENT';
    const message = missing
      ? 'there is no such file; name yours with --config FILE, or copy one of config/*.example.yaml'
      : `it cannot be read (${(error as { code?: string }).code})`;
    throw new ConfigurationError(file, [{ path: '', message }]);
  }
}

function lookupIn(env: Readonly<Record<string, string | undefined>>): Lookup {
  return (name) => {
    const file = env[`${name}_FILE`];
    return env[name] ?? (file === undefined ? undefined : readFileSync(file, 'utf8').replace(/\r?\n$/, ''));
  };
}

/** `secretKeyFile` is the other spelling of `secretKey`. */
function withKeyFile(raw: unknown, problems: Problem[]): unknown {
  if (typeof raw !== 'object' || raw === null || !('secretKeyFile' in raw)) return raw;
  const { secretKeyFile, ...rest } = raw;
  if ('secretKey' in rest) {
    problems.push({ path: 'secretKeyFile', message: 'give secretKey or secretKeyFile, not both' });
    return rest;
  }
  try {
    return { ...rest, secretKey: readFileSync(String(secretKeyFile), 'utf8').trim() };
  } catch (error) {
    const code = (error as { code?: string }).code;
    problems.push({
      path: 'secretKey',
      message: `the file that secretKeyFile names cannot be read (${code})`,
    });
    return rest;
  }
}

const count = (n: number) => (n === 1 ? 'a problem' : `${n} problems`);
