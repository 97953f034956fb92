import { Document, isMap, isPair, isScalar, type Node, type Pair, visit } from 'yaml';

/** Why a line says what it says, by its path: `legacy.password.column`. */
export type Comments = Readonly<Record<string, string>>;

const LINE_WIDTH = 110;
/** A short map or list is easier to read in one line, as the examples have it. */
const ONE_LINE = 90;

/**
 * A configuration as a file for people: comments at the ends of lines, small maps in one line.
 *
 * @param head the comment at the top, without `#`
 */
export function writeYaml(configuration: object, comments: Comments, head: string): string {
  const document = new Document(configuration);
  document.commentBefore = head
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n');
  visit(document, {
    Pair(_, pair, ancestors) {
      const path = [...ancestors.filter((above) => isPair(above)), pair].map(keyOf).join('.');
      foldShort(pair, path, comments);
      const comment = comments[path];
      if (comment !== undefined) addComment(pair, comment);
    },
  });
  return document.toString({ lineWidth: LINE_WIDTH, flowCollectionPadding: true });
}

function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}

/** A comment inside a map keeps the map open, since there it says which line it is about. */
function foldShort({ value }: Pair, path: string, comments: Comments): void {
  if (!isCollection(value)) return;
  const inside = Object.keys(comments).some((other) => other.startsWith(`${path}.`));
  const text = JSON.stringify(value.toJSON());
  const flat = isMap(value) ? path.split('.').length > 1 : true;
  if (flat && !inside && text.length <= ONE_LINE) value.flow = true;
}

function addComment(pair: Pair, comment: string): void {
  const value = pair.value as Node | null;
  const oneLine = isScalar(value) || (isCollection(value) && value.flow);
  if (value !== null && oneLine && comment.length < LINE_WIDTH / 2) value.comment = ` ${comment}`;
  else if (isScalar(pair.key)) pair.key.commentBefore = ` ${comment}`;
}

type Collection = Node & { flow?: boolean; toJSON(): unknown };

function isCollection(value: unknown): value is Collection {
  return typeof value === 'object' && value !== null && 'items' in value;
}
