import type { RunTable } from '../../store/schema.ts';
import type { Run, RunKind, RunState } from '../runs.ts';

export type RunRow = RunTable;

export function runOf(row: RunRow, now: number): Run {
  return {
    id: row.id,
    kind: row.kind as RunKind,
    target: row.target,
    state: row.state as RunState,
    options: JSON.parse(row.options_json),
    place: row.place ?? undefined,
    counters: JSON.parse(row.counters_json),
    reason: row.reason,
    actor: row.actor,
    attended: row.state === 'running' && row.lease_until > now,
    stopping: row.stop_requested === 1 && row.ended_at === null,
    startedAt: row.started_at,
    takenUpAt: row.taken_up_at,
    readBefore: row.read_before,
    updatedAt: row.updated_at,
    endedAt: row.ended_at,
  };
}
