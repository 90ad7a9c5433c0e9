import { tokenOf } from './accessToken.ts';
import type { SocketAddress } from './dns/ask.ts';
import { dohPaths } from './dns/doh.ts';
import type { DnsServer } from './dns/server.ts';
import type { LoginKeys } from './login/tokens.ts';
import type { PresetName } from './presets/presets.ts';
import type { SandboxState } from './state.ts';

/** What a sandbox tells about itself on its first line. No address ends in a slash. */
export interface SandboxLine {
  /** Ends in `/v1.0`. */
  readonly graph: string;
  /** The authority without tenant. */
  readonly login: string;
  /** Ends in `/scim/v2`. */
  readonly scim: string;
  readonly console: string;
  readonly control: string;
  /** The name server `ns1` of every zone, by UDP, TCP and HTTPS, and where each name server of a zone really listens. */
  readonly dns: SocketAddress & {
    readonly doh: string;
    readonly addresses: Readonly<Record<string, SocketAddress>>;
  };
  /** A public resolver, and the one inside the company, which knows names that nobody else does. */
  readonly resolver: SocketAddress & { readonly doh: string; readonly internal: SocketAddress };
  readonly tenantId: string;
  readonly accounts: readonly {
    readonly userPrincipalName: string;
    readonly password: string;
    readonly roles: readonly string[];
  }[];
  /** Delegated token of the Global Administrator for Microsoft Graph, valid a day. */
  readonly accessToken: string;
  /** What the tenant once started from. */
  readonly preset: PresetName;
  /** Certificate authority as PEM, with `--https`. */
  readonly caFile?: string;
}

/** The line of a sandbox whose servers listen. */
export async function lineOf(options: {
  readonly state: SandboxState;
  readonly keys: LoginKeys;
  readonly dns: DnsServer;
  /** Where DNS is served over HTTPS. */
  readonly dohOrigin: string;
  readonly preset: PresetName;
  readonly caFile: string | undefined;
}): Promise<SandboxLine> {
  const { state, keys, dns, dohOrigin, preset, caFile } = options;
  const { origins, tenant } = state;
  return {
    graph: `${origins.graph}/v1.0`,
    login: origins.login,
    scim: `${origins.scim}/${state.kiro.scimTenant}/scim/v2`,
    console: origins.kiro,
    control: origins.control,
    dns: {
      host: dns.resolver.host,
      port: dns.port,
      doh: `${dohOrigin}${dohPaths.authoritative}`,
      addresses: dns.addresses,
    },
    resolver: { ...dns.resolver, doh: `${dohOrigin}${dohPaths.resolver}`, internal: dns.internal },
    tenantId: tenant.id,
    accounts: tenant.accounts.map(({ userPrincipalName, password, roles }) => ({
      userPrincipalName,
      password,
      roles,
    })),
    accessToken: await tokenOf('Global Administrator', { state, keys }),
    preset,
    ...(caFile === undefined ? {} : { caFile }),
  };
}
