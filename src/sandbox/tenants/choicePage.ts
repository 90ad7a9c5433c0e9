import { html } from 'hono/html';
import { page, show } from '../login/pages/frame.ts';
import type { Html } from '../login/pages/frame.ts';
import type { Account, Tenant } from '../state.ts';
import { everybody } from './home.ts';

/** Lets a person choose among the accounts of all tenants; the sign-in then goes on in the tenant of the chosen one. */
export function accountChoice(tenants: readonly Tenant[], url: URL): Promise<Response> {
  return choice(tenants, (account) => {
    const query = new URLSearchParams(url.searchParams);
    query.set('login_hint', account.userPrincipalName);
    // The choice was just made.
    if (query.get('prompt') === 'select_account') query.delete('prompt');
    return html`<form method="get">${hidden(query)}${button(tenants, account)}</form>`;
  });
}

/** The same for a person who typed the code of a device. */
export function deviceChoice(tenants: readonly Tenant[], userCode: string): Promise<Response> {
  return choice(tenants, (account) => {
    const fields = { step: 'code', user_code: userCode, username: account.userPrincipalName };
    return html`<form method="post">${hidden(new URLSearchParams(fields))}${button(tenants, account)}</form>`;
  });
}

function choice(tenants: readonly Tenant[], form: (account: Account) => Html): Promise<Response> {
  const [first] = tenants;
  if (!first) throw new Error('The sandbox has no tenant.');
  return show(
    page(
      { ...first, displayName: tenants.map(({ displayName }) => displayName).join(', ') },
      'Sign in to the sandbox tenants',
      html`<h1>Pick an account</h1>
        <ul class="accounts">
          ${everybody(tenants).map((account) => html`<li>${form(account)}</li>`)}
        </ul>`,
    ),
  );
}

function button(tenants: readonly Tenant[], { userId, userPrincipalName, roles }: Account): Html {
  const tenant = tenants.find(({ users }) => users.has(userId));
  return html`<button data-testid="account-${userPrincipalName}">
    <strong>${tenant?.users.get(userId)?.displayName ?? userPrincipalName}</strong>
    <span>${userPrincipalName}</span>
    <span>${tenant?.displayName ?? ''} · ${roles.join(', ') || 'No directory role'}</span>
  </button>`;
}

function hidden(fields: URLSearchParams): Html {
  return html`${[...fields].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}`;
}
