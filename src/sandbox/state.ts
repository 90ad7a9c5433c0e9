import type { Clock } from './clock.ts';
import type { CloudName } from './clouds.ts';
import type { Replication } from './replication/types.ts';

/** Everything the sandbox tenant holds, in memory; each server reads and writes its own part of it. `saved/` keeps it. */
export interface SandboxState {
  readonly clock: Clock;
  readonly tenant: Tenant;
  /** What reads see of the tenant's directory while writes are on their way. */
  readonly replication: Replication<ReplicatedItems, ReplicatedParts>;
  readonly kiro: Kiro;
  readonly dns: DnsData;
  /** Origins of the servers, filled in when they listen; no trailing slash. */
  readonly origins: { graph: string; login: string; kiro: string; scim: string; control: string };
}

export interface Tenant {
  readonly id: string;
  readonly cloud: CloudName;
  displayName: string;
  /** Initial domain, for example `contoso.onmicrosoft.com`. */
  defaultDomain: string;
  verifiedDomains: string[];
  /** Entra ID P1. */
  premium: boolean;
  /** What comes of assigning a group without P1: it is accepted and gives nobody access, or it is refused. */
  readonly unlicensedGroups: 'inert' | 'refused';
  readonly accounts: Account[];
  readonly users: Map<string, GraphUser>;
  readonly groups: Map<string, GraphGroup>;
  /** Keyed by object id; values are Graph's own JSON shapes. */
  readonly applications: Map<string, GraphObject>;
  readonly servicePrincipals: Map<string, GraphObject>;
  /** Applications and service principals that were deleted and can come back, with their `@odata.type`. */
  readonly deletedItems: Map<string, GraphObject>;
  /** Object ids of owners, by id of an application or service principal. */
  readonly owners: Map<string, Set<string>>;
  readonly appRoleAssignments: Map<string, AppRoleAssignment>;
  readonly grants: Map<string, PermissionGrant>;
  /** Keyed by service principal id. */
  readonly synchronization: Map<string, Synchronization>;
  /** Provisioning log rows (`provisioningObjectSummary`), oldest first. */
  readonly provisioningLogs: GraphObject[];
  /** Rows of the sign-in log (`signIn`), oldest first; written by `tenant/signIns.ts`. */
  readonly signIns: GraphObject[];
  /** Rows of the audit log (`directoryAudit`), oldest first. */
  readonly directoryAudits: GraphObject[];
  /** Keyed by id; values are Graph's own `conditionalAccessPolicy`. The sign-in obeys those whose state is `enabled`. */
  readonly conditionalAccessPolicies: Map<string, GraphObject>;
  /** Graph's own `authorizationPolicy`: who may consent for themselves, what people and guests may read. */
  readonly authorizationPolicy: GraphObject;
  /** Eligible roles that are active at the moment; `tenant/roleActivations.ts` ends them. */
  readonly roleActivations: RoleActivation[];
}

/** The tenant's collections whose reads lag behind writes. */
export interface ReplicatedItems {
  readonly applications: GraphObject;
  readonly servicePrincipals: GraphObject;
  readonly deletedItems: GraphObject;
  readonly users: GraphUser;
  readonly groups: GraphGroup;
  readonly appRoleAssignments: AppRoleAssignment;
  readonly grants: PermissionGrant;
}

/** What hangs on a service principal and lags for itself. */
export interface ReplicatedParts {
  readonly secrets: Synchronization['secrets'];
  readonly schema: GraphObject;
  /** A job as it is answered. */
  readonly job: Record<string, unknown>;
}

export type GraphObject = { id: string } & Record<string, unknown>;

/** An account that can sign in to the sandbox. Roles are directory role display names. */
export interface Account {
  readonly userId: string;
  readonly userPrincipalName: string;
  password: string;
  /** Active roles: what a token issued now carries in `wids`. */
  readonly roles: string[];
  /** Roles that the person may activate for a time (Privileged Identity Management). */
  readonly eligibleRoles: readonly string[];
  /** A B2B guest's account at home: that tenant of this sandbox, and the person's object id there. */
  home?: { readonly tenantId: string; readonly userId: string } | undefined;
}

/** An eligible role that its holder activated for a time. */
export interface RoleActivation {
  /** Id of the request that activated it. */
  readonly id: string;
  readonly userId: string;
  /** Display name of the role. */
  readonly role: string;
  /** Epoch milliseconds. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly justification: string;
}

export interface GraphUser {
  readonly id: string;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  userPrincipalName: string;
  mail: string | null;
  mailNickname: string;
  jobTitle: string | null;
  department: string | null;
  employeeId: string | null;
  mobilePhone: string | null;
  businessPhones: string[];
  officeLocation: string | null;
  city: string | null;
  country: string | null;
  preferredLanguage: string | null;
  accountEnabled: boolean;
  userType: 'Member' | 'Guest';
  managerId: string | null;
}

export interface GraphGroup {
  readonly id: string;
  displayName: string;
  description: string | null;
  securityEnabled: boolean;
  mailEnabled: boolean;
  mailNickname: string;
  groupTypes: string[];
  membershipRule: string | null;
  /** Object ids of direct members: users or groups. */
  readonly members: Set<string>;
}

export interface AppRoleAssignment {
  readonly id: string;
  readonly appRoleId: string;
  readonly principalId: string;
  readonly principalType: 'User' | 'Group';
  readonly principalDisplayName: string;
  readonly resourceId: string;
  readonly resourceDisplayName: string;
  readonly createdDateTime: string;
}

export interface PermissionGrant {
  readonly id: string;
  readonly clientId: string;
  readonly consentType: 'AllPrincipals' | 'Principal';
  readonly principalId: string | null;
  readonly resourceId: string;
  scope: string;
}

