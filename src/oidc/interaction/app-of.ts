import type { OidcOptions } from '../options.ts';

/**
 * The app behind the client that a login is for, as the client said it: whoever holds the browser can say something else,
 * so it chooses between switches and opens nothing by itself.
 *
 * @param params of the authorization request
 */
export function appOf(
  params: Readonly<Record<string, unknown>>,
  { acrPrefix, parameter }: OidcOptions['app'],
): string | undefined {
  const named = parameter === undefined ? undefined : params[parameter];
  if (typeof named === 'string' && named !== '') return named;
  const { acr_values: values } = params;
  if (typeof values !== 'string') return undefined;
  const value = values.split(' ').find((one) => one.startsWith(acrPrefix) && one !== acrPrefix);
  return value?.slice(acrPrefix.length);
}
