import { html } from 'hono/html';
import type { SandboxState } from '../state.ts';
import type { Flash, Html } from './layout.ts';
import { needsProfile, page } from './layout.ts';
import { onePage, pageBar, searchForm } from './paged.ts';
import type { Asked } from './paged.ts';
import { groupsOf, peopleOf } from './view.ts';

/** Users and groups that provisioning brought, a hundred at a time. */
export function peoplePage(state: SandboxState, flash: Flash | undefined, asked: Asked): Html {
  const { profile } = state.kiro;
  if (!profile) return page(state, 'people', flash, needsProfile());
  const shown = onePage(
    peopleOf(profile),
    asked,
    (one) => `${one.userName} ${one.displayName} ${one.externalId}`,
  );
  const people = shown.rows;
  const groups = groupsOf(profile);
  const body = html`<section>
      <header>
        <div><h2>Users (${profile.users.size})</h2></div>
        ${profile.users.size > people.length || asked.search !== '' ? searchForm('people', asked) : ''}
      </header>
      ${
        people.length === 0
          ? html`<p class="empty">
              ${asked.search === '' ? 'Nobody yet. People arrive when Entra provisions them.' : 'Nobody is found.'}
            </p>`
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
      ${pageBar('people', asked, shown.pages)}
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
