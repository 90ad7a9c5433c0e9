import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Provisioning } from '../provisioning/types.ts';
import type { SandboxState } from '../state.ts';
import { consoleActions } from './actions.ts';
import type { Tab } from './action.ts';
import { dnsPage } from './dnsPage.ts';
import { watchDomains } from './domains.ts';
import { identityPage } from './identityPage.ts';
import { addressOf } from './layout.ts';
import type { Flash, Html } from './layout.ts';
import { overviewPage } from './overviewPage.ts';
import { askedIn } from './paged.ts';
import type { Asked } from './paged.ts';
import { peoplePage } from './peoplePage.ts';
import { provisioningPage } from './provisioningPage.ts';
import { Refusal } from './refusal.ts';
import { subscriptionsPage } from './subscriptionsPage.ts';
import { watchSeats } from './subscriptions.ts';
import { consoleView } from './view.ts';

const pages: Readonly<Record<Tab, (state: SandboxState, flash: Flash | undefined, asked: Asked) => Html>> = {
  overview: overviewPage,
  identity: identityPage,
  people: peoplePage,
  subscriptions: subscriptionsPage,
  dns: dnsPage,
  provisioning: provisioningPage,
};

const MOST_FLASHES = 50;

/**
 * Kiro's console as a small website without script, and the same actions as JSON for programs (README.md here lists them).
 * Also runs what Kiro does by itself: looks pending domains up and gives out seats.
 */
export function createKiroApp(state: SandboxState, provisioning: Provisioning): Hono {
  const app = new Hono();
  const flashes = new Map<string, Flash>();
  const actions = consoleActions(state, {
    provisioning,
    watch: { domains: watchDomains(state), seats: watchSeats(state) },
  });

  app.use(async (c, next) => {
    await next();
    c.header('Content-Security-Policy', policy);
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', 'same-origin');
    c.header('X-Content-Type-Options', 'nosniff');
  });

  for (const [tab, show] of Object.entries(pages) as [Tab, (typeof pages)[Tab]][])
    for (const path of tab === 'overview' ? ['/', '/overview'] : [`/${tab}`])
      app.get(path, async (c) => {
        if (wantsJson(c)) return c.json(consoleView(state));
        const id = c.req.query('notice') ?? '';
        const flash = flashes.get(id);
        flashes.delete(id);
        return c.html(
          await show(
            state,
            flash,
            askedIn((name) => c.req.query(name)),
          ),
        );
      });

  /** Back to a tab, which tells once what happened. */
  const backTo = (c: Context, tab: Tab, flash: Flash): Response => {
    const id = randomBytes(12).toString('base64url');
    const oldest = flashes.keys().next().value;
    if (flashes.size >= MOST_FLASHES && oldest !== undefined) flashes.delete(oldest);
    flashes.set(id, flash);
    return c.redirect(`${addressOf(tab)}?notice=${id}`, 303);
  };

  app.post('/:action', async (c) => {
    const action = actions.get(c.req.param('action'));
    if (!action) return c.json({ error: 'There is no such action.' }, 404);
    if (isFromElsewhere(c))
      return c.json({ error: 'This action can be started from the console only.' }, 403);
    const form = await readForm(c);
    const asked = form.get('tab');
    const tab = asked !== undefined && isTab(asked) ? asked : action.tab;
    try {
      const done = await action.run((field) => form.get(field) ?? '');
      if (wantsJson(c)) return c.json(done.json);
      return backTo(c, tab, { failed: false, text: done.notice, secret: done.secret, form: new Map() });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (wantsJson(c)) return c.json({ error: error.message }, error.status);
      return backTo(c, tab, { failed: true, text: error.message, secret: undefined, form });
    }
  });
  return app;
}

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'";

function isTab(name: string): name is Tab {
  return Object.hasOwn(pages, name);
}

function wantsJson(c: Context): boolean {
  return (c.req.header('accept') ?? '').includes('application/json');
}

/** A browser says where a form came from; a page of another origin must not act here. */
function isFromElsewhere(c: Context): boolean {
  const origin = c.req.header('origin');
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== c.req.header('host');
}

async function readForm(c: Context): Promise<Map<string, string>> {
  const text = await c.req.text();
  if ((c.req.header('content-type') ?? '').includes('application/json')) {
    const body = parseJson(text);
    return new Map(
      Object.entries(body).flatMap(([name, value]) =>
        typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
      ),
    );
  }
  return new Map(new URLSearchParams(text));
}

function parseJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
