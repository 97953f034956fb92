import type Provider from 'oidc-provider';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { PorchState } from '../../http/porch.ts';
import type { Logger } from '../../runtime/logger.ts';

const REFUSED = [
  'authorization.error',
  'grant.error',
  'userinfo.error',
  'introspection.error',
  'revocation.error',
  'end_session.error',
  'end_session_confirm.error',
] as const;

/** What an operator wants to know of the protocol: codes and clients, never what was sent. */
export function logEvents(provider: Provider, logger: Logger): void {
  for (const event of REFUSED) {
    const listener = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
      const { requestId } = ctx.state as PorchState;
      const line = { event, requestId, client_id: ctx.oidc.client?.clientId, error: error.message };
      if (isReuse(error)) {
        logger.warn(
          line,
          'A code or refresh token was used a second time; everything issued with it is revoked.',
        );
      } else if (error instanceof errors.InvalidClientMetadata) {
        logger.error(
          { ...line, fault: error.error_description },
          'The registration of a client is not valid.',
        );
      } else {
        logger.info(line, 'A request of a client was refused.');
      }
    };
    // The declared overloads take one event name each, never a union of them.
    provider.on(event as 'grant.error', listener);
  }
  provider.on('server_error', (ctx, err) => {
    const { requestId } = ctx.state as PorchState;
    logger.error(
      { event: 'server_error', requestId, client_id: ctx.oidc.client?.clientId, err },
      'A request failed.',
    );
  });
}

/** The words are oidc-provider's (`authorization code already consumed`, `refresh token already used`) and our own. */
function isReuse(error: errors.OIDCProviderError): boolean {
  return error instanceof errors.InvalidGrant && /already (consumed|used)$/.test(error.error_detail ?? '');
}
