import { html, raw } from 'hono/html';
import { clouds } from '../clouds.ts';
import type { SandboxState } from '../state.ts';
import type { Tab } from './action.ts';
import { style } from './style.ts';

/** A piece of a page; text put into it is escaped. */
export type Html = ReturnType<typeof html>;

/** What the last action has to tell, shown once. */
export interface Flash {
  readonly failed: boolean;
  readonly text: string;
  readonly secret: string | undefined;
  /** What was typed into the form that was refused, so that nothing is lost. */
  readonly form: ReadonlyMap<string, string>;
}

const tabs: readonly (readonly [Tab, string])[] = [
  ['overview', 'Overview'],
  ['identity', 'Identity management'],
  ['people', 'Users and groups'],
  ['subscriptions', 'Subscriptions'],
  ['dns', 'DNS provider'],
  ['provisioning', 'Entra: Provisioning'],
];

/** The admin center's page is there for what Microsoft Graph can't do in the tenant's cloud. */
function tabsOf({ tenant }: SandboxState): typeof tabs {
  return clouds[tenant.cloud].lacks.length > 0 ? tabs : tabs.filter(([name]) => name !== 'provisioning');
}

/** Relative address of a tab: every page and every action is on one level. */
export function addressOf(tab: Tab): string {
  return tab === 'overview' ? './' : tab;
}

/** The frame of every page: bar, tabs, what the last action said, and the sandbox clock. */
export function page(state: SandboxState, tab: Tab, flash: Flash | undefined, body: Html): Html {
  const { profile } = state.kiro;
  const title = tabs.find(([name]) => name === tab)?.[1] ?? '';
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Kiro console (sandbox)</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header class="bar">
          <div>
            <strong>Kiro console</strong><span class="badge">Sandbox</span>
            <span class="region" data-testid="region"
              >${profile ? `Region ${profile.region}` : 'No profile yet'}</span
            >
          </div>
        </header>
        <nav class="tabs" aria-label="Console">
          <ul>
            ${tabsOf(state).map(
              ([name, label]) =>
                html`<li>
                  <a
                    href="${addressOf(name)}"
                    data-testid="tab-${name}"
                    ${name === tab ? raw('aria-current="page"') : ''}
                    >${label}</a
                  >
                </li>`,
            )}
          </ul>
        </nav>
        <main>
          <h1>${title}</h1>
          ${flash ? notice(flash) : ''} ${body} ${clock(state, tab)}
        </main>
      </body>
    </html>`;
}

function notice(flash: Flash): Html {
  const role = raw(flash.failed ? 'role="alert"' : 'role="status"');
  return html`<div class="notice ${flash.failed ? 'bad' : 'good'}" ${role} data-testid="notice">
    <p>${flash.text}</p>
    ${flash.secret === undefined ? '' : html`<code data-testid="token-secret">${flash.secret}</code>`}
  </div>`;
}

function clock(state: SandboxState, tab: Tab): Html {
  const steps = [
    [40, 'Advance 40 minutes'],
    [360, 'Advance 6 hours'],
    [1440, 'Advance 24 hours'],
  ] as const;
  return html`<section class="clock" aria-label="Sandbox clock">
    <h2>Sandbox clock</h2>
    <span data-testid="clock-now">${when(state.clock.now())}</span>
    ${steps.map(
      ([minutes, label]) =>
        html`<form method="post" action="clock">
          <input type="hidden" name="tab" value="${tab}" />
          <input type="hidden" name="minutes" value="${minutes}" />
          <button class="small" data-testid="advance-${minutes}">${label}</button>
        </form>`,
    )}
  </section>`;
}

/** A moment for people, in UTC. */
export function when(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A button that posts a few hidden fields. */
export function postButton(
  action: string,
  label: string,
  fields: Readonly<Record<string, string>>,
  testId: string,
  name = label,
): Html {
  return html`<form method="post" action="${action}">
    ${Object.entries(fields).map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}" />`)}
    <button class="small" data-testid="${testId}" aria-label="${name}">${label}</button>
  </form>`;
}

/** What stands in place of a page that needs a profile. */
export function needsProfile(): Html {
  return html`<section>
    <p class="empty" data-testid="needs-profile">
      There is no Kiro profile yet. <a href="./">Create it on the Overview tab</a> first.
    </p>
  </section>`;
}
