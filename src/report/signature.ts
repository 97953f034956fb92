import { createLocalJWKSet, FlattenedSign, flattenedVerify, importJWK, type JWK } from 'jose';

/**
 * A detached JWS over a document's bytes as they are: an unencoded payload (RFC 7797) that stands beside the signature
 * (RFC 7515, appendix F). In compact form: `header..signature`.
 *
 * @param key private, with `kid` and `alg`
 */
export async function signDetached(document: Uint8Array, key: JWK): Promise<string> {
  const { protected: header, signature } = await new FlattenedSign(document)
    .setProtectedHeader({ alg: key.alg ?? 'RS256', kid: key.kid ?? '', b64: false, crit: ['b64'] })
    .sign(await importJWK(key, key.alg));
  return `${header}..${signature}`;
}

/**
 * @param keys the published keys of the bridge that signed
 * @returns the id of the key that signed exactly this document; undefined: none of them did
 */
export async function verifyDetached(
  document: Uint8Array,
  jws: string,
  keys: readonly JWK[],
): Promise<string | undefined> {
  const [header, payload, signature, ...more] = jws.trim().split('.');
  if (header === undefined || signature === undefined || payload !== '' || more.length > 0) return undefined;
  try {
    const { protectedHeader } = await flattenedVerify(
      { protected: header, payload: document, signature },
      createLocalJWKSet({ keys: keys.map(publicPart) }),
      { algorithms: ['RS256', 'ES256'] },
    );
    // Without it the payload would have been read as base64url, which is another document.
    return protectedHeader?.b64 === false ? protectedHeader.kid : undefined;
  } catch {
    return undefined;
  }
}

/** What verifies; the rest of a key does not go further than it must. */
function publicPart({ kty, kid, alg, use, n, e, crv, x, y }: JWK): JWK {
  const parts = { kty, kid, alg, use, n, e, crv, x, y };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as JWK;
}
