import { html, raw } from 'hono/html';
import type { Tenant } from '../state.ts';
import type { ScopeInfo } from './graphScopes.ts';

type Html = ReturnType<typeof html>;

const style = `
:root { color-scheme: light dark; --ink: #1b1b1b; --soft: #5d5d5d; --line: #d6d6d6; --paper: #fff; --ground: #eef1f6;
  --accent: #0f6cbd; --on-accent: #fff; --hover: #f3f6fb; --bad: #b10e1c; }
@media (prefers-color-scheme: dark) { :root { --ink: #f2f2f2; --soft: #b4b4b4; --line: #4a4a4a; --paper: #232323;
  --ground: #161616; --accent: #62abf5; --on-accent: #10202f; --hover: #2e2e2e; --bad: #ff99a4; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: start center; padding: 6vh 16px; background: var(--ground);
  color: var(--ink); font: 15px/1.45 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', sans-serif; }
main { width: 100%; max-width: 460px; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 32px 36px; }
.ribbon { margin: 0 0 20px; color: var(--soft); font-size: 13px; }
h1 { margin: 0 0 4px; font-size: 22px; font-weight: 600; }
p { margin: 0 0 16px; } .soft { color: var(--soft); } .bad { color: var(--bad); }
ul { list-style: none; margin: 0 0 20px; padding: 0; }
.accounts li { border-bottom: 1px solid var(--line); }
.accounts button { width: 100%; text-align: left; padding: 12px 8px; border: 0; border-radius: 4px; background: none; color: inherit; }
.accounts button:hover { background: var(--hover); }
.accounts strong { display: block; font-weight: 600; } .accounts span { display: block; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
.scopes li { padding: 8px 0; border-bottom: 1px solid var(--line); } .scopes code { color: var(--soft); font-size: 12px; overflow-wrap: anywhere; }
button, input { font: inherit; } button { cursor: pointer; }
label { display: block; margin: 0 0 12px; } label.inline { display: flex; gap: 8px; align-items: start; }
input[type=text], input[type=password] { display: block; width: 100%; margin-top: 4px; padding: 8px; border: 1px solid var(--soft);
  border-radius: 4px; background: var(--paper); color: inherit; }
.row { display: flex; gap: 8px; justify-content: flex-end; }
.row button { padding: 7px 18px; border: 1px solid var(--soft); border-radius: 4px; background: none; color: inherit; }
.row button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
details summary { cursor: pointer; margin-bottom: 12px; } :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

/** The frame of every page. `scriptNonce` allows one inline script. */
function page(tenant: Tenant, title: string, body: Html | Promise<Html>): Html | Promise<Html> {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <p class="ribbon">Sandbox of Microsoft Entra ID · ${tenant.displayName}</p>
          ${body}
        </main>
      </body>
    </html>`;
}

/** Lists the tenant's accounts; each is one click away, any other by name and password. */
export function signInPage(
  tenant: Tenant,
  flow: { id: string; clientName: string; loginHint: string; error?: string },
): Html | Promise<Html> {
  const hint = flow.loginHint.toLowerCase();
  const accounts = [...tenant.accounts].sort(
    (a, b) => rank(b.userPrincipalName, hint) - rank(a.userPrincipalName, hint),
  );
  return page(
    tenant,
    'Sign in to the sandbox tenant',
    html`<h1>Pick an account</h1>
      <p class="soft">to continue to ${flow.clientName}</p>
      ${flow.error ? html`<p class="bad" role="alert" data-testid="error">${flow.error}</p>` : ''}
      <ul class="accounts">
        ${accounts.map(
          (account) =>
            html`<li>
              <form method="post">
                <input type="hidden" name="flow" value="${flow.id}" />
                <input type="hidden" name="step" value="sign-in" />
                <input type="hidden" name="username" value="${account.userPrincipalName}" />
                <input type="hidden" name="password" value="${account.password}" />
                <button data-testid="account-${account.userPrincipalName}">
                  <strong
                    >Sign in as
                    ${tenant.users.get(account.userId)?.displayName ?? account.userPrincipalName}</strong
                  >
                  <span>${account.userPrincipalName}</span>
                  <span>${account.roles.join(', ') || 'No directory role'}</span>
                </button>
              </form>
            </li>`,
        )}
      </ul>
      <details ${flow.error ? 'open' : ''}>
        <summary data-testid="another-account">Use a name and password</summary>
        <form method="post">
          <input type="hidden" name="flow" value="${flow.id}" />
          <input type="hidden" name="step" value="sign-in" />
          <label
            >User name
            <input type="text" name="username" value="${flow.loginHint}" autocomplete="username" required
          /></label>
          <label
            >Password <input type="password" name="password" autocomplete="current-password" required
          /></label>
          <div class="row"><button class="primary" data-testid="sign-in">Sign in</button></div>
        </form>
      </details>`,
  );
}

