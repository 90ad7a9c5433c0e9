import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Tenant } from '../state.ts';
import { findClient, platformOf, text } from './clients.ts';
import type { LoginContext } from './context.ts';
import { AadstsError } from './errors.ts';
import { show } from './pages/frame.ts';
import { messagePage } from './pages/messagePages.ts';

/**
 * `/{tenant}/oauth2/v2.0/logout` and its version 1: signs out in this browser, everybody or who `logout_hint` names. It
 * goes on to `post_logout_redirect_uri` only where an application of the tenant registered that address.
 */
export function logout(context: LoginContext): Hono {
  const app = new Hono();
  const { tenant } = context.state;
  const answer = (c: Context): Response | Promise<Response> => {
    context.sessions.forget(context.sessions.of(c.req.raw), c.req.query('logout_hint'));
    const target = c.req.query('post_logout_redirect_uri');
    if (target !== undefined && isRegistered(tenant, target)) {
      const state = c.req.query('state');
      const url = new URL(target);
      if (state !== undefined) url.searchParams.set('state', state);
      return c.redirect(url.href);
    }
    return show(
      messagePage(tenant, { title: 'You signed out of your account', text: 'You can close this page.' }),
    );
  };
  app.get('/:tenant/oauth2/v2.0/logout', answer);
  app.get('/:tenant/oauth2/logout', answer);
  return app;
}

/** An address that some application registered; loopback ones whatever their port. */
function isRegistered(tenant: Tenant, target: string): boolean {
  if (!URL.canParse(target)) return false;
  if (/^http:\/\/localhost(:\d+)?\/?$/.test(target)) return true;
  return [...tenant.applications.values()].some((application) => {
    try {
      platformOf(findClient(tenant, text(application['appId'])), target);
      return true;
    } catch (error) {
      if (error instanceof AadstsError) return false;
      throw error;
    }
  });
}
