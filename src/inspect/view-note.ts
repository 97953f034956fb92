import type { Place } from './configuration.ts';
import type { Inspection } from './inspection.ts';

/** Says among the notes how the view that the configuration reads comes to be, where it must be made. */
export function withViewNote(
  inspection: Inspection,
  { place, load }: { readonly place: Place; readonly load: string | undefined },
): Inspection {
  const { view, notes } = inspection;
  if (view === undefined) return inspection;
  // Names stand in backquotes, which PostgreSQL does not know.
  const sql = place.kind === 'postgres' ? view.sql.replaceAll('`', '"') : view.sql;
  const note =
    load === undefined
      ? `The configuration reads the view ${view.name}, which is not there yet. Have the owner of the legacy system run: ` +
        `${sql} And have SELECT on it granted to the account of the bridge.`
      : `The configuration reads the view ${view.name}, which footbridge load makes: ${sql}`;
  return { ...inspection, notes: [...notes, note] };
}
