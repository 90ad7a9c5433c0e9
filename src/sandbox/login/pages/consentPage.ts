import { html } from 'hono/html';
import type { Tenant } from '../../state.ts';
import { scopesOf } from '../permissionsAsked.ts';
import type { Permission } from '../permissionsAsked.ts';
import type { FlowView } from './accountPages.ts';
import { page, stepFields } from './frame.ts';
import type { Html } from './frame.ts';

/** What the consent page shows. */
export interface ConsentView extends FlowView {
  readonly userPrincipalName: string;
  readonly permissions: readonly Permission[];
  /** `offline_access` is asked for, which people see as one more sentence. */
  readonly offline: boolean;
  readonly mayConsentForTenant: boolean;
  readonly forTenant: boolean;
}

/** Asks for consent to the scopes that were not consented to before, each in words. */
export function consentPage(tenant: Tenant, view: ConsentView): Html {
  const names = view.permissions.map(({ resource }) => resource.displayName).join(', ');
  return page(
    tenant,
    'Permissions requested',
    html`<p class="soft">${view.userPrincipalName}</p>
      <h1>Permissions requested${view.forTenant ? ' for your organization' : ''}</h1>
      <p>
        <strong>${view.clientName}</strong> asks for access to
        ${names}${view.forTenant ? ' for everyone in your organization' : ''}.
      </p>
      <ul class="scopes" data-testid="scopes">
        ${scopesOf(view.permissions).map(
          (scope) =>
            html`<li>
              <details>
                <summary>${scope.title || scope.value}</summary>
                ${scope.description}
              </details>
              <code>${scope.value}</code>
            </li>`,
        )}
        ${view.offline ? html`<li>Maintain access to data you have given it access to</li>` : ''}
      </ul>
      <form method="post">
        ${stepFields(view.id, 'consent')}
        ${
          view.mayConsentForTenant && !view.forTenant
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

/** "Need admin approval": someone else has to consent. It leads back to the application or to another account. */
export function approvalPage(tenant: Tenant, view: FlowView & { readonly text: string }): Html {
  return page(
    tenant,
    'Need admin approval',
    html`<h1>Need admin approval</h1>
      <p><strong>${view.clientName}</strong></p>
      <p role="alert" data-testid="message">${view.text}</p>
      <p class="soft" data-testid="code">AADSTS90094</p>
      <form method="post" class="row">
        <input type="hidden" name="flow" value="${view.id}" />
        <button name="step" value="switch" data-testid="switch">Sign in with an admin account</button>
        <button name="step" value="cancel" data-testid="cancel">
          Return to the application without granting consent
        </button>
      </form>`,
  );
}