function rank(name: string, hint: string): number {
  return hint !== '' && name.toLowerCase() === hint ? 1 : 0;
}

/** Asks for consent to the scopes that were not consented to before. */
export function consentPage(
  tenant: Tenant,
  flow: {
    id: string;
    clientName: string;
    userPrincipalName: string;
    scopes: readonly ScopeInfo[];
    resourceName: string;
    mayConsentForTenant: boolean;
    forTenant: boolean;
  },
): Html | Promise<Html> {
  return page(
    tenant,
    'Permissions requested',
    html`<p class="soft">${flow.userPrincipalName}</p>
      <h1>Permissions requested</h1>
      <p>
        <strong>${flow.clientName}</strong> asks for access to
        ${flow.resourceName}${flow.forTenant ? ' for everyone in your organization' : ''}.
      </p>
      <ul class="scopes" data-testid="scopes">
        ${flow.scopes.map((scope) => html`<li>${scope.title || scope.value}<br /><code>${scope.value}</code></li>`)}
      </ul>
      <form method="post">
        <input type="hidden" name="flow" value="${flow.id}" />
        <input type="hidden" name="step" value="consent" />
        ${
          flow.mayConsentForTenant && !flow.forTenant
            ? html`<label class="inline"
                ><input type="checkbox" name="everyone" value="yes" /> Consent on behalf of your
                organization</label
              >`
            : ''
        }
        <div class="row">
          <button name="decision" value="decline" data-testid="decline">Cancel</button>
          <button class="primary" name="decision" value="accept" data-testid="accept">Accept</button>
        </div>
      </form>`,
  );
}

/** Asks for the code that a device shows. */
export function deviceCodePage(
  tenant: Tenant,
  view: { userCode: string; error?: string },
): Html | Promise<Html> {
  return page(
    tenant,
    'Enter code',
    html`<h1>Enter code to allow access</h1>
      <p class="soft">Use the code that the application shows.</p>
      ${view.error ? html`<p class="bad" role="alert" data-testid="error">${view.error}</p>` : ''}
      <form method="post">
        <input type="hidden" name="step" value="code" />
        <label
          >Code <input type="text" name="user_code" value="${view.userCode}" autocomplete="off" required
        /></label>
        <div class="row"><button class="primary" data-testid="next">Next</button></div>
      </form>`,
  );
}

/** A page with one message: an end that does not go back to the application. */
export function messagePage(
  tenant: Tenant,
  message: { title: string; text: string; code?: string },
): Html | Promise<Html> {
  return page(
    tenant,
    message.title,
    html`<h1>${message.title}</h1>
      <p ${message.code ? raw('role="alert"') : ''} data-testid="message">${message.text}</p>
      ${message.code ? html`<p class="soft" data-testid="code">${message.code}</p>` : ''}`,
  );
}

/** `response_mode=form_post`: a form that posts itself to the redirect URI; the button serves without script. */
export function formPostPage(
  tenant: Tenant,
  redirectUri: string,
  fields: Readonly<Record<string, string>>,
  scriptNonce: string,
): Html | Promise<Html> {
  return page(
    tenant,
    'Working',
    html`<h1>Returning to the application</h1>
      <form method="post" action="${redirectUri}" data-testid="form-post">
        ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <div class="row"><button class="primary" data-testid="continue">Continue</button></div>
      </form>
      <script nonce="${scriptNonce}">
        document.forms[0].submit();
      </script>`,
  );
}
