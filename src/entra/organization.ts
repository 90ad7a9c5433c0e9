import * as v from 'valibot';
import type { Organization } from '../guide/snapshot.ts';
import type { GraphRead } from './read.ts';
import { GraphError } from './graphError.ts';
import { orEmpty, orNull, parsedList } from './parse.ts';

/** Service plans of Entra ID P1 and P2 ("Product names and service plan identifiers for licensing"). */
const premiumPlans = new Set([
  '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
  'eec0eb4f-6444-4f95-aba0-50c24d67f998',
]);

const parse = parsedList(
  v.looseObject({
    id: v.string(),
    displayName: orNull(v.string()),
    verifiedDomains: orEmpty(v.looseObject({ name: v.string(), isInitial: v.nullish(v.boolean(), false) })),
    assignedPlans: orEmpty(
      v.looseObject({ servicePlanId: v.string(), capabilityStatus: orNull(v.string()) }),
    ),
  }),
);

/** The tenant itself (Microsoft Graph: List organization). */
export function organization(): GraphRead<Organization> {
  return {
    path: '/organization?$select=id,displayName,verifiedDomains,assignedPlans',
    scopes: ['Organization.Read.All'],
    parse(body) {
      const [found] = parse(body);
      if (!found)
        throw new GraphError({ reason: 'malformed', message: 'Microsoft Graph named no organization.' });
      const domains = found.verifiedDomains;
      return {
        id: found.id,
        displayName: found.displayName ?? '',
        defaultDomain: (domains.find((domain) => domain.isInitial) ?? domains[0])?.name ?? '',
        verifiedDomains: domains.map((domain) => domain.name),
        // A plan in its grace period has the status "Warning" and still works.
        premium: found.assignedPlans.some(
          (plan) =>
            premiumPlans.has(plan.servicePlanId) &&
            ['Enabled', 'Warning'].includes(plan.capabilityStatus ?? ''),
        ),
      };
    },
  };
}
