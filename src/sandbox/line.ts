import { tokenOf } from './accessToken.ts';
import type { CloudName } from './clouds.ts';
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
  readonly accounts: readonly AccountLine[];
  /** Delegated token of the Global Administrator for Microsoft Graph, valid a day. */
  readonly accessToken: string;
  /** Every tenant; the first is the one that is described outside, too. */
  readonly tenants: readonly TenantLine[];
  /** The cloud that every tenant is of. */
  readonly cloud: CloudName;
  /** What the sandbox once started from. */
  readonly preset: PresetName;
  /** Certificate authority as PEM, with `--https`. */
  readonly caFile?: string;
}

export interface AccountLine {
  readonly userPrincipalName: string;
  readonly password: string;
  readonly roles: readonly string[];
}

/** What is a tenant's own; Graph, login, control and DNS serve all of them. */
export interface TenantLine {
  readonly tenantId: string;
  readonly displayName: string;
  readonly defaultDomain: string;
  readonly console: string;
  readonly scim: string;
  readonly accounts: readonly AccountLine[];
  readonly accessToken: string;
}

/** The line of a sandbox whose servers listen. */
export async function lineOf(options: {
  readonly states: readonly SandboxState[];
  readonly keys: LoginKeys;
  readonly dns: DnsServer;
  /** Where DNS is served over HTTPS. */
  readonly dohOrigin: string;
  readonly preset: PresetName;
  readonly caFile: string | undefined;
}): Promise<SandboxLine> {
  const { states, keys, dns, dohOrigin, preset, caFile } = options;
  const tenants = await Promise.all(states.map((state) => tenantLine(state, keys)));
  const [state] = states;
  const [first] = tenants;
  if (!state || !first) throw new Error('A sandbox needs a tenant.');
  const { origins } = state;
  return {
    graph: `${origins.graph}/v1.0`,
    login: origins.login,
    scim: first.scim,
    console: first.console,
    control: origins.control,
    dns: {
      host: dns.resolver.host,
      port: dns.port,
      doh: `${dohOrigin}${dohPaths.authoritative}`,
      addresses: dns.addresses,
    },
    resolver: { ...dns.resolver, doh: `${dohOrigin}${dohPaths.resolver}`, internal: dns.internal },
    tenantId: first.tenantId,
    accounts: first.accounts,
    accessToken: first.accessToken,
    tenants,
    cloud: state.tenant.cloud,
    preset,
    ...(caFile === undefined ? {} : { caFile }),
  };
}

async function tenantLine(state: SandboxState, keys: LoginKeys): Promise<TenantLine> {
  const { origins, tenant, kiro } = state;
  return {
    tenantId: tenant.id,
    displayName: tenant.displayName,
    defaultDomain: tenant.defaultDomain,
    console: origins.kiro,
    scim: `${origins.scim}/${kiro.scimTenant}/scim/v2`,
    accounts: tenant.accounts.map(({ userPrincipalName, password, roles }) => ({
      userPrincipalName,
      password,
      roles,
    })),
    accessToken: await tokenOf('Global Administrator', { state, keys }),
  };
}
