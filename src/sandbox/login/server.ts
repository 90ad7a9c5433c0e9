import { Hono } from 'hono';
import type { SandboxState } from '../state.ts';
import { authorize } from './authorize.ts';
import { createContext, newLoginMemory } from './context.ts';
import type { LoginMemory } from './context.ts';
import { deviceCode } from './deviceCode.ts';
import { discovery } from './discovery.ts';
import { messagePage } from './pages.ts';
import { show } from './signInFlow.ts';
import { tokenEndpoint } from './tokenEndpoint.ts';
import type { LoginKeys } from './tokens.ts';

/**
 * The sandbox's stand-in for login.microsoftonline.com: discovery, sign-in and consent pages, authorization code with
 * PKCE, device code, refresh and client credentials, with Entra's paths, claims and AADSTS errors. A
 * sign-in that is under way ends with the server; refresh tokens and consents live as long as `memory`.
 */
export function createLoginApp(
  state: SandboxState,
  keys: LoginKeys,
  memory: LoginMemory = newLoginMemory(),
): Hono {
  const context = createContext(state, keys, memory);
  const app = new Hono();
  app.route('/', discovery(context));
  app.route('/', deviceCode(context));
  app.route('/', tokenEndpoint(context));
  app.route('/', authorize(context));
  app.get('/:tenant/oauth2/v2.0/logout', (c) => {
    context.sessions.forget(c.req.raw);
    const target = c.req.query('post_logout_redirect_uri');
    if (target !== undefined && /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\//.test(target))
      return c.redirect(target);
    return show(messagePage(state.tenant, { title: 'You signed out', text: 'You can close this page.' }));
  });
  return app;
}
