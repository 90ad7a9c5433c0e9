import { recordSignIn } from '../tenant/signIns.ts';
import type { AppliedPolicy } from '../tenant/signIns.ts';
import type { Account, GraphObject } from '../state.ts';
import { text } from './clients.ts';
import { evaluateAccess } from './conditionalAccess.ts';
import type { Applied } from './conditionalAccess.ts';
import type { Flow, LoginContext } from './context.ts';
import { clientAppTypeOf } from './demandAccess.ts';
import type { AadstsError } from './errors.ts';

/** Writes an attempt of a known person at the sign-in page to the tenant's sign-in log. */
export function logAttempt(
  context: LoginContext,
  flow: Flow,
  attempt: { readonly account: Account; readonly error?: AadstsError },
): void {
  const { tenant } = context.state;
  const { account, error } = attempt;
  const user = tenant.users.get(account.userId);
  if (!user) return;
  const { client, resource, viaDeviceCode } = flow;
  const clientAppType = clientAppTypeOf(client);
  const request = { user, account, resourceAppId: resource.appId, clientAppType, viaDeviceCode };
  const { applied } = evaluateAccess(tenant, request);
  const mfa = flow.signedIn?.authentication.mfa === true;
  recordSignIn(context.state, {
    user: { id: user.id, userPrincipalName: user.userPrincipalName, displayName: user.displayName },
    application: { appId: client.appId, displayName: client.displayName },
    resource: { appId: resource.appId, displayName: resource.displayName },
    clientAppUsed: clientAppType === 'browser' ? 'Browser' : 'Mobile Apps and Desktop clients',
    policies: [...tenant.conditionalAccessPolicies.values()].map((policy) =>
      rowOf(
        policy,
        applied.find((one) => one.policyId === policy.id),
        mfa,
      ),
    ),
    ...(error && {
      refusal: { errorCode: error.code, reason: error.message.replace(/^AADSTS\d+: /, '') },
    }),
  });
}

/** Names of grant controls as the log shows them. */
const labels: Readonly<Record<string, string>> = {
  block: 'Block',
  mfa: 'Mfa',
  compliantDevice: 'RequireCompliantDevice',
  domainJoinedDevice: 'RequireDomainJoinedDevice',
  approvedApplication: 'RequireApprovedApp',
  compliantApplication: 'RequireCompliantApp',
};

function rowOf(policy: GraphObject, applied: Applied | undefined, mfa: boolean): AppliedPolicy {
  const unmet = applied && (applied.refused || (applied.mfa && !mfa));
  return {
    id: policy.id,
    displayName: text(policy['displayName']),
    enforcedGrantControls: (applied?.grantControls ?? []).map((control) => labels[control] ?? control),
    enforcedSessionControls: applied?.signInFrequency ? ['SignInFrequency'] : [],
    result: applied
      ? unmet
        ? 'failure'
        : 'success'
      : policy['state'] === 'disabled'
        ? 'notEnabled'
        : 'notApplied',
  };
}
