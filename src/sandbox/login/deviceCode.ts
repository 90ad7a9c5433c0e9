import { randomBytes, randomInt } from 'node:crypto';
import { Hono } from 'hono';
import { demandAuthority, demandTenant } from './accounts.ts';
import { claimsOf } from './claimsParameter.ts';
import { findClient } from './clients.ts';
import { DEVICE_CODE_LIFETIME_S } from './context.ts';
import type { DeviceCode, LoginContext } from './context.ts';
import { AadstsError, errorBody, errorStatus } from './errors.ts';
import { demand, formOf } from './form.ts';
import { errorPage } from './goOn.ts';
import { show } from './pages/frame.ts';
import { deviceCodePage, messagePage } from './pages/messagePages.ts';
import { permissionsAsked } from './permissionsAsked.ts';
import { resolveScopes } from './resources.ts';
import { beginFlow, continueFlow } from './signInFlow.ts';

const letters = 'BCDFGHJKLMNPQRSTVWXYZ23456789';

/**
 * Device authorization: `POST /{tenant}/oauth2/v2.0/devicecode` and the page on which a person types the code. The
 * polling interval is one second, where Entra asks for five.
 */
export function deviceCode(context: LoginContext): Hono {
  const app = new Hono();
  const { tenant } = context.state;

  app.post('/:tenant/oauth2/v2.0/devicecode', async (c) => {
    try {
      const authority = c.req.param('tenant');
      demandTenant(tenant, authority);
      const form = await formOf(c.req.raw);
      const client = findClient(tenant, demand(form, 'client_id'));
      demandAuthority(tenant, client, authority);
      const scope = demand(form, 'scope');
      resolveScopes(tenant, scope, client);
      const code = randomBytes(48).toString('base64url');
      const userCode = Array.from({ length: 9 }, () => letters.charAt(randomInt(letters.length))).join('');
      const page = `${new URL(c.req.url).origin}/common/oauth2/deviceauth`;
      context.deviceCodes.set(code, {
        userCode,
        clientId: client.appId,
        scope,
        claims: claimsOf(form.get('claims')),
        expiresAt: Date.now() + DEVICE_CODE_LIFETIME_S * 1000,
        outcome: 'pending',
      });
      return c.json({
        user_code: userCode,
        device_code: code,
        verification_uri: page,
        expires_in: DEVICE_CODE_LIFETIME_S,
        interval: 1,
        message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
      });
    } catch (error) {
      if (error instanceof AadstsError) return c.json(errorBody(error), errorStatus(error));
      throw error;
    }
  });

  app.get('/common/oauth2/deviceauth', (c) =>
    show(deviceCodePage(tenant, { userCode: c.req.query('user_code') ?? '' })),
  );

  app.post('/common/oauth2/deviceauth', async (c) => {
    const form = await formOf(c.req.raw);
    if (form.get('step') !== 'code') return continueFlow(context, form);
    const typed = (form.get('user_code') ?? '').trim().toUpperCase();
    const code = [...context.deviceCodes.values()].find(
      (one) => one.userCode === typed && one.outcome === 'pending' && one.expiresAt > Date.now(),
    );
    if (!code)
      return show(
        deviceCodePage(tenant, { userCode: typed, error: 'That code did not work. Check it and try again.' }),
      );
    try {
      return await signInFor(context, code, context.sessions.of(c.req.raw));
    } catch (error) {
      if (error instanceof AadstsError) return errorPage(context, error);
      throw error;
    }
  });
  return app;
}

/** The sign-in of a device, in whatever browser its code was typed. */
function signInFor(context: LoginContext, code: DeviceCode, browser: string): Promise<Response> {
  const { tenant } = context.state;
  const client = findClient(tenant, code.clientId);
  const scopes = resolveScopes(tenant, code.scope, client);
  return beginFlow(context, {
    client,
    resource: scopes.resource,
    permissions: permissionsAsked(tenant, client, scopes),
    offline: scopes.openid.has('offline_access'),
    claims: code.claims,
    browser,
    signedIn: undefined,
    // Whoever is signed in in this browser need not be who uses the device.
    prompt: 'select_account',
    loginHint: '',
    domainHint: '',
    forTenant: false,
    viaDeviceCode: true,
    finish: (outcome) => {
      code.outcome = 'error' in outcome ? 'declined' : outcome;
      const text = `You have ${'error' in outcome ? 'not ' : ''}signed in to ${client.displayName} on your device. You can close this page.`;
      return show(messagePage(tenant, { title: client.displayName, text }));
    },
  });
}
