import type { Kept } from './kept.ts';
import type { Text } from './text.ts';

/** What was seen, when it was seen; or why it could not be seen and what would make it known. */
export type Observed<T> = Known<T> | Unknown;

export interface Known<T> {
  readonly known: true;
  /** Epoch milliseconds of the answer. */
  readonly at: number;
  readonly value: T;
}

export interface Unknown {
  readonly known: false;
  readonly reason: UnknownReason;
  /** What happened and what would make it known, as a sentence. */
  readonly detail: Text;
}

export type UnknownReason =
  /** Not asked in this look: something before it is missing. */
  | 'not-read'
  | 'signed-out'
  | 'permission'
  | 'licence'
  | 'network'
  | 'throttled'
  | 'malformed'
  /** Microsoft Graph does not offer it in this cloud. */
  | 'not-in-cloud'
  /** The service answered with an error of its own. */
  | 'service';

export function known<T>(value: T, at: number): Known<T> {
  return { known: true, at, value };
}

export function unknown(reason: UnknownReason, detail: Text): Unknown {
  return { known: false, reason, detail };
}

/** The value if it was seen, else `undefined`. */
export function valueOf<T>(observed: Observed<T>): T | undefined {
  return observed.known ? observed.value : undefined;
}

/**
 * Everything that one look saw: Microsoft Graph, DNS, Kiro's SCIM endpoint, and what is kept because no API tells it.
 * In an `Observed<T | undefined>`, known `undefined` means: looked for and not there.
 */
export interface Snapshot {
  /** Epoch milliseconds when the look ended; the clock of every evaluation. */
  readonly at: number;
  readonly cloud: CloudFacts;
  /** `sandbox` accepts the sandbox's own addresses where a tenant accepts only Kiro's. */
  readonly kind: 'tenant' | 'sandbox';
  /** For a sandbox: the SCIM host that counts as Kiro's, as `http://127.0.0.1:PORT`. */
  readonly sandboxScimOrigin?: string;
  readonly organization: Observed<Organization>;
  readonly application: Observed<Application | undefined>;
  readonly servicePrincipal: Observed<ServicePrincipal | undefined>;
  /** Delegated grants whose client is the application's service principal. */
  readonly grants: Observed<readonly OAuth2PermissionGrant[]>;
  readonly assignments: Observed<readonly AppRoleAssignment[]>;
  /** The assigned groups with their direct members. */
  readonly groups: Observed<readonly AssignedGroup[]>;
  readonly secrets: Observed<readonly SynchronizationSecret[]>;
  readonly job: Observed<SynchronizationJob | undefined>;
  /** Schema of the job; when there is no job yet, the template's pristine schema if `schemaSource` says so. */
  readonly schema: Observed<SynchronizationSchema | undefined>;
  readonly schemaSource: 'job' | 'template';
  /** The application from which people have to be moved, where one is kept; known `undefined`: it is deleted. */
  readonly former?: Observed<FormerApplication | undefined>;
  readonly domains: readonly DomainObservation[];
  readonly scim: Observed<ScimDirectory>;
  readonly kept: Kept;
  readonly journal: JournalFacts;
}

/** From the built-in list of clouds (facts of Microsoft Graph's deployments page). */
export interface CloudFacts {
  readonly id: 'global' | 'usgov' | 'dod' | 'china';
  readonly nonGalleryTemplateId: string;
  /** Origin of Microsoft Graph, no trailing slash; also the prefix of its scopes. */
  readonly graph: string;
  /** Origin of the admin center, no trailing slash. */
  readonly portal: string;
  /** Operations of provisioning that Microsoft Graph does not offer there. */
  readonly lacks: readonly CloudOperation[];
}

/** Operations that are not in every cloud. */
export type CloudOperation =
  'provisionOnDemand' | 'validateCredentials' | 'secrets' | 'schema' | 'provisioningLogs';

export interface Organization {
  readonly id: string;
  readonly displayName: string;
  /** The initial domain, for example `contoso.onmicrosoft.com`. */
  readonly defaultDomain: string;
  readonly verifiedDomains: readonly string[];
  /** Whether a plan with Entra ID P1 or P2 is assigned to the tenant. */
  readonly premium: boolean;
}

/** Microsoft Graph `application`, the properties the guide asks about. Properties not named here stay untouched. */
export interface Application {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly applicationTemplateId: string | null;
  readonly createdDateTime: string | null;
  readonly identifierUris: readonly string[];
  readonly api: {
    readonly requestedAccessTokenVersion: number | null;
    /** Exactly as read: a PATCH must send each back unchanged. */
    readonly oauth2PermissionScopes: readonly PermissionScope[];
  };
  readonly publicClient: { readonly redirectUris: readonly string[] };
  readonly web: { readonly redirectUris: readonly string[] };
  readonly spa: { readonly redirectUris: readonly string[] };
}

/** Microsoft Graph `permissionScope`. `type` "User" is the portal's "Admins and users". */
export interface PermissionScope {
  readonly id: string;
  readonly value: string | null;
  readonly type: string | null;
  readonly isEnabled: boolean;
  readonly adminConsentDisplayName: string | null;
  readonly adminConsentDescription: string | null;
  readonly userConsentDisplayName?: string | null;
  readonly userConsentDescription?: string | null;
}

