/** What is wrong with a recipe, and where. */
export class RecipeError extends Error {
  override readonly name = 'RecipeError';
  /** In UTF-16 units from the beginning of the recipe. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Renders the recipe with a caret under the place, for a message of several lines. What stands between quotes is
 * starred, since a site's secret may have been written there.
 */
export function renderRecipeError(recipe: string, error: RecipeError): string {
  const shown = withoutLiterals(recipe.replaceAll(/\s/g, ' '));
  return `${error.message}\n      ${shown}\n      ${' '.repeat(error.offset)}^`;
}

function withoutLiterals(recipe: string): string {
  return recipe.replaceAll(
    /(['"])((?:\\.|(?!\1)[^\\])*)(\1|\\?$)/g,
    (_, open: string, inner: string, close: string) => [open, '*'.repeat(inner.length), close].join(''),
  );
}
