import { html } from 'hono/html';
import type { Account, Tenant } from '../../state.ts';
import { alert, page, stepFields, wayOut } from './frame.ts';
import type { Html } from './frame.ts';

/** A flow as its pages show it. */
export interface FlowView {
  readonly id: string;
  readonly clientName: string;
  readonly error?: string | undefined;
}

/** Lists accounts; each is one click away, any other by name and password. `signedIn` are those of this browser. */
export function accountPicker(
  tenant: Tenant,
  view: FlowView & { readonly accounts: readonly Account[]; readonly signedIn: ReadonlySet<string> },
): Html {
  return page(
    tenant,
    'Sign in to the sandbox tenant',
    html`<h1>Pick an account</h1>
      <p class="soft">to continue to ${view.clientName}</p>
      ${alert(view.error)}
      <ul class="accounts">
        ${view.accounts.map(
          (account) =>
            html`<li>
              <form method="post">
                ${stepFields(view.id, 'pick')}
                <input type="hidden" name="username" value="${account.userPrincipalName}" />
                <button data-testid="account-${account.userPrincipalName}">
                  <strong
                    >${tenant.users.get(account.userId)?.displayName ?? account.userPrincipalName}</strong
                  >
                  <span>${account.userPrincipalName}</span>
                  <span
                    >${account.roles.join(', ') || 'No directory role'}${
                      view.signedIn.has(account.userId) ? ' · Signed in' : ''
                    }</span
                  >
                </button>
              </form>
            </li>`,
        )}
        <li>
          <form method="post">
            ${stepFields(view.id, 'another')}
            <button data-testid="another-account"><strong>Use another account</strong></button>
          </form>
        </li>
      </ul>
      ${wayOut(view.id, { back: false })}`,
  );
}

/** Asks for the name of an account. */
export function namePage(tenant: Tenant, view: FlowView & { readonly username: string }): Html {
  return page(
    tenant,
    'Sign in to the sandbox tenant',
    html`<h1>Sign in</h1>
      <p class="soft">to continue to ${view.clientName}</p>
      ${alert(view.error)}
      <form method="post">
        ${stepFields(view.id, 'name')}
        <label
          >E-mail or user name
          <input
            type="text"
            name="username"
            value="${view.username}"
            autocomplete="username"
            autofocus
            required
        /></label>
        <div class="row"><button class="primary" data-testid="next">Next</button></div>
      </form>
      ${wayOut(view.id, { back: true })}`,
  );
}

/** Asks for the password of an account. */
export function passwordPage(tenant: Tenant, view: FlowView & { readonly username: string }): Html {
  return page(
    tenant,
    'Enter password',
    html`<p class="soft">${view.username}</p>
      <h1>Enter password</h1>
      ${alert(view.error)}
      <form method="post">
        ${stepFields(view.id, 'password')}
        <input type="hidden" name="username" value="${view.username}" autocomplete="username" />
        <label
          >Password <input type="password" name="password" autocomplete="current-password" autofocus required
        /></label>
        <div class="row"><button class="primary" data-testid="sign-in">Sign in</button></div>
      </form>
      ${wayOut(view.id, { back: true })}
      <form method="post" class="sandbox">
        ${stepFields(view.id, 'rightPassword')}
        <input type="hidden" name="username" value="${view.username}" />
        <p class="soft">Only a sandbox can do this:</p>
        <div class="row">
          <button data-testid="account-${view.username}">Sign in with the right password</button>
        </div>
      </form>`,
  );
}

/** Asks for a new password in place of one that expired. */
export function newPasswordPage(tenant: Tenant, view: FlowView & { readonly username: string }): Html {
  return page(
    tenant,
    'Update your password',
    html`<p class="soft">${view.username}</p>
      <h1>Update your password</h1>
      <p>You need to update your password because your password has expired.</p>
      ${alert(view.error)}
      <form method="post">
        ${stepFields(view.id, 'newPassword')}
        <input type="hidden" name="username" value="${view.username}" autocomplete="username" />
        <label
          >Current password
          <input type="password" name="password" autocomplete="current-password" autofocus required
        /></label>
        <label
          >New password <input type="password" name="new" autocomplete="new-password" minlength="8" required
        /></label>
        <label
          >Confirm password
          <input type="password" name="again" autocomplete="new-password" minlength="8" required
        /></label>
        <div class="row"><button class="primary" data-testid="sign-in">Sign in</button></div>
      </form>
      ${wayOut(view.id, { back: true })}`,
  );
}

/** Asks for approval on a phone that the sandbox has no picture of: the button is the phone. */
export function mfaPage(tenant: Tenant, view: FlowView & { readonly username: string }): Html {
  return page(
    tenant,
    'Approve sign in request',
    html`<p class="soft">${view.username}</p>
      <h1>Approve sign in request</h1>
      <p>${view.clientName} asks for multifactor authentication. In the sandbox, this page is the phone.</p>
      ${alert(view.error)}
      <form method="post">
        <input type="hidden" name="flow" value="${view.id}" />
        <input type="hidden" name="step" value="mfa" />
        <div class="row">
          <button name="decision" value="deny" data-testid="deny">Deny</button>
          <button class="primary" name="decision" value="approve" data-testid="approve">Approve</button>
        </div>
      </form>
      ${wayOut(view.id, { back: true })}`,
  );
}
