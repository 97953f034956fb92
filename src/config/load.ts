import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseDocument, type YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { BridgeError } from '../domain/errors.ts';
import { crossCheck } from './cross-check.ts';
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
  const [first] = document.errors;
  if (first !== undefined) throw new ConfigurationError(file, [notYaml(first)]);
  const problems: Problem[] = [];
  const raw = withPaths(file, withKeyFile(substitute(document.toJS(), lookupIn(env), problems), problems));
  return checked(file, raw, problems);
}

/** Checks a configuration that is an object already, as a program that mounts the bridge has it. */
export function parseConfig(raw: unknown): Config {
  return checked('The configuration', raw, []);
}

function checked(source: string, raw: unknown, earlier: readonly Problem[]): Config {
  const result = bridgeOptions.safeParse(raw);
  const problems = new Map<string, Problem>();
  // One problem a place: what follows from it, or from a variable that is not set, is no news.
  const found = [...earlier, ...(result.error?.issues ?? []).flatMap(problemsOf), ...crossCheck(raw)];
  for (const problem of found) if (!problems.has(problem.path)) problems.set(problem.path, problem);
  if (result.data === undefined || problems.size > 0)
    throw new ConfigurationError(source, [...problems.values()]);
  return result.data;
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  const meant = issue.code === 'invalid_union' ? branchMeant(issue) : undefined;
  if (meant !== undefined) {
    return meant.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] }));
  }
  if (issue.code !== 'unrecognized_keys') return [{ path: pathOf(issue.path), message: issue.message }];
  return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), message: 'there is no such key' }));
}

/** Where one thing or a list of them may stand, what is wrong inside is said of the one that it is. */
function branchMeant({ errors }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
  const isOther = ({ path, code }: z.core.$ZodIssue) => path.length === 0 && code === 'invalid_type';
  const inside = errors.filter((issues) => !issues.some(isOther));
  return inside.length === 1 && errors.length === 2 ? inside[0] : undefined;
}

/** The first error is the one to mend; its text may quote the file, so only its kind and place are told. */
function notYaml({ code, linePos }: YAMLParseError): Problem {
  const [at] = linePos ?? [];
  const kind = code.toLowerCase().replaceAll('_', ' ');
  const message = 'it is not YAML here. Inside { } and [ ], what begins with $ needs quotes';
  return { path: at ? `line ${at.line}, column ${at.col}` : '', message: `${message} (${kind})` };
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

/** `legacy.hooks` and `branding.folder` are found from where the file is, wherever the process was started. */
function withPaths(file: string, raw: unknown): unknown {
  if (!isRecord(raw)) return raw;
  const absolute = (section: unknown, key: string): unknown =>
    isRecord(section) && typeof section[key] === 'string'
      ? { ...section, [key]: resolve(dirname(file), section[key]) }
      : section;
  const { legacy, branding } = raw;
  const withHooks = (directory: unknown) => absolute(directory, 'hooks');
  return {
    ...raw,
    ...('legacy' in raw && { legacy: Array.isArray(legacy) ? legacy.map(withHooks) : withHooks(legacy) }),
    ...('branding' in raw && { branding: absolute(branding, 'folder') }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const count = (n: number) => (n === 1 ? 'a problem' : `${n} problems`);
