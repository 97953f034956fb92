import type { SqlTargetOptions } from '../../src/targets/sql/options.ts';
import { sqlTargetOptions } from '../../src/targets/sql/options.ts';

/** The options of a target whose table the tests make. */
export function sqlOptions(url: string, changes: Record<string, unknown> = {}): SqlTargetOptions {
  return sqlTargetOptions.parse({
    kind: 'sql',
    url,
    table: 'users',
    externalId: 'external_id',
    password: { column: 'password_hash' },
    columns: { email: 'email', name: 'name' },
    timeoutMs: 3_000,
    ...changes,
  });
}
