import { policyChallenge, contextChallenge } from './claimsParameter.ts';
import type { RequestedClaims } from './claimsParameter.ts';
import type { Client } from './clients.ts';
import { evaluateAccess } from './conditionalAccess.ts';
import type { LoginContext } from './context.ts';
import type { SignedIn } from './signedIn.ts';
import { AadstsError } from './errors.ts';

/** A token that is asked for, or a sign-in that leads to one. */
export interface Access {
  readonly client: Client;
  readonly resourceAppId: string;
  readonly viaDeviceCode: boolean;
  readonly claims: RequestedClaims;
}

/** What a person still has to do before they get a token. */
export interface Demand {
  /** They signed in too long ago; milliseconds that a sign-in may be old. */
  readonly freshSignIn: number | undefined;
  /** 50076 with its claims, for where nobody can be asked. */
  readonly mfa: AadstsError | undefined;
}

/** Asks Conditional Access and the claims of the request. Throws 53000, 53001, 53002 or 53003. */
export function demandOf(
  context: LoginContext,
  { account, authentication }: SignedIn,
  access: Access,
): Demand {
  const { tenant, clock } = context.state;
  const user = tenant.users.get(account.userId);
  if (!user) throw new AadstsError(50034, account.userPrincipalName, tenant.displayName);
  const { client, resourceAppId, viaDeviceCode, claims } = access;
  const clientAppType = clientAppTypeOf(client);
  const decision = evaluateAccess(tenant, { user, account, resourceAppId, clientAppType, viaDeviceCode });
  const challenge = policyChallenge(decision.policyIds);
  if (decision.refusal !== undefined) throw new AadstsError(decision.refusal).challenging(challenge);
  const age = clock.now() - authentication.at;
  const frequency = decision.signInFrequency;
  // "Every time" leaves five minutes, so that one sign-in gives every token that it was for.
  const allowed = frequency === 0 ? 5 * 60_000 : frequency;
  const stepUp = claims.contexts.length > 0;
  const mfa = (decision.mfa || stepUp) && !authentication.mfa;
  return {
    freshSignIn: allowed !== undefined && age > allowed ? allowed : undefined,
    mfa: mfa
      ? new AadstsError(50076, resourceAppId).challenging(
          stepUp ? contextChallenge(claims.contexts) : challenge,
        )
      : undefined,
  };
}

/** Kind of client as Conditional Access counts it: web applications are used in a browser. */
export function clientAppTypeOf(client: Client): 'browser' | 'mobileAppsAndDesktopClients' {
  const { web, spa, publicClient } = client.redirectUris;
  return publicClient.length === 0 && web.length + spa.length > 0 ? 'browser' : 'mobileAppsAndDesktopClients';
}
