import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import { ADMIN_RESOURCE } from '../machine-tokens.ts';

interface AdminClient {
  /** The scopes of the admin API that it is registered with. */
  readonly admin_scope?: unknown;
}

const isAsking = ({ oidc }: KoaContextWithOIDC) => oidc.params?.grant_type === 'client_credentials';

/**
 * The one resource (RFC 8707) that tokens can be for: the admin API. Whoever asks for a token by client credentials
 * means it, whether they name it or not; nobody else can.
 */
export const ADMIN_RESOURCE_ONLY = {
  defaultResource: (ctx: KoaContextWithOIDC) => (isAsking(ctx) ? ADMIN_RESOURCE : []),
  getResourceServerInfo(ctx: KoaContextWithOIDC, resource: string, client: object): ResourceServer {
    if (resource !== ADMIN_RESOURCE || !isAsking(ctx)) throw new errors.InvalidTarget();
    return {
      scope: String((client as AdminClient).admin_scope ?? ''),
      audience: ADMIN_RESOURCE,
      // Opaque, so that it can be looked up, and is worth nothing once it is revoked.
      accessTokenFormat: 'opaque',
    };
  },
};
