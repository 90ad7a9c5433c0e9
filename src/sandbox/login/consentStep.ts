import type { GraphObject } from '../state.ts';
import { lowConsent } from '../tenant/authorizationPolicy.ts';
import { auditConsent } from '../tenant/consentAudit.ts';
import { isRecord } from './clients.ts';
import type { Flow, LoginContext } from './context.ts';
import { AadstsError } from './errors.ts';
import { missingOf, scopesOf } from './permissionsAsked.ts';
import type { Permission } from './permissionsAsked.ts';
import { mayConsentForTenant } from './roles.ts';
import type { TokenUser } from './accessTokenClaims.ts';

/** Consent that a person is to be asked for. */
export interface ConsentDue {
  readonly permissions: readonly Permission[];
  readonly mayConsentForTenant: boolean;
}

/**
 * What a person has to consent to before the flow goes on, or undefined. Throws 90094 when only an administrator can:
 * for the whole tenant, for scopes of administrators, for an application that asks for assignment, and where the
 * tenant's authorization policy takes consent from its people.
 */
export function consentDue(context: LoginContext, flow: Flow, user: TokenUser): ConsentDue | undefined {
  const { client } = flow;
  const missing = missingOf(flow.permissions, (resource) =>
    context.consents.granted(client, resource, user.id),
  );
  const again = flow.prompt === 'consent' || flow.forTenant;
  if (client.preauthorized || (missing.length === 0 && !again)) return undefined;
  const permissions = again ? flow.permissions : missing;
  const scopes = scopesOf(permissions);
  const mayAll = mayConsentForTenant(
    user.roles,
    scopes.map((scope) => scope.value),
  );
  const needsAdmin =
    flow.forTenant ||
    client.assignmentRequired ||
    scopes.some((scope) => scope.adminOnly) ||
    !mayConsentForThemselves(context.state.tenant.authorizationPolicy, scopes);
  if (needsAdmin && !mayAll) throw new AadstsError(90094, client.displayName);
  return { permissions, mayConsentForTenant: mayAll };
}

/** Remembers a consent that was given on the page. */
export function grantConsent(
  context: LoginContext,
  flow: Flow,
  consent: { readonly due: ConsentDue; readonly userId: string; readonly everyone: boolean },
): void {
  const forAll = flow.forTenant || (consent.everyone && consent.due.mayConsentForTenant);
  const { client } = flow;
  const audit = { userId: consent.userId, clientId: client.servicePrincipalId, everyone: forAll };
  auditConsent(context.state, audit, () => {
    for (const { resource, scopes } of consent.due.permissions)
      context.consents.grant(
        client,
        resource,
        scopes.map((scope) => scope.value),
        forAll ? null : consent.userId,
      );
  });
}

/** What the tenant classifies as low impact where only such permissions are left to people. */
const lowImpact = new Set(['User.Read', 'openid', 'profile', 'email', 'offline_access']);

/** Microsoft Entra: configure how users consent to applications. */
function mayConsentForThemselves(
  policy: GraphObject,
  scopes: readonly { readonly value: string }[],
): boolean {
  const permissions = policy['defaultUserRolePermissions'];
  const assigned = isRecord(permissions) ? permissions['permissionGrantPoliciesAssigned'] : undefined;
  const own = (Array.isArray(assigned) ? assigned : []).filter(
    (name: unknown) => typeof name === 'string' && name.startsWith('ManagePermissionGrantsForSelf.'),
  );
  if (own.some((name) => name !== lowConsent)) return true;
  return own.length > 0 && scopes.every((scope) => lowImpact.has(scope.value));
}