export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly accountEnabled: boolean;
  readonly appRoleAssignmentRequired: boolean;
  /** Tenant that the application is registered in. */
  readonly appOwnerOrganizationId?: string | null;
  readonly applicationTemplateId: string | null;
  readonly appRoles: readonly AppRole[];
}

export interface AppRole {
  readonly id: string;
  readonly displayName: string;
  readonly isEnabled: boolean;
  readonly allowedMemberTypes: readonly string[];
}

export interface OAuth2PermissionGrant {
  readonly id: string;
  readonly clientId: string;
  readonly consentType: string;
  readonly resourceId: string;
  /** Space-separated scope values. */
  readonly scope: string;
}

export interface AppRoleAssignment {
  readonly id: string;
  readonly appRoleId: string;
  readonly principalId: string;
  readonly principalDisplayName: string;
  /** "User", "Group" or "ServicePrincipal". */
  readonly principalType: string;
}

/** What the application still has in whose place another was made. */
export interface FormerApplication {
  readonly principal: ServicePrincipal;
  readonly assignments: readonly AppRoleAssignment[];
}

export interface AssignedGroup {
  readonly id: string;
  readonly displayName: string;
  readonly securityEnabled: boolean;
  /** What decides whether its members can be changed; absent where that was not read. */
  readonly kind?: GroupKind;
  /** Direct members; nested groups are members of type `group` and are never provisioned through. */
  readonly members: readonly DirectoryMember[];
}

/** What decides who can change the members of a group (Microsoft Graph: group resource type). */
export interface GroupKind {
  readonly dynamic: boolean;
  readonly synced: boolean;
  readonly mailEnabled: boolean;
  readonly unified: boolean;
  readonly roleAssignable: boolean;
}

export interface DirectoryMember {
  readonly id: string;
  readonly type: 'user' | 'group' | 'other';
  readonly displayName: string;
  readonly userPrincipalName?: string;
  readonly accountEnabled?: boolean;
  readonly userType?: string;
}

/** One entry of `synchronization/secrets`; a secret value reads back as `*`. */
export interface SynchronizationSecret {
  readonly key: string;
  readonly value: string;
}

/** Microsoft Graph `synchronizationJob`. */
export interface SynchronizationJob {
  readonly id: string;
  readonly templateId: string;
  readonly schedule: { readonly state: string; readonly interval: string | null };
  readonly status: {
    readonly code: string;
    readonly lastExecution: SynchronizationExecution | null;
    readonly lastSuccessfulExecution: SynchronizationExecution | null;
    readonly quarantine: SynchronizationQuarantine | null;
    readonly steadyStateFirstAchievedTime?: string | null;
    readonly countSuccessiveCompleteFailures?: number;
    readonly progress?: readonly SynchronizationProgress[];
    /** How many people and groups the job holds for provisioned, by the name of their kind. */
    readonly synchronizedEntryCountByType?: readonly { readonly key: string; readonly value: number }[];
  };
}

/** How far a cycle is; `units` is Entra's own word for what is counted. */
export interface SynchronizationProgress {
  readonly units: string | null;
  readonly completedUnits: number;
  readonly totalUnits: number;
}

export interface SynchronizationExecution {
  readonly state: string;
  readonly timeBegan: string | null;
  readonly timeEnded: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly countImported?: number;
  readonly countExported?: number;
  readonly countEscrowed?: number;
  readonly countEntitled?: number;
}