/** Entra's provisioning service for one service principal. */
export interface Synchronization {
  readonly servicePrincipalId: string;
  /** In clear inside the service; Graph masks secret values as `*`. */
  secrets: { key: string; value: string }[];
  job: Job | undefined;
}

export interface Job {
  readonly id: string;
  readonly templateId: string;
  /** Graph's own JSON shapes, as the client PUT them. */
  schema: GraphObject;
  schedule: { expiration: null; interval: string; state: 'Active' | 'Disabled' | 'Paused' };
  status: Record<string, unknown>;
  /** Source object id → id in the target, what the service remembers as links. */
  readonly links: Map<string, string>;
  /** The next cycle starts at this moment (epoch milliseconds) while the schedule is active. */
  nextCycleAt: number | undefined;
  /** A schema or scope change asks for an initial cycle. */
  initialCycleDue: boolean;
}

/** Kiro's side: the profile in the AWS console and what its SCIM endpoint holds. */
export interface Kiro {
  /**
   * Tenant in the SCIM endpoint's path, there from the start: the endpoint answers 401 before a profile exists. A profile
   * made in this sandbox takes it as its own `scimTenant`; once that profile is deleted, the next one has another.
   */
  scimTenant: string;
  profile: KiroProfile | undefined;
  /** Domains that other profiles hold: adding one of these is refused. */
  readonly takenDomains: Set<string>;
  /** Names at which a domain's TXT record counts: the one entered, or (unless told) one under the prefix too. */
  verification?: 'prefix' | 'exact' | undefined;
}

export interface KiroProfile {
  readonly applicationId: string;
  readonly tenantId: string;
  readonly region: 'us-east-1' | 'eu-central-1';
  /** Part of the SCIM endpoint's path. */
  readonly scimTenant: string;
  readonly domains: KiroDomain[];
  readonly tokens: KiroToken[];
  readonly users: Map<string, KiroUser>;
  readonly groups: Map<string, KiroGroup>;
  readonly subscriptions: KiroSubscription[];
  /** Seats appear by Kiro's six-hour cycle, by user id. */
  readonly seats: Map<string, KiroSeat>;
  nextSeatCycleAt: number;
}

export interface KiroDomain {
  readonly name: string;
  /** Whole TXT value, `kiro-site-verification=<uuid>`. */
  readonly verificationValue: string;
  readonly addedAt: number;
  status: 'Pending' | 'Verified' | 'Expired';
}

export interface KiroToken {
  readonly id: string;
  /** Shown once, when made. */
  readonly secret: string;
  readonly createdAt: number;
}

export interface KiroUser {
  readonly id: string;
  /** SCIM resource as stored; `externalId` is write-once. */
  resource: Record<string, unknown>;
  active: boolean;
}

export interface KiroGroup {
  readonly id: string;
  resource: Record<string, unknown>;
  /** Ids of Kiro users; reads always answer with empty members. */
  readonly members: Set<string>;
}

export interface KiroSeat {
  readonly userId: string;
  readonly since: number;
  status: 'Pending' | 'Active';
  /** The highest of the plans by which the person is subscribed. */
  plan?: string | undefined;
  /** Whether a group brought it or a subscription of this person alone. */
  source?: 'Group' | 'Individual' | undefined;
}

export interface KiroSubscription {
  readonly id: string;
  readonly principalType: 'Group' | 'User';
  readonly principalId: string;
  readonly plan: string;
}

/** Zones that the sandbox's DNS server is authoritative for. */
export interface DnsData {
  /** Zone apexes, lower case, no trailing dot. */
  readonly zones: Set<string>;
  /** TXT records by full owner name, lower case: one array of character-strings a record. */
  readonly txt: Map<string, string[][]>;
  /** What zones and name servers have beyond TXT records and the ordinary; `dns/extras.ts` makes it. */
  extras?: DnsExtras | undefined;
  /** Where the DNS server listens, UDP and TCP on one port; it fills this in itself. */
  address?: { host: string; port: number } | undefined;
  /** Where the recursive resolver listens; the DNS server fills this in itself. */
  resolver?: { host: string; port: number } | undefined;
}

/** Names are in lower case without trailing dot. */
export interface DnsExtras {
  /** Records other than TXT by owner name. */
  readonly records: Map<string, DnsRecord[]>;
  readonly settings: Map<string, ZoneSettings>;
  /** By host name of a name server, for example `ns2.contoso.com`. */
  readonly servers: Map<string, NameServerScript>;
  /** TXT records that only the resolver inside the company knows, by owner name. */
  readonly internal: Map<string, string[][]>;
}

export interface DnsRecord {
  readonly type: 'A' | 'CNAME' | 'NS';
  /** An address or a host name. */
  readonly value: string;
}

export interface ZoneSettings {
  /** Raised with every change of the zone. */
  serial: number;
  /** Seconds that its TXT records, and that its missing names, may be cached. */
  ttl: number;
  negativeTtl: number;
  /** Name servers as the zone itself lists them. */
  nameServers: string[];
  /** Name servers as its parent lists them. */
  delegatedTo: string[];
}

/** How one name server of a zone behaves. */
export interface NameServerScript {
  answers: 'normal' | 'refused' | 'servfail' | 'notAuthoritative' | 'silent';
  /** Whether every answer over UDP is cut off. */
  truncates: boolean;
  /** What a query over TCP meets. */
  tcp: 'open' | 'silent' | 'reset';
  /** Real milliseconds that an answer waits. */
  delayMs: number;
  /** The zone as it was when the server ceased to follow it. */
  held?: { serial: number; txt: Map<string, string[][]>; records: Map<string, DnsRecord[]> } | undefined;
}
