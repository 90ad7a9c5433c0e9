import { html } from 'hono/html';
import type { SandboxState } from '../state.ts';
import type { Flash, Html } from './layout.ts';
import { page } from './layout.ts';
import { profileRegions } from './profile.ts';
import { scimEndpoint } from '../scim/server.ts';

/** Creates the profile, or shows it. */
export function overviewPage(state: SandboxState, flash: Flash | undefined): Html {
  return page(state, 'overview', flash, state.kiro.profile ? summary(state) : creation(flash));
}

function creation(flash: Flash | undefined): Html {
  const typed = (field: string): string => flash?.form.get(field) ?? '';
  return html`<section>
    <header>
      <div>
        <h2>Onboard your team to Kiro</h2>
        <p class="soft">Connect an external identity provider: Microsoft Entra ID.</p>
      </div>
    </header>
    <form class="body" method="post" action="profile">
      <label
        >Application ID
        <input
          name="applicationId"
          value="${typed('applicationId')}"
          data-testid="application-id"
          autocomplete="off"
          spellcheck="false"
          required
        /><small>Application (client) ID of the enterprise application in Entra.</small></label
      >
      <label
        >Tenant ID
        <input
          name="tenantId"
          value="${typed('tenantId')}"
          data-testid="tenant-id"
          autocomplete="off"
          spellcheck="false"
          required
        /><small>Directory (tenant) ID of your Entra tenant.</small></label
      >
      <label
        >Region
        <select name="region" data-testid="region-select">
          ${profileRegions.map((region) => html`<option ${region === typed('region') ? 'selected' : ''}>${region}</option>`)}
        </select>
        <small>Kiro stores the profile's data there. It cannot be changed later.</small></label
      >
      <div><button class="primary" data-testid="create-profile">Create profile</button></div>
    </form>
  </section>`;
}

function summary(state: SandboxState): Html {
  const { profile } = state.kiro;
  if (!profile) return html``;
  const verified = profile.domains.filter((domain) => domain.status === 'Verified').length;
  return html`<section>
      <header><h2>Kiro profile</h2></header>
      <dl class="body" data-testid="profile">
        <dt>Identity provider</dt>
        <dd>Microsoft Entra ID</dd>
        <dt>Application ID</dt>
        <dd><code>${profile.applicationId}</code></dd>
        <dt>Tenant ID</dt>
        <dd><code>${profile.tenantId}</code></dd>
        <dt>Region</dt>
        <dd>${profile.region}</dd>
        <dt>SCIM endpoint</dt>
        <dd><code>${scimEndpoint(state)}</code></dd>
      </dl>
      <form class="body line danger" method="post" action="delete-profile">
        <p class="hint grow">
          Deleting the profile cancels its subscriptions. A new profile has another SCIM endpoint, and the
          application must be provisioned to it from scratch.
        </p>
        <button class="small" data-testid="delete-profile">Delete profile</button>
      </form>
    </section>
    <section>
      <header><h2>Where it stands</h2></header>
      <dl class="body">
        <dt>Domains</dt>
        <dd><a href="identity">${verified} of ${profile.domains.length} verified</a></dd>
        <dt>Access tokens</dt>
        <dd><a href="identity">${profile.tokens.length} of 2</a></dd>
        <dt>Users and groups</dt>
        <dd><a href="people">${profile.users.size} users, ${profile.groups.size} groups</a></dd>
        <dt>Seats</dt>
        <dd><a href="subscriptions">${profile.seats.size}</a></dd>
      </dl>
    </section>`;
}
