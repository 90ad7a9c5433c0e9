/** What a request costs where Microsoft Graph counts the requests of the identity and access service. */
export interface RequestCost {
  readonly resourceUnits: number;
  readonly isWrite: boolean;
}

/** Base costs that aren't 1 (Microsoft Graph: service-specific throttling limits, identity and access service). */
const bases: readonly (readonly [method: string, path: RegExp, cost: number])[] = [
  ['GET', /^\/applications$/, 2],
  ['GET', /^\/applications\/[^/]+\/extensionProperties$/, 2],
  ['GET', /^\/contracts$/, 3],
  ['POST', /^\/directoryObjects\/getByIds$/, 3],
  ['GET', /^\/domains\/[^/]+\/domainNameReferences$/, 4],
  ['GET', /^\/groups\/[^/]+\/members(\/|$)/, 3],
  ['GET', /^\/groups\/[^/]+\/transitiveMembers(\/|$)/, 5],
  ['POST', /\/(isMemberOf|checkMemberGroups|checkMemberObjects)$/, 4],
  ['POST', /\/getMember(Groups|Objects)$/, 2],
  ['GET', /^\/(me|users\/[^/]+)\/(licenseDetails|memberOf|ownedObjects|transitiveMemberOf)(\/|$)/, 2],
  ['GET', /^\/oauth2PermissionGrants(\/[^/]+)?$/, 2],
  ['GET', /^\/servicePrincipals\/[^/]+\/appRoleAssignments$/, 2],
  ['GET', /^\/subscribedSkus$/, 3],
  ['GET', /^\/users$/, 2],
];

/** Services of their own, with limits of their own or none that is documented; a batch is counted by its parts. */
const elsewhere = /^\/(auditLogs\/|identity\/|reports\/|\$batch$)|\/synchronization(\/|$)/;

/**
 * The cost of a request by its method, its path without version, and its query; undefined where another service
 * answers. A POST that only asks is no write.
 */
export function requestCost(method: string, path: string, query: URLSearchParams): RequestCost | undefined {
  if (elsewhere.test(path)) return undefined;
  const listed = bases.find(([one, pattern]) => one === method && pattern.test(path));
  let units = listed?.[2] ?? 1;
  if (query.has('$select')) units -= 1;
  if (query.has('$expand')) units += 1;
  const top = query.get('$top');
  if (top !== null && Number(top) < 20) units -= 1;
  return {
    resourceUnits: Math.max(1, units),
    isWrite: method !== 'GET' && method !== 'HEAD' && !(method === 'POST' && listed !== undefined),
  };
}
