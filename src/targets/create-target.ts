import type { TargetOptions } from './options.ts';
import { createSqlTarget } from './sql/create-sql-target.ts';
import type { Target } from './target.ts';

/** Opens the door that the options describe. Connects when it is first used, so an outage does not keep us from starting. */
export function createTarget(name: string, options: TargetOptions): Target {
  switch (options.kind) {
    case 'sql':
      return createSqlTarget(name, options);
  }
}
