import { BlockList, isIP } from 'node:net';
import { unfitProvider } from './problems.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/**
 * Whether a host, as a URL or a listener names it, is an address of this machine itself. Only literal addresses are: what
 * `localhost` stands for is decided elsewhere, by a hosts file or by whoever answers DNS.
 */
export const isLoopback = (hostname: string): boolean => {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  const version = isIP(address);
  return version !== 0 && loopback.check(address, version === 4 ? 'ipv4' : 'ipv6');
};

/** Throws `login-unfit` for an address reached in clear over a network: codes and tokens would be anyone's who listens. */
export const requirePrivacy = (url: URL, where: string): void => {
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return;
  throw unfitProvider(
    'The address is not https, and not on this machine itself.',
    where,
    'Use https; http is for a literal loopback address alone.',
  );
};
