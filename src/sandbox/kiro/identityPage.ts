import { html } from 'hono/html';
import { scimEndpoint } from '../scim/server.ts';
import type { KiroDomain, KiroProfile, SandboxState } from '../state.ts';
import { VERIFICATION_LIFETIME_MS } from './domains.ts';
import type { Flash, Html } from './layout.ts';
import { needsProfile, page, postButton, when } from './layout.ts';

/** Settings › Identity management: domains, SCIM endpoint, access tokens. */
export function identityPage(state: SandboxState, flash: Flash | undefined): Html {
  const { profile } = state.kiro;
  const body = profile
    ? html`${domains(state, profile, flash)} ${endpoint(state)} ${tokens(profile)}`
    : needsProfile();
  return page(state, 'identity', flash, body);
}

function domains(state: SandboxState, profile: KiroProfile, flash: Flash | undefined): Html {
  return html`<section>
    <header>
      <div>
        <h2>Domains</h2>
        <p class="soft">People sign in with an email address of a verified domain. At most ten.</p>
      </div>
      ${profile.domains.length > 0 ? postButton('check-domains', 'Check now', {}, 'check-domains') : ''}
    </header>
    ${
      profile.domains.length === 0
        ? ''
        : html`<div class="scroll">
            <table data-testid="domains">
              <thead>
                <tr>
                  <th>Domain</th>
                  <th>Status</th>
                  <th>TXT record</th>
                  <td></td>
                </tr>
              </thead>
              <tbody>
                ${profile.domains.map((domain) => domainRow(domain, state.kiro.verification === 'exact'))}
              </tbody>
            </table>
          </div>`
    }
    <div class="body">
      <form class="line" method="post" action="domains">
        <label class="grow"
          >Domain
          <input
            name="name"
            value="${flash?.form.get('name') ?? ''}"
            placeholder="contoso.com"
            data-testid="domain-name"
            autocomplete="off"
            spellcheck="false"
            required
        /></label>
        <button class="primary" data-testid="add-domain">Add domain</button>
      </form>
    </div>
  </section>`;
}

function domainRow(domain: KiroDomain, exact: boolean): Html {
  const kind = { Pending: 'wait', Verified: 'good', Expired: 'bad' }[domain.status];
  const until = when(domain.addedAt + VERIFICATION_LIFETIME_MS);
  return html`<tr data-testid="domain-${domain.name}">
    <td>${domain.name}</td>
    <td>
      <span class="status ${kind}" data-testid="domain-status">${domain.status}</span>
    </td>
    <td>
      <code data-testid="verification-value">${domain.verificationValue}</code>
      ${
        domain.status === 'Pending'
          ? html`<p class="hint">
              Publish it at ${domain.name}${exact ? '' : ` or at kiro-app-1.${domain.name}`} until ${until}.
            </p>`
          : domain.status === 'Expired'
            ? html`<p class="hint">It was not found within 24 hours. Remove the domain and add it again.</p>`
            : ''
      }
    </td>
    <td class="end">
      ${postButton('remove-domain', 'Remove', { name: domain.name }, 'remove-domain', `Remove ${domain.name}`)}
    </td>
  </tr>`;
}

function endpoint(state: SandboxState): Html {
  return html`<section>
    <header>
      <div>
        <h2>SCIM endpoint</h2>
        <p class="soft">The tenant URL of provisioning in Entra.</p>
      </div>
    </header>
    <div class="body">
      <p><code data-testid="scim-endpoint">${scimEndpoint(state)}</code></p>
    </div>
  </section>`;
}

function tokens(profile: KiroProfile): Html {
  return html`<section>
    <header>
      <div>
        <h2>Access tokens</h2>
        <p class="soft">The secret token of provisioning in Entra. Shown once, at most two.</p>
      </div>
      <form method="post" action="tokens">
        <button class="primary" data-testid="generate-token">Generate token</button>
      </form>
    </header>
    ${
      profile.tokens.length === 0
        ? html`<p class="empty">No access token yet.</p>`
        : html`<div class="scroll">
            <table data-testid="tokens">
              <thead>
                <tr>
                  <th>Token</th>
                  <th>Created</th>
                  <td></td>
                </tr>
              </thead>
              <tbody>
                ${profile.tokens.map(
                  (token) =>
                    html`<tr data-testid="token-${token.id}">
                      <td><code>${token.id}</code></td>
                      <td><time>${when(token.createdAt)}</time></td>
                      <td class="end">
                        ${postButton('revoke-token', 'Revoke', { id: token.id }, 'revoke-token', `Revoke token ${token.id}`)}
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}
