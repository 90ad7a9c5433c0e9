import type { Tenant } from '../state.ts';
import { contextChallenge } from './claimsParameter.ts';
import { isRevoked } from './memory.ts';
import type { LoginMemory } from './memory.ts';
import type { AccessToken } from './tokens.ts';

/** Authentication context that a step-up challenge asks for. */
export const stepUpContext = 'c1';

/** What a resource refuses a token with, although its signature and time are right. */
export interface ClaimsChallenge {
  /** JSON, to be sent as base64 in `WWW-Authenticate`. */
  readonly claims: string;
  readonly message: string;
}

/**
 * Continuous access evaluation: whether a resource accepts a token now. Only clients that declared `cp1` are
 * challenged; the tokens of others stay good until they expire (Microsoft identity platform: claims challenges).
 */
export function challengeFor(
  memory: LoginMemory,
  tenant: Tenant,
  token: AccessToken,
): ClaimsChallenge | undefined {
  if (token.isApp || !token.capable) return undefined;
  const arranged = memory.arranged.get(token.objectId);
  const user = tenant.users.get(token.objectId);
  if (!user?.accountEnabled || isRevoked(memory, token.objectId, token.serial))
    return {
      claims: notBefore(Math.floor(Date.now() / 1000)),
      message: evaluation('TokenIssuedBeforeRevocationTimestamp'),
    };
  const challenge = arranged?.challenge;
  if (!arranged || !challenge) return undefined;
  const satisfied =
    challenge.kind === 'stepUp' ? token.contexts.includes(stepUpContext) : token.serial > challenge.serial;
  if (satisfied) return undefined;
  if (challenge.once) arranged.challenge = undefined;
  return challenge.kind === 'stepUp'
    ? { claims: contextChallenge([stepUpContext]), message: evaluation('AuthenticationContextRequired') }
    : { claims: notBefore(challenge.notBefore), message: evaluation('LocationConditionEvaluationSatisfied') };
}

function notBefore(seconds: number): string {
  return JSON.stringify({ access_token: { nbf: { essential: true, value: String(seconds) } } });
}

function evaluation(code: string): string {
  return `Continuous access evaluation resulted in challenge with result: InteractionRequired and code: ${code}`;
}
