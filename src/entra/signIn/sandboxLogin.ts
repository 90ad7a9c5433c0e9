import type { INetworkModule } from '@azure/msal-node';
import type { Cloud } from '../clouds.ts';
import { fetchNetwork } from './network.ts';

/** Under which origins MSAL knows the authority of a cloud. */
export type Authority = Pick<Cloud, 'login' | 'loginAliases'>;

/**
 * Lets MSAL keep Microsoft's authority and sends what it sends there to a sandbox's login server instead, which
 * speaks plain http on loopback. Requests to any other host are refused.
 */
export function sandboxNetwork(authority: Authority, sandboxLogin: string): INetworkModule {
  return fetchNetwork((url) => moved(url, authority, sandboxLogin));
}

/** A page of the sandbox's login server as a browser is sent to it; see {@link sandboxBrowserAddress}. */
export function atSandboxLocalhost(page: string): string {
  const address = new URL(page);
  address.hostname = 'sandbox.localhost';
  return address.href;
}

/**
 * The authorize address at the sandbox. Its host is `sandbox.localhost`, which browsers resolve to loopback by
 * themselves and which VS Code in a browser doesn't rewrite as it does `127.0.0.1`.
 */
export function sandboxBrowserAddress(url: string, authority: Authority, sandboxLogin: string): string {
  return atSandboxLocalhost(moved(url, authority, sandboxLogin));
}

function moved(url: string, { login, loginAliases }: Authority, sandboxLogin: string): string {
  const { origin, pathname, search } = new URL(url);
  if (origin === login || loginAliases.includes(origin)) return `${sandboxLogin}${pathname}${search}`;
  throw new Error('A sandbox connection signs in at the sandbox only.');
}