export interface SynchronizationQuarantine {
  readonly reason: string;
  readonly currentBegan: string | null;
  /** When the first of an unbroken series of quarantines began. */
  readonly seriesBegan?: string | null;
  readonly nextAttempt: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Microsoft Graph `synchronizationSchema`: replaced as a whole by PUT, so what is not named here is carried along. */
export interface SynchronizationSchema {
  readonly id: string;
  readonly synchronizationRules: readonly SynchronizationRule[];
}

export interface SynchronizationRule {
  readonly id: string;
  readonly name: string;
  readonly objectMappings: readonly ObjectMapping[];
}

export interface ObjectMapping {
  readonly name: string;
  readonly enabled: boolean;
  /** Match mappings by this: "User" or "Group". The other names differ between tenants. */
  readonly sourceObjectName: string;
  readonly targetObjectName: string;
  readonly attributeMappings: readonly AttributeMapping[];
}

export interface AttributeMapping {
  readonly targetAttributeName: string;
  readonly matchingPriority: number;
  readonly source: {
    readonly expression: string | null;
    readonly name: string | null;
    readonly type: string;
    readonly parameters?: readonly unknown[];
  } | null;
}

/** What DNS said about one domain, server by server. Judged by `diagnosis/dnsVerdict.ts`. */
export interface DomainObservation {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly answers: readonly DnsAnswer[];
  /** How the domain hangs in public DNS, as far as that could be told. */
  readonly zone?: DomainZone;
  /** TXT values that a made-up name below the domain has: a wildcard answers for every name (RFC 4592). */
  readonly wildcard?: readonly string[];
  /**
   * What the Public Suffix List says: `suffix`: others register names below it; `hosted`: it lies below a suffix of a
   * hosting service; `unlisted`: the list has no such top-level domain.
   */
  readonly suffix?: 'suffix' | 'hosted' | 'unlisted';
  /** No name server was heard on port 53, though resolvers could be asked over HTTPS or nobody at all. */
  readonly blocked?: boolean;
  /** Since when, over several looks, authoritative servers have been telling different things; epoch milliseconds. */
  readonly differingSince?: number;
}

export interface DomainZone {
  /** The apex of the zone that the domain lies in; where the domain does not exist, of the zone that says so. */
  readonly name: string;
  readonly exists: boolean;
  /** Host names of the servers that the parent zone names. */
  readonly delegated: readonly string[];
  /** Host names that the zone itself names; absent where its servers did not tell. */
  readonly own?: readonly string[];
  /** Seconds after which a secondary server looks for a new version of the zone (SOA REFRESH). */
  readonly refresh?: number;
}

export interface DnsServerName {
  readonly role: 'authoritative' | 'public' | 'system';
  /** Host name or address. */
  readonly name: string;
  /** An authoritative server that only the zone itself names: nobody's look-up leads to it. */
  readonly undelegated?: boolean;
}

export type DnsOutcome =
  | 'found'
  | 'nodata'
  | 'nxdomain'
  /** There is a CNAME record at the name, and no TXT record where it leads as far as this server tells. */
  | 'alias'
  /** The name lies in a zone of its own, which this server sends on to. */
  | 'delegated'
  /** A server that the zone is delegated to answers without authority (AA not set). */
  | 'lame'
  /** Cut off over UDP, and no answer over TCP. */
  | 'truncated'
  /** A validating resolver holds the answer for forged: its DNSSEC signatures don't fit. */
  | 'bogus'
  | 'servfail'
  | 'refused'
  | 'timeout'
  | 'unreachable'
  | 'malformed';

export interface DnsAnswer {
  /** The full name that was asked: the domain itself, `kiro-app-1.<domain>`, or where the record may have ended up. */
  readonly queried: string;
  readonly server: DnsServerName;
  readonly outcome: DnsOutcome;
  /** TXT values, the character-strings of each record joined without separator. */
  readonly txt: readonly string[];
  /** Seconds that a resolver may keep a "no such record" (RFC 2308), where one was given. */
  readonly negativeTtl?: number;
  /** Where a CNAME record at the name leads. */
  readonly alias?: string;
  /** Apex of the zone that the server holds the name to lie in: owner of the SOA record, or of a referral. */
  readonly zone?: string;
  /** Version of the zone (SOA SERIAL). */
  readonly serial?: number;
  /** The resolver validated the answer by DNSSEC (AD). */
  readonly validated?: boolean;
  /** Extended DNS error (RFC 8914), where the server gave one. */
  readonly extendedError?: number;
  /** Asked over HTTPS, because port 53 is closed or the settings say so. */
  readonly overHttps?: boolean;
}

/** Kiro's SCIM endpoint as read back. Groups come without members there, by design of the service. */
export interface ScimDirectory {
  readonly users: readonly ScimUser[];
  readonly groups: readonly ScimGroup[];
  /** Set where Kiro has more people than a look reads: `users` then are the first of them and those asked for alone. */
  readonly partial?: PartialDirectory;
}

export interface PartialDirectory {
  /** How many users there are, where the service says so. */
  readonly total?: number;
  /** Object ids of the people who were asked for alone: who of them is not among `users` is not in Kiro. */
  readonly asked: readonly string[];
}

export interface ScimUser {
  readonly id: string;
  readonly userName: string;
  readonly externalId?: string;
  readonly displayName?: string;
  readonly active: boolean;
}

export interface ScimGroup {
  readonly id: string;
  readonly displayName: string;
  readonly externalId?: string;
}

/** What the journal proves: outcomes that no API keeps. */
export interface JournalFacts {
  readonly lastValidation?: { readonly at: number; readonly ok: boolean; readonly endpoint: string };
  /** Object ids that this tool pushed on demand, newest outcome each. */
  readonly pushed: readonly { readonly objectId: string; readonly at: number; readonly ok: boolean }[];
  /** When the job was last started or restarted by this tool. */
  readonly startedAt?: number;
  /** The last time that this tool left attributes out of the mapping of a job: where, the mapping as it was, who was pushed since. */
  readonly leftOut?: {
    readonly at: number;
    readonly path: string;
    readonly schema: SynchronizationSchema;
    /** Oldest first. */
    readonly pushed: readonly { readonly objectId: string; readonly ok: boolean }[];
  };
  /** When this tool last made the job. */
  readonly jobMadeAt?: number;
  /** When this tool last saved endpoint and token in Entra: what failed before that may be mended. */
  readonly savedAt?: number;
  /** When this tool last saved another endpoint than the one that it had found in Entra. */
  readonly endpointChangedAt?: number;
  /** When this tool last made the job forget which records in Kiro it had made. */
  readonly linksForgottenAt?: number;
}
