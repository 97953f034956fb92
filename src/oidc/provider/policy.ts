import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';

const { Check, base } = interactionPolicy;

/**
 * When a person is asked, and for what: oidc-provider's own policy, with what it leaves to the deployment decided.
 */
export function createPolicy(): interactionPolicy.DefaultPolicy {
  const policy = base();

  const login = policy.get('login');
  // Its own checks would ask for a login that can never satisfy them, again and again.
  login?.checks.remove('essential_acrs');
  login?.checks.remove('essential_acr');
  login?.checks.add(
    new Check(
      'unmet_acr',
      'the requested authentication context cannot be met',
      'unmet_authentication_requirements',
      refuseEssentialAcr,
    ),
  );
  login?.checks.add(
    new Check(
      'account_gone',
      'the account of this session is no longer there',
      'login_required',
      ({ oidc }) => Boolean(oidc.session?.accountId && oidc.account === undefined),
    ),
  );

  const consent = policy.get('consent');
  // A login is interaction enough; what RFC 8252, section 8.6, warns of is an app that is answered with none.
  consent?.checks.remove('native_client_prompt');
  consent?.checks.add(
    new Check(
      'native_client_prompt',
      'native clients require End-User interaction',
      'interaction_required',
      ({ oidc }) => oidc.client?.applicationType === 'native' && !oidc.result?.login && !oidc.result?.consent,
    ),
  );
  return policy;
}

/** The bridge knows one way to log in and gives it no name, so an essential `acr` (OIDC Core 5.5.1.1) is never met. */
function refuseEssentialAcr({ oidc }: KoaContextWithOIDC): boolean {
  const acr = oidc.claims.id_token?.acr;
  if (acr?.essential && (acr.value !== undefined || acr.values !== undefined)) {
    throw new errors.UnmetAuthenticationRequirements('the requested acr cannot be provided');
  }
  return Check.NO_NEED_TO_PROMPT;
}
