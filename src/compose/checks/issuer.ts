import type { CheckResult } from '../../domain/check.ts';
import type { Clock } from '../../runtime/clock.ts';

const TIMEOUT_MS = 5_000;
/** HTTP's Date has whole seconds, and the answer takes its time too. */
const MAX_SKEW_MS = 5_000;

/**
 * Asks over the network, as the new platform does, whether discovery is there and says what the configuration says.
 *
 * @param fetch how the network is reached: the global one
 */
export async function checkIssuer(
  issuer: string,
  clock: Clock,
  fetch: typeof globalThis.fetch,
): Promise<CheckResult[]> {
  const about = 'issuer';
  let response: Response;
  try {
    response = await fetch(`${issuer}/.well-known/openid-configuration`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    return [unreachable(issuer, error)];
  }
  if (response.status !== 200) return [refused(issuer, response.status)];
  const document = (await response.json().catch(() => undefined)) as { issuer?: unknown } | undefined;
  const strangers = Object.values(document ?? {}).filter(
    (value) => typeof value === 'string' && /^https?:/.test(value) && !value.startsWith(issuer),
  );
  if (document?.issuer !== issuer || strangers.length > 0) {
    return [
      {
        level: 'error',
        about,
        found: `${issuer} answers with a discovery document of another provider, or its URLs are built on another host.`,
        remedy:
          'Correct "issuer", or the proxy in front of the bridge: it must pass the path and the host on unchanged.',
      },
    ];
  }
  const found = `${issuer} answers, and its discovery document says the same issuer.`;
  return [{ level: 'ok', about, found }, ...checkDate(response.headers.get('date'), clock)];
}

function refused(issuer: string, status: number): CheckResult {
  const remedy =
    status === 421
      ? 'The proxy in front of the bridge does not pass the host on: have it send X-Forwarded-Host (and name it in server.trustProxy), or keep Host.'
      : 'See what listens there: "issuer" must be the address under which the bridge is reached.';
  const found = `${issuer}/.well-known/openid-configuration answers with status ${status}.`;
  return { level: 'error', about: 'issuer', found, remedy };
}

/** A certificate that is not believed keeps everybody out; a bridge that is not started yet is no fault. */
function unreachable(issuer: string, error: unknown): CheckResult {
  const cause = (error as { cause?: { code?: unknown } }).cause?.code ?? (error as Error).name;
  const code = String(cause);
  if (/CERT|TLS|SSL|SELF_SIGNED|ISSUER/.test(code)) {
    return {
      level: 'error',
      about: 'issuer',
      found: `The certificate of ${issuer} is not accepted (${code}). The new platform will refuse it as well.`,
      remedy: 'Renew it, give it the right host name, and have the proxy send the whole chain.',
    };
  }
  return {
    level: 'warning',
    about: 'issuer',
    found: `Nobody answers at ${issuer} (${code}).`,
    remedy:
      'Start the bridge ("footbridge serve") and check again; if it runs, see name service, proxy and firewall.',
  };
}

function checkDate(date: string | null, clock: Clock): CheckResult[] {
  const skew = date === null ? 0 : Math.abs(Date.parse(date) - clock());
  if (!(skew > MAX_SKEW_MS)) return [];
  return [
    {
      level: 'warning',
      about: 'clock',
      found: `The clocks of this machine and of the one that answers for the issuer differ by ${Math.round(skew / 1000)} s.`,
      remedy: 'Keep both with NTP: tokens are judged by their times.',
    },
  ];
}
