import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { clouds } from '../clouds.ts';
import type { CloudName } from '../clouds.ts';
import { createReplication } from '../replication/replication.ts';
import { noLag } from '../replication/lag.ts';
import type { DnsData, SandboxState, Tenant } from '../state.ts';
import { defaultAuthorizationPolicy } from './authorizationPolicy.ts';
import { createDirectory } from './directory.ts';
import { microsoftGraphServicePrincipal } from './microsoftGraph.ts';
import { contoso } from './organizations/contoso.ts';
import type { Organization } from './organizations/organization.ts';

export interface StateOptions {
  readonly clock: Clock;
  /** Whose tenant it is; Contoso's unless told. */
  readonly organization?: Organization;
  /** The global one unless told. */
  readonly cloud?: CloudName;
  /** More people than those with a name. */
  readonly extraUsers?: number;
  /** Entra ID P1; true unless told. */
  readonly premium?: boolean;
  readonly unlicensedGroups?: Tenant['unlicensedGroups'];
  /** Zones to share with other tenants of the sandbox; its own where none are given. */
  readonly dns?: DnsData;
}

/**
 * A fresh tenant: people, groups and licence, but no application and no Kiro profile. The tenant id is new each time;
 * people and groups keep their ids.
 */
export function createState(options: StateOptions): SandboxState {
  const { cloud = 'global' } = options;
  const organization = bornIn(options.organization ?? contoso, cloud);
  const { displayName, domain, initialDomain } = organization;
  const directory = createDirectory(organization, { extraUsers: options.extraUsers ?? 0 });
  const graph = microsoftGraphServicePrincipal(cloud);
  const tenant: Tenant = {
    id: randomUUID(),
    cloud,
    displayName,
    defaultDomain: initialDomain,
    verifiedDomains: [domain, initialDomain],
    premium: options.premium ?? true,
    unlicensedGroups: options.unlicensedGroups ?? 'inert',
    ...directory,
    applications: new Map(),
    servicePrincipals: new Map([[graph.id, graph]]),
    deletedItems: new Map(),
    owners: new Map(),
    appRoleAssignments: new Map(),
    grants: new Map(),
    synchronization: new Map(),
    provisioningLogs: [],
    signIns: [],
    directoryAudits: [],
    conditionalAccessPolicies: new Map(),
    authorizationPolicy: defaultAuthorizationPolicy(),
    roleActivations: [],
  };
  return {
    clock: options.clock,
    tenant,
    replication: createReplication(tenant, options.clock, noLag),
    kiro: { scimTenant: randomUUID(), profile: undefined, takenDomains: new Set(['fabrikam.com']) },
    dns: withZone(options.dns ?? createZones(), domain),
    origins: { graph: '', login: '', kiro: '', scim: '', control: '' },
  };
}

/** The organization with the initial domain that tenants of the cloud get. */
function bornIn(organization: Organization, cloud: CloudName): Organization {
  const [name = ''] = organization.initialDomain.split('.');
  return { ...organization, initialDomain: `${name}.${clouds[cloud].initialDomains}` };
}

/** Zones that belong to nobody's sign-in: one for a second domain, one that is another profile's. */
function createZones(): DnsData {
  return {
    zones: new Set(['contoso.net', 'fabrikam.com']),
    txt: new Map([['fabrikam.com', [['v=spf1 -all']]]]),
  };
}

/** The zone of an organization's domain, with the records that stand in it before anybody thinks of Kiro. */
function withZone(dns: DnsData, domain: string): DnsData {
  dns.zones.add(domain);
  dns.txt.set(domain, [['v=spf1 include:spf.protection.outlook.com -all'], ['MS=ms48151623']]);
  return dns;
}
