import type { MiddlewareHandler } from 'hono';
import { InvalidAccessToken, verifyAccessToken } from '../login/tokens.ts';
import type { GraphDeps, GraphEnv } from './context.ts';
import { GraphError } from './errors.ts';

const challenge =
  'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ' +
  'client_id="00000003-0000-0000-c000-000000000000"';

/** Puts the caller into the request's context; 401 with Graph's sentence when the token is missing or bad. */
export function authenticate(deps: GraphDeps): MiddlewareHandler<GraphEnv> {
  return async (c, next) => {
    const [scheme = '', token = ''] = (c.req.header('authorization') ?? '').split(' ');
    try {
      const accessToken = await verifyAccessToken(deps.keys, /^bearer$/i.test(scheme) ? token : '');
      if (accessToken.tenantId !== deps.state.tenant.id)
        throw new InvalidAccessToken('Access token validation failure. Invalid tenant.');
      c.set('caller', accessToken);
    } catch (error) {
      if (error instanceof InvalidAccessToken)
        throw new GraphError(401, error.code, error.message, { 'WWW-Authenticate': challenge });
      throw error;
    }
    await next();
  };
}
