import type { Config } from '../../config/schema.ts';
import type { CheckResult } from '../../domain/check.ts';

/** Whether cookies and people's addresses come through a proxy as they must. */
export function checkServer({ issuer, server }: Pick<Config, 'issuer' | 'server'>): CheckResult[] {
  const about = 'server.trustProxy';
  const isHttps = issuer.startsWith('https:');
  if (isHttps && server.trustProxy === false) {
    return [
      {
        level: 'warning',
        about,
        found:
          'The issuer is https:, so a proxy stands in front of the bridge, but no proxy is trusted: everybody seems to ' +
          'come from its address and shares one throttle.',
        remedy: 'Name the address or range of the proxy, e.g. trustProxy: [10.0.0.0/8].',
      },
    ];
  }
  if (!isHttps && server.trustProxy !== false) {
    return [
      {
        level: 'warning',
        about,
        found: 'A proxy is trusted, but the issuer is http: cookies go out without Secure.',
        remedy: 'If people come through the proxy over TLS, write the issuer as https:.',
      },
    ];
  }
  if (Array.isArray(server.trustProxy) && server.trustProxy.some((range) => /\/0$/.test(range))) {
    return [
      {
        level: 'warning',
        about,
        found: 'Every address is trusted as a proxy, so that anybody may say where they come from.',
        remedy: 'Name the proxy alone.',
      },
    ];
  }
  return [
    {
      level: 'ok',
      about,
      found: isHttps ? 'A proxy is trusted by its address.' : 'The bridge is reached without a proxy.',
    },
  ];
}
