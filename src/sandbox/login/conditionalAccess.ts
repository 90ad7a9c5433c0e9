import type { Account, GraphObject, GraphUser, Tenant } from '../state.ts';
import { isRecord, text } from './clients.ts';
import { roleTemplateIds } from './roles.ts';

/** A request for a token as Conditional Access sees it. */
export interface AccessRequest {
  readonly user: GraphUser;
  readonly account: Account;
  /** The target: the resource that the token is for. */
  readonly resourceAppId: string;
  readonly clientAppType: 'browser' | 'mobileAppsAndDesktopClients';
  /** The sign-in began with a device code. */
  readonly viaDeviceCode: boolean;
}

/** What the policies that apply to a request ask for, together. */
export interface AccessDecision {
  /** No token, whatever the person does; the first reason. */
  readonly refusal: 53000 | 53001 | 53002 | 53003 | undefined;
  readonly mfa: boolean;
  /** Milliseconds after which a sign-in is to be repeated; 0: every time. */
  readonly signInFrequency: number | undefined;
  /** Policies that refuse or ask for multifactor authentication. */
  readonly policyIds: readonly string[];
  readonly applied: readonly Applied[];
}

/** What one policy that applies asks for, by Graph's names of the controls. */
export interface Applied {
  readonly policyId: string;
  readonly grantControls: readonly string[];
  readonly signInFrequency: boolean;
  readonly refused: boolean;
  readonly mfa: boolean;
}

type Refusal = NonNullable<AccessDecision['refusal']>;

/** Grant controls that this sandbox's devices and clients never satisfy (Microsoft Graph: conditionalAccessGrantControls). */
const neverSatisfied: ReadonlyMap<string, Refusal> = new Map([
  ['block', 53003],
  ['compliantDevice', 53000],
  ['domainJoinedDevice', 53001],
  ['approvedApplication', 53002],
  ['compliantApplication', 53002],
]);

/**
 * Evaluates the tenant's enabled policies. Conditions on users, groups, roles, guests, target resources, client types
 * and authentication flows are obeyed; the sandbox's devices have no platform, location, filter or risk, so that
 * a policy limited to one of those does not apply.
 */
export function evaluateAccess(tenant: Tenant, request: AccessRequest): AccessDecision {
  let refusal: Refusal | undefined;
  const applied: Applied[] = [];
  const frequencies: number[] = [];
  for (const policy of tenant.conditionalAccessPolicies.values()) {
    if (policy['state'] !== 'enabled' || !applies(tenant, policy, request)) continue;
    const grant = record(policy['grantControls']);
    const wanted = controlsOf(grant);
    const refusals = wanted.flatMap((control) => neverSatisfied.get(control) ?? []);
    const mfa = wanted.includes('mfa');
    // With OR one control that can be satisfied is enough; blocking stands alone.
    const either = text(grant['operator']).toUpperCase() === 'OR' && !wanted.includes('block');
    const refused = either && mfa ? undefined : refusals[0];
    refusal ??= refused;
    const frequency = frequencyOf(record(record(policy['sessionControls'])['signInFrequency']));
    if (frequency !== undefined) frequencies.push(frequency);
    applied.push({
      policyId: policy.id,
      grantControls: wanted,
      signInFrequency: frequency !== undefined,
      refused: refused !== undefined,
      mfa: mfa && refused === undefined,
    });
  }
  return {
    refusal,
    mfa: applied.some((one) => one.mfa),
    signInFrequency: frequencies.length === 0 ? undefined : Math.min(...frequencies),
    policyIds: applied.filter((one) => one.refused || one.mfa).map((one) => one.policyId),
    applied,
  };
}

function controlsOf(grant: Record<string, unknown>): string[] {
  const strength = isRecord(grant['authenticationStrength']) ? ['mfa'] : [];
  return [...strings(grant['builtInControls']), ...strength];
}

function frequencyOf(control: Record<string, unknown>): number | undefined {
  if (control['isEnabled'] !== true) return undefined;
  if (control['frequencyInterval'] === 'everyTime') return 0;
  const hour = 60 * 60_000;
  const value = typeof control['value'] === 'number' ? control['value'] : 0;
  return value <= 0 ? undefined : value * (control['type'] === 'days' ? 24 * hour : hour);
}

function applies(tenant: Tenant, policy: GraphObject, request: AccessRequest): boolean {
  const conditions = record(policy['conditions']);
  const applications = record(conditions['applications']);
  const clientTypes = strings(conditions['clientAppTypes']);
  const transfer = text(record(conditions['authenticationFlows'])['transferMethods']);
  return (
    meansUser(tenant, record(conditions['users']), request) &&
    meansTarget(strings(applications['includeApplications']), request.resourceAppId) &&
    !meansTarget(strings(applications['excludeApplications']), request.resourceAppId) &&
    (clientTypes.length === 0 ||
      clientTypes.includes('all') ||
      clientTypes.includes(request.clientAppType)) &&
    (transfer === '' ||
      transfer === 'none' ||
      (transfer.includes('deviceCodeFlow') && request.viaDeviceCode)) &&
    !limitedElsewhere(conditions)
  );
}

function meansUser(
  tenant: Tenant,
  users: Record<string, unknown>,
  { user, account }: AccessRequest,
): boolean {
  const roles = roleTemplateIds(account.roles);
  const guest = user.userType === 'Guest';
  const named = (side: 'include' | 'exclude'): boolean =>
    strings(users[`${side}Users`]).some(
      (id) => id === 'All' || id === user.id || (id === 'GuestsOrExternalUsers' && guest),
    ) ||
    strings(users[`${side}Groups`]).some((id) => isMember(tenant, id, user.id)) ||
    strings(users[`${side}Roles`]).some((id) => roles.includes(id)) ||
    (guest && isRecord(users[`${side}GuestsOrExternalUsers`]));
  return named('include') && !named('exclude');
}

/** Members of nested groups count here, unlike for assignments. */
function isMember(tenant: Tenant, groupId: string, userId: string, seen = new Set<string>()): boolean {
  const members = tenant.groups.get(groupId)?.members;
  if (!members || seen.has(groupId)) return false;
  seen.add(groupId);
  return members.has(userId) || [...members].some((id) => isMember(tenant, id, userId, seen));
}

function meansTarget(list: readonly string[], resourceAppId: string): boolean {
  return list.some((target) => target === 'All' || target.toLowerCase() === resourceAppId.toLowerCase());
}

/** Whether the policy is for places, platforms, devices or risks that the sandbox's sign-ins don't have. */
function limitedElsewhere(conditions: Record<string, unknown>): boolean {
  const locations = strings(record(conditions['locations'])['includeLocations']);
  const platforms = strings(record(conditions['platforms'])['includePlatforms']);
  return (
    (locations.length > 0 && !locations.includes('All')) ||
    (platforms.length > 0 && !platforms.includes('all')) ||
    ['userRiskLevels', 'signInRiskLevels', 'servicePrincipalRiskLevels'].some(
      (name) => strings(conditions[name]).length > 0,
    ) ||
    record(record(conditions['devices'])['deviceFilter'])['mode'] === 'include'
  );
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
