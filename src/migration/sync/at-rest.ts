import type { Clients } from '../../clients/clients.ts';
import { copiesTo } from '../../clients/migration.ts';
import type { Target } from '../../targets/target.ts';

export interface AtRestDependencies {
  readonly clients: Pick<Clients, 'list'>;
  readonly target: Pick<Target, 'name'>;
}

/** The clients whose switches carry nothing to the target now: off, in shadow, or with another target. */
export async function clientsAtRest({ clients, target }: AtRestDependencies): Promise<Set<string>> {
  const atRest = (await clients.list()).filter(({ migration }) => !copiesTo(migration, target.name));
  return new Set(atRest.map(({ metadata }) => metadata.client_id));
}
