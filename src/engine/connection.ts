import type { CloudFacts } from '../guide/snapshot.ts';

/**
 * One tenant as one account sees it. A `sandbox` connection's addresses come only over the pipe of the child process
 * that the extension itself started; they are never stored: the connection ends with that process, and the next one opens another to the same tenant.
 */
export type Connection = TenantConnection | SandboxConnection;

interface ConnectionBase {
  /** Stable key of everything that is kept for it; tenant and sandbox never share one. */
  readonly key: string;
  readonly tenantId: string;
  readonly account: string;
  readonly cloud: CloudFacts;
}

export interface TenantConnection extends ConnectionBase {
  readonly kind: 'tenant';
}

export interface SandboxConnection extends ConnectionBase {
  readonly kind: 'sandbox';
  readonly endpoints: SandboxEndpoints;
}

/** What the sandbox prints as its first line (src/sandbox/README.md). Addresses do not end in `/`. */
export interface SandboxEndpoints {
  /** Ends in `/v1.0`. */
  readonly graph: string;
  /** The authority without tenant. */
  readonly login: string;
  /** Ends in `/scim/v2`. */
  readonly scim: string;
  readonly console: string;
  readonly control: string;
  readonly dns: SandboxSocket & {
    /** Where the name server of each address, by which zones are delegated, really listens. */
    readonly addresses: Readonly<Record<string, SandboxSocket>>;
  };
  /** The public resolver, also over HTTPS, and the company's own. */
  readonly resolver: SandboxSocket & { readonly doh: string; readonly internal: SandboxSocket };
  readonly tenantId: string;
  readonly accounts: readonly { userPrincipalName: string; password: string; roles: readonly string[] }[];
  readonly accessToken: string;
  /** Every tenant of the sandbox, the one above among them; Graph, login, control and DNS serve all. */
  readonly tenants: readonly SandboxTenant[];
  /** The cloud that it plays; global where it says none. */
  readonly cloud?: CloudFacts['id'];
  readonly caFile?: string;
}

/** Where a DNS server listens, on this machine. */
export interface SandboxSocket {
  readonly host: string;
  readonly port: number;
}

/** What is a sandbox tenant's own. */
export type SandboxTenant = Pick<
  SandboxEndpoints,
  'tenantId' | 'scim' | 'console' | 'accounts' | 'accessToken'
> & { readonly displayName: string };

/** The sandbox as one of its tenants sees it; `undefined` for a tenant that it does not have. */
export function forTenant(endpoints: SandboxEndpoints, tenantId: string): SandboxEndpoints | undefined {
  if (endpoints.tenantId === tenantId) return endpoints;
  const own = endpoints.tenants.find((one) => one.tenantId === tenantId);
  if (!own) return undefined;
  const { scim, console, accounts, accessToken } = own;
  return { ...endpoints, tenantId, scim, console, accounts, accessToken };
}
