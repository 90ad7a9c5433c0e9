import * as v from 'valibot';
import type { AccessPolicy } from '../guide/diagnosis/accessPolicy.ts';
import { orEmpty, orNull, parsedList } from './parse.ts';
import type { GraphRead } from './read.ts';

const list = orEmpty(v.string());
const anything = v.nullish(v.unknown());

const policy = v.looseObject({
  displayName: v.nullish(v.string(), ''),
  state: v.nullish(v.string(), ''),
  conditions: orNull(
    v.looseObject({
      clientAppTypes: list,
      signInRiskLevels: list,
      userRiskLevels: list,
      insiderRiskLevels: anything,
      platforms: anything,
      locations: anything,
      devices: anything,
      authenticationFlows: anything,
      applications: orNull(
        v.looseObject({
          includeApplications: list,
          excludeApplications: list,
          applicationFilter: anything,
        }),
      ),
      users: orNull(
        v.looseObject({
          includeUsers: list,
          excludeUsers: list,
          includeGroups: list,
          excludeGroups: list,
          includeRoles: list,
          excludeRoles: list,
          includeGuestsOrExternalUsers: anything,
          excludeGuestsOrExternalUsers: anything,
        }),
      ),
    }),
  ),
  grantControls: orNull(v.looseObject({ builtInControls: list, authenticationStrength: anything })),
});

/** All Conditional Access policies (Microsoft Graph: List policies). */
export function conditionalAccessPolicies(): GraphRead<readonly AccessPolicy[]> {
  const parse = parsedList(policy);
  return {
    path: '/identity/conditionalAccess/policies',
    scopes: ['Policy.Read.All'],
    allPages: true,
    parse: (body) => parse(body).map(toPolicy),
  };
}

function toPolicy({
  displayName,
  state,
  conditions,
  grantControls,
}: v.InferOutput<typeof policy>): AccessPolicy {
  const users = conditions?.users;
  const applications = conditions?.applications;
  const set = (value: unknown): boolean => value !== undefined && value !== null;
  return {
    displayName,
    state,
    includeApplications: applications?.includeApplications ?? [],
    excludeApplications: applications?.excludeApplications ?? [],
    include: {
      users: users?.includeUsers ?? [],
      groups: users?.includeGroups ?? [],
      roles: users?.includeRoles ?? [],
      guests: set(users?.includeGuestsOrExternalUsers),
    },
    exclude: {
      users: users?.excludeUsers ?? [],
      groups: users?.excludeGroups ?? [],
      roles: users?.excludeRoles ?? [],
      guests: set(users?.excludeGuestsOrExternalUsers),
    },
    clientAppTypes: conditions?.clientAppTypes ?? [],
    flowsOnly: set(conditions?.authenticationFlows),
    conditional:
      [
        conditions?.platforms,
        conditions?.locations,
        conditions?.devices,
        conditions?.insiderRiskLevels,
        applications?.applicationFilter,
      ].some(set) ||
      (conditions?.signInRiskLevels ?? []).length > 0 ||
      (conditions?.userRiskLevels ?? []).length > 0,
    controls: [
      ...(grantControls?.builtInControls ?? []),
      ...(set(grantControls?.authenticationStrength) ? ['authenticationStrength'] : []),
    ],
  };
}
