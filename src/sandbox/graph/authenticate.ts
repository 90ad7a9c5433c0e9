import type { MiddlewareHandler } from 'hono';
import { clouds } from '../clouds.ts';
import { challengeFor } from '../login/challenges.ts';
import type { ClaimsChallenge } from '../login/challenges.ts';
import { GRAPH_APP_ID, graphAudiences, InvalidAccessToken, verifyAccessToken } from '../login/tokens.ts';
import type { GraphDeps, GraphEnv } from './context.ts';
import type { Tenant } from '../state.ts';
import { GraphError } from './errors.ts';

/**
 * Puts the caller into the request's context; 401 with Graph's sentence when the token is missing or bad, or no longer
 * enough (Microsoft identity platform: claims challenges, claims requests, and client capabilities).
 */
export function authenticate(deps: GraphDeps): MiddlewareHandler<GraphEnv> {
  const { graph, login } = clouds[deps.state.tenant.cloud];
  const audiences = graphAudiences(graph);
  const challenge = `Bearer realm="", authorization_uri="${login}/common/oauth2/authorize", client_id="${GRAPH_APP_ID}"`;
  return async (c, next) => {
    const [scheme = '', token = ''] = (c.req.header('authorization') ?? '').split(' ');
    try {
      const accessToken = await verifyAccessToken(
        deps.keys,
        /^bearer$/i.test(scheme) ? token : '',
        audiences,
      );
      if (accessToken.tenantId !== deps.state.tenant.id)
        throw new InvalidAccessToken('Access token validation failure. Invalid tenant.');
      const demanded = deps.signIns && challengeFor(deps.signIns, deps.state.tenant, accessToken);
      if (demanded) throw claimsChallenge(demanded, challenge);
      c.set('caller', { ...accessToken, isGuest: isGuest(deps.state.tenant, accessToken.objectId) });
    } catch (error) {
      if (error instanceof InvalidAccessToken)
        throw new GraphError(401, error.code, error.message, { 'WWW-Authenticate': challenge });
      throw error;
    }
    await next();
  };
}

/** Continuous access evaluation: the same 401 with the claims that the next token is to be asked for with. */
function claimsChallenge({ claims, message }: ClaimsChallenge, challenge: string): GraphError {
  const encoded = Buffer.from(claims).toString('base64');
  return new GraphError(401, 'InvalidAuthenticationToken', message, {
    'WWW-Authenticate': `${challenge}, error="insufficient_claims", claims="${encoded}"`,
  });
}

/** The role of an authorization policy that gives guests what members have. */
const memberRole = 'a0b1b346-4d3e-4e8b-98f8-753987be4970';

function isGuest({ users, authorizationPolicy }: Tenant, id: string): boolean {
  return users.get(id)?.userType === 'Guest' && authorizationPolicy['guestUserRoleId'] !== memberRole;
}
