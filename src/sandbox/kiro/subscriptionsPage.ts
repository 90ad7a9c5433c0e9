import { html } from 'hono/html';
import type { KiroProfile, SandboxState } from '../state.ts';
import type { Flash, Html } from './layout.ts';
import { needsProfile, page, postButton, when } from './layout.ts';
import { plans } from './subscriptions.ts';
import { groupsOf, peopleOf } from './view.ts';

/** Subscriptions of groups, and the seats that come by them. */
export function subscriptionsPage(state: SandboxState, flash: Flash | undefined): Html {
  const { profile } = state.kiro;
  const body = profile ? html`${subscriptions(profile)} ${seats(profile)}` : needsProfile();
  return page(state, 'subscriptions', flash, body);
}

function subscriptions(profile: KiroProfile): Html {
  const groups = groupsOf(profile);
  const nameOf = (id: string): string =>
    groups.find((one) => one.id === id)?.displayName ??
    peopleOf(profile).find((one) => one.id === id)?.userName ??
    `${id} (no longer in Kiro)`;
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

function seats(profile: KiroProfile): Html {
  const people = new Map(peopleOf(profile).map((one) => [one.id, one]));
  const all = [...profile.seats.values()];
  const pending = all.filter((seat) => seat.status === 'Pending').length;
  return html`<section>
    <header>
      <div>
        <h2>Seats (${all.length})</h2>
        <p class="soft" data-testid="next-seat-cycle">
          Seats appear by Kiro's six-hour cycle. The next one runs at ${when(profile.nextSeatCycleAt)}.
        </p>
      </div>
      ${pending > 0 ? postButton('activate-seats', `Activate all (${pending})`, {}, 'activate-all') : ''}
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
                  <th>Since</th>
                  <th>Note</th>
                  <td></td>
                </tr>
              </thead>
              <tbody>
                ${all.map((seat) => {
                  const person = people.get(seat.userId);
                  const name = person?.userName ?? seat.userId;
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
                    <td><time>${when(seat.since)}</time></td>
                    <td>${note}</td>
                    <td class="end">
                      ${
                        seat.status === 'Pending'
                          ? postButton(
                              'activate-seats',
                              'Activate',
                              { userId: seat.userId },
                              'activate',
                              `Activate ${name}`,
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
  </section>`;
}
