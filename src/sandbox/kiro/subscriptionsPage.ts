import { html } from 'hono/html';
import type { KiroProfile, SandboxState } from '../state.ts';
import type { Flash, Html } from './layout.ts';
import { needsProfile, page, postButton, when } from './layout.ts';
import { onePage, pageBar, searchForm } from './paged.ts';
import type { Asked } from './paged.ts';
import { plans } from './subscriptions.ts';
import { groupsOf } from './view.ts';

/** Subscriptions of groups and people, and the seats that come by them, a hundred at a time. */
export function subscriptionsPage(state: SandboxState, flash: Flash | undefined, asked: Asked): Html {
  const { profile } = state.kiro;
  const body = profile
    ? html`${subscriptions(profile)} ${individual(profile, flash)} ${seats(profile, asked)}`
    : needsProfile();
  return page(state, 'subscriptions', flash, body);
}

function subscriptions(profile: KiroProfile): Html {
  const groups = groupsOf(profile);
  const nameOf = (id: string): string => {
    const name =
      profile.groups.get(id)?.resource['displayName'] ?? profile.users.get(id)?.resource['userName'];
    return typeof name === 'string' ? name : `${id} (no longer in Kiro)`;
  };
  return html`<section>
    <header>
      <div>
        <h2>Subscriptions</h2>
        <p class="soft">Subscribe a group: each of its members gets a seat.</p>
      </div>
    </header>
    ${
      profile.subscriptions.length === 0
        ? ''
        : html`<div class="scroll">
            <table data-testid="subscriptions">
              <thead>
                <tr>
                  <th>Subscribed</th>
                  <th>Type</th>
                  <th>Plan</th>
                  <td></td>
                </tr>
              </thead>
              <tbody>
                ${profile.subscriptions.map(
                  (one) =>
                    html`<tr>
                      <td>${nameOf(one.principalId)}</td>
                      <td>${one.principalType}</td>
                      <td>${one.plan}</td>
                      <td class="end">
                        ${postButton('unsubscribe', 'End', { id: one.id }, 'unsubscribe', `End ${nameOf(one.principalId)}`)}
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
    <div class="body">
      ${
        groups.length === 0
          ? html`<p class="soft">No group is in Kiro yet. Provision one from Entra first.</p>`
          : html`<form class="line" method="post" action="subscriptions">
              <input type="hidden" name="principalType" value="Group" />
              <label class="grow"
                >Group
                <select name="principalId" data-testid="subscribe-group">
                  ${groups.map((one) => html`<option value="${one.id}">${one.displayName}</option>`)}
                </select></label
              >
              <label
                >Plan
                <select name="plan" data-testid="subscribe-plan">
                  ${plans.map((plan) => html`<option>${plan}</option>`)}
                </select></label
              >
              <button class="primary" data-testid="subscribe">Subscribe group</button>
            </form>`
      }
    </div>
  </section>`;
}

/** Subscribes one person alone, who then is "Individual" whatever group they are in. */
function individual(profile: KiroProfile, flash: Flash | undefined): Html {
  if (profile.users.size === 0) return html``;
  return html`<section>
    <header>
      <div>
        <h2>Subscribe one person</h2>
        <p class="soft">
          Better subscribe a group: a person subscribed alone keeps the seat when leaving the group.
        </p>
      </div>
    </header>
    <form class="body line" method="post" action="subscriptions">
      <input type="hidden" name="principalType" value="User" />
      <label class="grow"
        >User name
        <input
          name="userName"
          value="${flash?.form.get('userName') ?? ''}"
          placeholder="ada@contoso.com"
          data-testid="subscribe-user"
          autocomplete="off"
          spellcheck="false"
          required
      /></label>
      <label
        >Plan
        <select name="plan">
          ${plans.map((plan) => html`<option>${plan}</option>`)}
        </select></label
      >
      <button data-testid="subscribe-alone">Subscribe person</button>
    </form>
  </section>`;
}

function seats(profile: KiroProfile, asked: Asked): Html {
  const nameOf = (userId: string): string => {
    const name = profile.users.get(userId)?.resource['userName'];
    return typeof name === 'string' ? name : userId;
  };
  const all = [...profile.seats.values()];
  const shown = onePage(all, asked, (seat) => nameOf(seat.userId));
  const pending = all.filter((seat) => seat.status === 'Pending').length;
  return html`<section>
    <header>
      <div>
        <h2>Seats (${all.length})</h2>
        <p class="soft" data-testid="next-seat-cycle">
          Seats appear by Kiro's six-hour cycle. The next one runs at ${when(profile.nextSeatCycleAt)}.
        </p>
      </div>
      ${all.length > shown.rows.length || asked.search !== '' ? searchForm('subscriptions', asked) : ''}
      ${pending > 0 ? postButton('activate-seats', `First sign-in of all (${pending})`, {}, 'activate-all') : ''}
    </header>
    ${
      all.length === 0
        ? html`<p class="empty">No seat yet.</p>`
        : html`<div class="scroll">
            <table data-testid="seats">
              <thead>
                <tr>
                  <th>User</th>
                  <th>Status</th>
                  <th>Plan</th>
                  <th>Source</th>
                  <th>Since</th>
                  <th>Note</th>
                  <td></td>
                </tr>
              </thead>
              <tbody>
                ${shown.rows.map((seat) => {
                  const person = profile.users.get(seat.userId);
                  const name = nameOf(seat.userId);
                  const note =
                    person?.active === true ? '' : 'No longer provisioned; the seat is still billed.';
                  return html`<tr data-testid="seat-${name}">
                    <td>${name}</td>
                    <td>
                      <span
                        class="status ${seat.status === 'Active' ? 'good' : 'wait'}"
                        data-testid="seat-status"
                        >${seat.status}</span
                      >
                    </td>
                    <td>${seat.plan ?? ''}</td>
                    <td data-testid="seat-source">${seat.source ?? ''}</td>
                    <td><time>${when(seat.since)}</time></td>
                    <td>${note}</td>
                    <td class="end">
                      ${
                        seat.status === 'Pending'
                          ? postButton(
                              'activate-seats',
                              'First sign-in',
                              { userId: seat.userId },
                              'activate',
                              `First sign-in of ${name}`,
                            )
                          : ''
                      }
                      ${postButton('remove-seat', 'Remove', { userId: seat.userId }, 'remove-seat', `Remove ${name}`)}
                    </td>
                  </tr>`;
                })}
              </tbody>
            </table>
          </div>`
    }
    ${pageBar('subscriptions', asked, shown.pages)}
  </section>`;
}
