import ipaddr from 'ipaddr.js';

export type IsTrusted = (address: string) => boolean;

/**
 * @param trustProxy addresses or CIDR ranges; false: nobody is trusted
 * @returns whether an address is a trusted proxy's; IPv4 written as IPv6 (`::ffff:10.0.0.1`) counts as IPv4
 */
export function trustedProxies(trustProxy: false | readonly string[]): IsTrusted {
  const ranges = (trustProxy || []).map((range) => {
    if (range.includes('/')) return ipaddr.parseCIDR(range);
    const address = ipaddr.parse(range);
    return [address, address.kind() === 'ipv4' ? 32 : 128] as [typeof address, number];
  });
  return (address) => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return ranges.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
  };
}

/**
 * Where a request comes from: the nearest hop that no trusted proxy stands behind. Reads `X-Forwarded-For` from the
 * right, since everything left of the first untrusted entry could have been written by anybody.
 *
 * @param peer the other end of the socket
 * @param forwardedFor the header as it came, or empty
 */
export function clientAddress(peer: string, forwardedFor: string, isTrusted: IsTrusted): string {
  let nearest = plain(peer) ?? 'unknown';
  const hops = forwardedFor.split(',').reverse();
  for (const hop of hops) {
    if (!isTrusted(nearest)) return nearest;
    const address = plain(hop.trim());
    if (address === undefined) return nearest;
    nearest = address;
  }
  return nearest;
}

/** Without port and brackets (some proxies add them), IPv4 as IPv4; undefined when it is no address. */
function plain(text: string): string | undefined {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  if (!ipaddr.isValid(bare)) return undefined;
  return ipaddr.process(bare).toString();
}
