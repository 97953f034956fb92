/** One line of SHOW GRANTS. */
export type Grant =
  | {
      readonly kind: 'rights';
      /** Upper case, without column lists, e.g. `SELECT`, `ALL PRIVILEGES`. */
      readonly rights: readonly string[];
      /** The same as the server wrote them, with column lists, for a REVOKE. */
      readonly written: readonly string[];
      /** As the server quotes it: `*.*`, `` `db`.* ``, `` `db`.`table` ``. */
      readonly on: string;
      readonly withGrantOption: boolean;
    }
  | { readonly kind: 'role'; readonly role: string };

const NAME = /`(?:[^`]|``)*`|'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"/g;
const PLACE = /#(\d+)#/g;

/**
 * Reads one line of SHOW GRANTS of MySQL or MariaDB.
 *
 * @returns undefined for a line that grants nothing (MariaDB's SET DEFAULT ROLE, MySQL's partial REVOKE)
 */
export function parseGrant(line: string): Grant | undefined {
  // Names may contain any word of the grammar; they are set aside first.
  const names: string[] = [];
  const text = line.replaceAll(NAME, (name) => `#${names.push(name) - 1}#`);
  const restore = (part: string) => part.replaceAll(PLACE, (_, index) => names[Number(index)] ?? '').trim();

  const onObject = /^GRANT (.+?) ON (?:(?:TABLE|FUNCTION|PROCEDURE|PACKAGE(?: BODY)?) )?(\S+) TO (.*)$/.exec(
    text,
  );
  if (onObject !== null) {
    const [, rights = '', on = '', rest = ''] = onObject;
    const written = splitRights(rights);
    return {
      kind: 'rights',
      rights: written.map((right) =>
        right
          .replace(/\s*\(.*\)$/, '')
          .trim()
          .toUpperCase(),
      ),
      written: written.map(restore),
      on: restore(on),
      withGrantOption: /\bWITH\b.*\bGRANT OPTION\b/.test(rest),
    };
  }
  const role = /^GRANT (.+?) TO /.exec(text);
  return role === null ? undefined : { kind: 'role', role: restore(role[1] ?? '') };
}

/** Splits at the commas that are outside of column lists. */
function splitRights(text: string): string[] {
  return text.split(/,(?![^(]*\))/).map((part) => part.trim());
}
