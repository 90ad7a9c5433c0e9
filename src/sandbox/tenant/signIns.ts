import { randomUUID } from 'node:crypto';
import type { GraphObject, SandboxState } from '../state.ts';

/** What a Conditional Access policy did to a sign-in (Microsoft Graph: appliedConditionalAccessPolicy). */
export interface AppliedPolicy {
  readonly id: string;
  readonly displayName: string;
  /** Labels of the portal, for example `Mfa` or `Block`. */
  readonly enforcedGrantControls: readonly string[];
  readonly enforcedSessionControls: readonly string[];
  readonly result: 'success' | 'failure' | 'notApplied' | 'notEnabled' | 'reportOnlySuccess';
}

/** One attempt of a known person to sign in, as far as the sign-in server knows it. */
export interface SignInFacts {
  readonly user: { readonly id: string; readonly userPrincipalName: string; readonly displayName: string };
  readonly application: { readonly appId: string; readonly displayName: string };
  readonly resource: { readonly appId: string; readonly displayName: string };
  /** Code and sentence of the refusal; absent: the person signed in. */
  readonly refusal?: { readonly errorCode: number; readonly reason: string };
  /** A browser, or an application on a device or phone. */
  readonly clientAppUsed: 'Browser' | 'Mobile Apps and Desktop clients';
  /** Absent: no policy of the tenant applied. */
  readonly policies?: readonly AppliedPolicy[];
  readonly userAgent?: string;
  readonly correlationId?: string;
}

/**
 * Writes a row of the sign-in log (Microsoft Graph: signIn resource type): one for each attempt of a person that the
 * directory knows, whether it succeeded or not.
 */
export function recordSignIn(state: SandboxState, facts: SignInFacts): GraphObject {
  const { tenant, clock } = state;
  const { user, application, resource, refusal } = facts;
  const policies = facts.policies ?? inert(state);
  const row: GraphObject = {
    id: randomUUID(),
    createdDateTime: new Date(clock.now()).toISOString(),
    userDisplayName: user.displayName,
    userPrincipalName: user.userPrincipalName,
    userId: user.id,
    appId: application.appId,
    appDisplayName: application.displayName,
    ipAddress: '127.0.0.1',
    clientAppUsed: facts.clientAppUsed,
    correlationId: facts.correlationId ?? randomUUID(),
    conditionalAccessStatus: outcome(policies),
    isInteractive: true,
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes: [],
    riskEventTypes_v2: [],
    resourceDisplayName: resource.displayName,
    resourceId: resource.appId,
    resourceTenantId: tenant.id,
    homeTenantId: tenant.id,
    servicePrincipalId: '',
    servicePrincipalName: null,
    userAgent: facts.userAgent ?? null,
    status: {
      errorCode: refusal?.errorCode ?? 0,
      failureReason: refusal?.reason ?? null,
      additionalDetails: null,
    },
    deviceDetail: {
      deviceId: '',
      displayName: null,
      operatingSystem: null,
      browser: null,
      isCompliant: null,
      isManaged: null,
      trustType: null,
    },
    // A sandbox is nowhere.
    location: {
      city: null,
      state: null,
      countryOrRegion: null,
      geoCoordinates: { altitude: null, latitude: null, longitude: null },
    },
    appliedConditionalAccessPolicies: policies,
  };
  tenant.signIns.push(row);
  return row;
}

function outcome(policies: readonly AppliedPolicy[]): 'success' | 'failure' | 'notApplied' {
  if (policies.some(({ result }) => result === 'failure')) return 'failure';
  return policies.some(({ result }) => result === 'success') ? 'success' : 'notApplied';
}

/** Every policy of the tenant, none of which applied. */
function inert(state: SandboxState): AppliedPolicy[] {
  return [...state.tenant.conditionalAccessPolicies.values()].map((policy) => ({
    id: policy.id,
    displayName: String(policy['displayName']),
    enforcedGrantControls: [],
    enforcedSessionControls: [],
    result: policy['state'] === 'disabled' ? 'notEnabled' : 'notApplied',
  }));
}
