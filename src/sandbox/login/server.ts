import { Hono } from 'hono';
import type { SandboxState } from '../state.ts';
import { authorize } from './authorize.ts';
import { createContext } from './context.ts';
import { deviceCode } from './deviceCode.ts';
import { discovery } from './discovery.ts';
import { logout } from './logout.ts';
import { newLoginMemory } from './memory.ts';
import type { LoginMemory } from './memory.ts';
import { tokenEndpoint } from './tokenEndpoint.ts';
import type { LoginKeys } from './tokens.ts';

/**
 * The sandbox's stand-in for login.microsoftonline.com: discovery, sign-in and consent pages, authorization code with
 * PKCE, device code, refresh and client credentials, with Entra's paths, claims, policies and AADSTS errors. A
 * sign-in that is under way ends with the server; refresh tokens, consents and what was arranged live as long as
 * `memory`. What it does not emulate answers 501 with a sentence.
 */
export function createLoginApp(
  state: SandboxState,
  keys: LoginKeys,
  memory: LoginMemory = newLoginMemory(),
): Hono {
  const context = createContext(state, keys, memory);
  const app = new Hono();
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
