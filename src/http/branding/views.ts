import { readdirSync, readFileSync } from 'node:fs';
import { Eta } from 'eta';

/** Renders a view by its name; every value is escaped, unless the view says otherwise. */
export type RenderView = (view: string, data: object) => string;

/**
 * All views that may be shown, compiled at once: a broken one is known at the start, not at somebody's login.
 *
 * @param folders of `.eta` files; of two views with one name the later folder's counts
 * @param templates that stand for them, by view
 * @param lines whether a fault names its line, which makes rendering slower
 * @throws EtaError for a template that is none
 */
export function createViews(
  folders: readonly URL[],
  templates: ReadonlyMap<string, string>,
  lines = false,
): RenderView {
  const eta = new Eta({ autoEscape: true, cache: true, debug: lines });
  const sources = new Map([...folders.flatMap(viewsIn), ...templates]);
  for (const [name, source] of sources) eta.loadTemplate(`@${name}`, source);
  return (view, data) => eta.render(`@${view}`, data);
}

function viewsIn(folder: URL): [string, string][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eta'))
    .map((name) => [name.slice(0, -'.eta'.length), readFileSync(new URL(name, folder), 'utf8')]);
}

/** What eta says over several lines, with an excerpt of its own code, in one sentence. */
export function templateFault(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const broken = /^Bad template syntax\s+(.+)/.exec(message)?.[1];
  if (broken !== undefined) return `its code cannot be understood (${broken}).`;
  const [, line, fault] = /^line (\d+)\n[\s\S]*\n\n(.+)$/.exec(message) ?? [];
  if (line !== undefined) return `line ${line}: ${fault}.`;
  return `${message.split('\n')[0]?.replace(/:$/, '')}.`;
}
