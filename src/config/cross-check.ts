import { z } from 'zod';
import { schemeList, schemeName } from '../passwords/options.ts';
import { type Problem, pathOf } from './problem.ts';

const directory = z
  .object({
    name: z.string().optional().catch(undefined),
    password: z.object({ scheme: z.unknown() }).catch({ scheme: undefined }),
  })
  .catch({ password: { scheme: undefined } });

/** The parts of a configuration that speak of each other, read as far as they can be. */
const parts = z.object({
  targets: z.record(z.string(), z.unknown()).catch({}),
  clients: z
    .array(
      z
        .object({
          client_id: z.string().optional().catch(undefined),
          migration: z.object({ target: z.string().optional().catch(undefined) }).catch({}),
        })
        .catch({ migration: {} }),
    )
    .catch([]),
  legacy: z.union([z.array(directory), directory]),
  writeBack: z.record(z.string(), z.unknown()).catch({}),
});

/** What no room can check alone. Looks at the raw text, so that it is reported together with everything else. */
export function crossCheck(raw: unknown): Problem[] {
  const { data } = parts.safeParse(raw);
  if (data === undefined) return [];
  return [...checkClients(data), ...checkDirectories(data), ...checkWriteBack(data)];
}

function checkDirectories({ legacy }: z.output<typeof parts>): Problem[] {
  if (!Array.isArray(legacy)) return checkSchemes(['legacy'], legacy.password.scheme);
  const names = legacy.map(({ name }) => name ?? 'legacy');
  return legacy.flatMap(({ name, password }, index) => {
    const path = pathOf(['legacy', index, 'name']);
    const problems = checkSchemes(['legacy', index], password.scheme);
    // A name that is a default is easily given to another directory later, and with it every `sub`.
    if (name === undefined && index > 0)
      problems.push({ path, message: 'each directory after the first needs a name' });
    else if (names.indexOf(name ?? 'legacy') < index)
      problems.push({ path, message: `"${name}" is named twice` });
    return problems;
  });
}

function checkWriteBack({ legacy, writeBack }: z.output<typeof parts>): Problem[] {
  const names = [legacy].flat().map(({ name }) => name ?? 'legacy');
  return Object.keys(writeBack)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: pathOf(['writeBack', name]),
      message: `there is no legacy directory called "${name}"; directories: ${names.join(', ')}`,
    }));
}

function checkClients({ clients, targets }: z.output<typeof parts>): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [index, { client_id, migration }] of clients.entries()) {
    const { target } = migration;
    if (target !== undefined && !(target in targets)) {
      const names = Object.keys(targets).join(', ') || 'none';
      const path = pathOf(['clients', index, 'migration', 'target']);
      problems.push({ path, message: `there is no target called "${target}"; targets: ${names}` });
    }
    if (client_id === undefined) continue;
    if (seen.has(client_id)) {
      problems.push({
        path: pathOf(['clients', index, 'client_id']),
        message: `"${client_id}" is named twice`,
      });
    }
    seen.add(client_id);
  }
  return problems;
}

function checkSchemes(directory: readonly PropertyKey[], scheme: unknown): Problem[] {
  const path = [...directory, 'password', 'scheme'];
  const named: [PropertyKey[], unknown][] =
    typeof scheme === 'object' && scheme !== null && !Array.isArray(scheme) && 'map' in scheme
      ? Object.entries(Object(scheme.map)).map(([value, name]) => [[...path, 'map', value], name])
      : [[path, scheme]];
  return named.flatMap(([at, name]) => {
    const { error } = (Array.isArray(name) ? schemeList : schemeName).safeParse(name);
    const issues = error?.issues.filter(({ code }) => code === 'custom') ?? [];
    return issues.map(({ path: inner, message }) => ({ path: pathOf([...at, ...inner]), message }));
  });
}
