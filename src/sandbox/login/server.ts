import { Hono } from 'hono';
import { endActivations } from '../tenant/roleActivations.ts';
import { authorize } from './authorize.ts';
import type { LoginContext } from './context.ts';
import { deviceCode } from './deviceCode.ts';
import { discovery } from './discovery.ts';
import { logout } from './logout.ts';
import { tokenEndpoint } from './tokenEndpoint.ts';

/**
 * The sandbox's stand-in for login.microsoftonline.com, for one tenant: discovery, sign-in and consent pages,
 * authorization code with PKCE, device code, refresh and client credentials, with Entra's paths, claims, policies and
 * AADSTS errors. A sign-in that is under way ends with the server; refresh tokens, consents and what was arranged
 * live as long as the context's memory. What it does not emulate answers 501 with a sentence.
 */
export function createLoginApp(context: LoginContext): Hono {
  const app = new Hono();
  app.use(async (_c, next) => {
    endActivations(context.state);
    await next();
  });
  for (const routes of [discovery, deviceCode, tokenEndpoint, authorize, logout])
    app.route('/', routes(context));
  app.notFound((c) =>
    c.json(
      {
        error: 'not_implemented',
        error_description: `The sandbox does not emulate ${c.req.method} ${c.req.path} of the sign-in.`,
      },
      501,
    ),
  );
  return app;
}
