import { html } from 'hono/html';
import type { SandboxState } from '../state.ts';
import type { Flash, Html } from './layout.ts';
import { page, postButton } from './layout.ts';
import { provisionedOf } from './provisioningActions.ts';
import type { Provisioned } from './provisioningActions.ts';

/** The admin center's page "Provisioning", as far as it does what Microsoft Graph of the tenant's cloud can't. */
export function provisioningPage(state: SandboxState, flash: Flash | undefined): Html {
  const all = provisionedOf(state);
  const body =
    all.length === 0
      ? html`<section>
          <p class="empty" data-testid="not-provisioned">No application has a provisioning job yet.</p>
        </section>`
      : html`${all.map((one) => application(state, one, flash))}`;
  return page(state, 'provisioning', flash, body);
}

function application(
  { tenant }: SandboxState,
  { servicePrincipal, job }: Provisioned,
  flash: Flash | undefined,
): Html {
  const { id } = servicePrincipal;
  const secrets = tenant.synchronization.get(id)?.secrets ?? [];
  const saved = secrets.find(({ key }) => key === 'BaseAddress')?.value;
  return html`<section data-testid="provisioned-application">
    <header>
      <div>
        <h2>${String(servicePrincipal['displayName'])}</h2>
        <p class="soft">
          This stands for the Microsoft Entra admin center, not for a part of Kiro.
          ${saved === undefined ? 'No credentials yet.' : html`Tenant URL: <code>${saved}</code>`}
        </p>
      </div>
      <span class="status" data-testid="job-status">${String(job.status['code'])}</span>
      ${buttons(id)}
    </header>
    <form class="body line" method="post" action="save-credentials">
      <input type="hidden" name="servicePrincipalId" value="${id}" />
      <label class="grow"
        >Tenant URL
        <input
          name="tenantUrl"
          value="${flash?.form.get('tenantUrl') ?? ''}"
          data-testid="tenant-url"
          autocomplete="off"
          spellcheck="false"
          required
      /></label>
      <label class="grow"
        >Secret token
        <input name="secretToken" type="password" data-testid="secret-token" autocomplete="off" required
      /></label>
      <button class="primary" data-testid="save-credentials">Test connection and save</button>
    </form>
  </section>`;
}

function buttons(servicePrincipalId: string): Html {
  const fields = { servicePrincipalId };
  return html`${postButton('correct-mapping', 'Correct the attribute mapping', fields, 'correct-mapping')}
  ${postButton('start-provisioning', 'Start provisioning', fields, 'start-provisioning')}
  ${postButton('stop-provisioning', 'Stop', fields, 'stop-provisioning')}
  ${postButton('restart-provisioning', 'Restart', fields, 'restart-provisioning')}`;
}
