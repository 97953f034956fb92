import { z } from 'zod';
import { schemeName } from '../passwords/options.ts';
import { type Problem, pathOf } from './problem.ts';

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
  legacy: z
    .object({ password: z.object({ scheme: z.unknown() }).catch({ scheme: undefined }) })
    .catch({ password: { scheme: undefined } }),
});

/** What no room can check alone. Looks at the raw text, so that it is reported together with everything else. */
export function crossCheck(raw: unknown): Problem[] {
  const { data } = parts.safeParse(raw);
  if (data === undefined) return [];
  return [...checkClients(data), ...checkSchemes(data.legacy.password.scheme)];
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

function checkSchemes(scheme: unknown): Problem[] {
  const path = ['legacy', 'password', 'scheme'];
  const named: [PropertyKey[], unknown][] =
    typeof scheme === 'object' && scheme !== null && 'map' in scheme
      ? Object.entries(Object(scheme.map)).map(([value, name]) => [[...path, 'map', value], name])
      : [[path, scheme]];
  return named.flatMap(([at, name]) => {
    const message =
      typeof name === 'string' ? schemeName.safeParse(name).error?.issues[0]?.message : undefined;
    return message === undefined ? [] : [{ path: pathOf(at), message }];
  });
}
