import { randomUUID } from 'node:crypto';
import type { GraphObject } from '../../state.ts';
import { badRequest } from '../errors.ts';
import { isJson, onlyKnown, stringOf, stringsOf } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';

const writable = ['displayName', 'state', 'conditions', 'grantControls', 'sessionControls'];
const readOnly = [
  'id',
  'createdDateTime',
  'modifiedDateTime',
  'templateId',
  'deletedDateTime',
  'description',
];

const states = ['enabled', 'disabled', 'enabledForReportingButNotEnforced'];
const clientAppTypes = [
  'all',
  'browser',
  'mobileAppsAndDesktopClients',
  'exchangeActiveSync',
  'easSupported',
  'other',
];
const grantControls = [
  'block',
  'mfa',
  'compliantDevice',
  'domainJoinedDevice',
  'approvedApplication',
  'compliantApplication',
  'passwordChange',
  'riskRemediation',
];

/** Collections of `conditions.users` and `conditions.applications`, empty unless named. */
const userLists = [
  'includeUsers',
  'excludeUsers',
  'includeGroups',
  'excludeGroups',
  'includeRoles',
  'excludeRoles',
];
const applicationLists = [
  'includeApplications',
  'excludeApplications',
  'includeUserActions',
  'includeAuthenticationContextClassReferences',
];
/** Conditions that are kept as they were written and answered as null where they were not. */
const kept = [
  'platforms',
  'locations',
  'devices',
  'clientApplications',
  'authenticationFlows',
  'insiderRiskLevels',
];
const riskLists = ['userRiskLevels', 'signInRiskLevels', 'servicePrincipalRiskLevels'];

/** A new policy (Microsoft Graph: Create conditionalAccessPolicy), its defaults filled in. 400 for what isn't one. */
export function newPolicy(body: Json, now: number): GraphObject {
  onlyKnown(body, { writable, readOnly }, 'conditionalAccessPolicy');
  if (!isJson(body['conditions'])) throw missing('conditions');
  if (!isJson(body['grantControls']) && !isJson(body['sessionControls']))
    throw badRequest('A policy must have at least one grant or session control.', 'BadRequest');
  return {
    id: randomUUID(),
    templateId: null,
    displayName: stringOf(body, 'displayName'),
    createdDateTime: new Date(now).toISOString(),
    modifiedDateTime: null,
    state: oneOf(body['state'], states, 'state'),
    deletedDateTime: null,
    conditions: conditionsOf(body['conditions']),
    grantControls: grantControlsOf(body['grantControls']),
    sessionControls: body['sessionControls'] ?? null,
  };
}

/** The policy after a PATCH: what the body leaves out stays, also inside `conditions`. */
export function changedPolicy(policy: GraphObject, body: Json, now: number): GraphObject {
  onlyKnown(body, { writable, readOnly }, 'conditionalAccessPolicy');
  const known = isJson(policy['conditions']) ? policy['conditions'] : {};
  const asked = body['conditions'];
  return {
    ...policy,
    ...('displayName' in body ? { displayName: stringOf(body, 'displayName') } : {}),
    ...('state' in body ? { state: oneOf(body['state'], states, 'state') } : {}),
    ...(isJson(asked) ? { conditions: conditionsOf({ ...known, ...asked }) } : {}),
    ...('grantControls' in body ? { grantControls: grantControlsOf(body['grantControls']) } : {}),
    ...('sessionControls' in body ? { sessionControls: body['sessionControls'] } : {}),
    modifiedDateTime: new Date(now).toISOString(),
  };
}

function conditionsOf(conditions: Json): Json {
  const names = ['clientAppTypes', 'users', 'applications', ...kept, ...riskLists];
  onlyKnown(conditions, { writable: names }, 'conditionalAccessConditionSet');
  const { users, applications } = conditions;
  if (!isJson(users)) throw missing('users');
  if (!isJson(applications)) throw missing('applications');
  return {
    ...Object.fromEntries(riskLists.map((name) => [name, stringsOf(conditions[name] ?? [], name)])),
    clientAppTypes: listOf(conditions['clientAppTypes'] ?? ['all'], clientAppTypes, 'clientAppTypes'),
    ...Object.fromEntries(kept.map((name) => [name, conditions[name] ?? null])),
    users: {
      ...listsOf(users, userLists, ['includeGuestsOrExternalUsers', 'excludeGuestsOrExternalUsers']),
    },
    applications: { ...listsOf(applications, applicationLists, ['applicationFilter']) },
  };
}

/** The lists of a condition, and the single values beside them, null unless named. */
function listsOf(part: Json, lists: readonly string[], singles: readonly string[]): Json {
  onlyKnown(part, { writable: [...lists, ...singles] }, 'conditionalAccessPolicy');
  return {
    ...Object.fromEntries(lists.map((name) => [name, stringsOf(part[name] ?? [], name)])),
    ...Object.fromEntries(singles.map((name) => [name, part[name] ?? null])),
  };
}

function grantControlsOf(value: unknown): Json | null {
  if (!isJson(value)) return null;
  const names = [
    'operator',
    'builtInControls',
    'customAuthenticationFactors',
    'termsOfUse',
    'authenticationStrength',
  ];
  onlyKnown(value, { writable: names }, 'conditionalAccessGrantControls');
  const builtInControls = listOf(value['builtInControls'] ?? [], grantControls, 'builtInControls');
  if (builtInControls.includes('block') && builtInControls.length > 1)
    throw badRequest("The grant control 'block' can't be combined with others.", 'BadRequest');
  return {
    operator: oneOf(value['operator'], ['AND', 'OR'], 'operator'),
    builtInControls,
    customAuthenticationFactors: stringsOf(
      value['customAuthenticationFactors'] ?? [],
      'customAuthenticationFactors',
    ),
    termsOfUse: stringsOf(value['termsOfUse'] ?? [], 'termsOfUse'),
    ...('authenticationStrength' in value ? { authenticationStrength: value['authenticationStrength'] } : {}),
  };
}

function listOf(value: unknown, allowed: readonly string[], name: string): string[] {
  return stringsOf(value, name).map((one) => oneOf(one, allowed, name));
}

function oneOf(value: unknown, allowed: readonly string[], name: string): string {
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw badRequest(
      `Invalid value specified for property '${name}' of resource 'conditionalAccessPolicy'.`,
      'BadRequest',
    );
  return found;
}

function missing(name: string): Error {
  return badRequest(
    `A value is required for property '${name}' of resource 'conditionalAccessPolicy'.`,
    'BadRequest',
  );
}
