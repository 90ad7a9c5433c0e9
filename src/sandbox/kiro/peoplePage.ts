import { html } from 'hono/html';
import type { SandboxState } from '../state.ts';
import type { Flash, Html } from './layout.ts';
import { needsProfile, page } from './layout.ts';
import { groupsOf, peopleOf } from './view.ts';

/** Users and groups that provisioning brought. */
export function peoplePage(state: SandboxState, flash: Flash | undefined): Html {
  const { profile } = state.kiro;
  if (!profile) return page(state, 'people', flash, needsProfile());
  const people = peopleOf(profile);
  const groups = groupsOf(profile);
  const body = html`<section>
      <header><h2>Users (${people.length})</h2></header>
      ${
        people.length === 0
          ? html`<p class="empty">Nobody yet. People arrive when Entra provisions them.</p>`
          : html`<div class="scroll">
              <table data-testid="users">
                <thead>
                  <tr>
                    <th>User name</th>
                    <th>Name</th>
                    <th>External ID</th>
                    <th>Groups</th>
                    <th>Status</th>
                  </tr>
                </thead>
                <tbody>
                  ${people.map(
                    (one) =>
                      html`<tr data-testid="user-${one.userName}">
                        <td>${one.userName}</td>
                        <td>${one.displayName}</td>
                        <td><code data-testid="external-id">${one.externalId || '–'}</code></td>
                        <td>${one.groups.join(', ') || '–'}</td>
                        <td>
                          <span class="status ${one.active ? 'good' : 'bad'}"
                            >${one.active ? 'Active' : 'Inactive'}</span
                          >
                        </td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
      }
    </section>
    <section>
      <header><h2>Groups (${groups.length})</h2></header>
      ${
        groups.length === 0
          ? html`<p class="empty">No group yet.</p>`
          : html`<div class="scroll">
              <table data-testid="groups">
                <thead>
                  <tr>
                    <th>Group</th>
                    <th>External ID</th>
                    <th>Members</th>
                  </tr>
                </thead>
                <tbody>
                  ${groups.map(
                    (one) =>
                      html`<tr data-testid="group-${one.displayName}">
                        <td>${one.displayName}</td>
                        <td><code>${one.externalId || '–'}</code></td>
                        <td data-testid="member-count">${one.members.length}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
      }
    </section>`;
  return page(state, 'people', flash, body);
}
