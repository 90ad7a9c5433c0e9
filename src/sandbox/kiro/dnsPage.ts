import { html } from 'hono/html';
import type { SandboxState } from '../state.ts';
import type { Flash, Html } from './layout.ts';
import { page, postButton } from './layout.ts';
import { addressOf } from '../dns/hosts.ts';
import { oddZoneNames } from '../dns/oddZones.ts';
import { scriptOf, settingsOf } from '../dns/extras.ts';
import { listRecords } from './records.ts';

/** The DNS provider's page: records of the sandbox's zones, their name servers, and ways to get a zone wrong. */
export function dnsPage(state: SandboxState, flash: Flash | undefined): Html {
  const typed = (field: string): string => flash?.form.get(field) ?? '';
  const records = listRecords(state.dns);
  const address = state.dns.address;
  const body = html`<section>
      <header>
        <div>
          <h2>Add a record</h2>
          <p class="soft">
            This stands for your DNS provider, not for a part of
            Kiro.${address ? html` Its server answers at <code data-testid="dns-address">${address.host}:${address.port}</code>.` : ''}
          </p>
        </div>
      </header>
      <form class="body line" method="post" action="records">
        <label
          >Name
          <input
            name="name"
            value="${typed('name')}"
            placeholder="kiro-app-1"
            data-testid="record-name"
            autocomplete="off"
            spellcheck="false"
        /></label>
        <label
          >Zone
          <select name="zone" data-testid="record-zone">
            ${[...state.dns.zones].map((zone) => html`<option ${zone === typed('zone') ? 'selected' : ''}>${zone}</option>`)}
          </select></label
        >
        <label
          >Type
          <select name="type" data-testid="record-type">
            ${['TXT', 'CNAME'].map((type) => html`<option ${type === typed('type') ? 'selected' : ''}>${type}</option>`)}
          </select></label
        >
        <label class="grow"
          >Value
          <input
            name="value"
            value="${typed('value')}"
            placeholder="kiro-site-verification=…"
            data-testid="record-value"
            autocomplete="off"
            spellcheck="false"
            required
        /></label>
        <button class="primary" data-testid="add-record">Add record</button>
        <p class="hint">
          The zone is appended to the name. Leave the name empty, or enter @, for a record at the zone itself.
        </p>
      </form>
    </section>
    <section>
      <header><h2>Records (${records.length})</h2></header>
      <div class="scroll">
        <table data-testid="records">
          <thead>
            <tr>
              <th>Name</th>
              <th>Type</th>
              <th>Value</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${records.map(
              (record) =>
                html`<tr data-testid="record-${record.name}">
                  <td>${record.name}</td>
                  <td>${record.type}</td>
                  <td><code>${record.value}</code></td>
                  <td class="end">
                    ${postButton(
                      'remove-record',
                      'Remove',
                      { name: record.name, value: record.value },
                      'remove-record',
                      `Remove record of ${record.name}`,
                    )}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>
    ${oddities(state)} ${nameServers(state)}`;
  return page(state, 'dns', flash, body);
}

/** Zones as people get them wrong: rehearse how the mistake looks before it happens. */
function oddities({ dns }: SandboxState): Html {
  return html`<section>
    <header>
      <div>
        <h2>Rehearse a mistake</h2>
        <p class="soft">
          Makes the zone as if the verification record had been published in this way. "healthy" puts it right
          again.
        </p>
      </div>
    </header>
    <form class="body line" method="post" action="odd-zone">
      <label
        >Zone
        <select name="zone" data-testid="odd-zone">
          ${[...dns.zones].map((zone) => html`<option>${zone}</option>`)}
        </select></label
      >
      <label
        >As in
        <select name="oddity" data-testid="oddity">
          ${oddZoneNames.map((name) => html`<option>${name}</option>`)}
        </select></label
      >
      <button data-testid="make-odd">Make it so</button>
    </form>
  </section>`;
}

function nameServers({ dns }: SandboxState): Html {
  return html`<section>
    <header>
      <div>
        <h2>Name servers</h2>
        <p class="soft">Where the parent sends everybody who asks for a zone.</p>
      </div>
    </header>
    <div class="scroll">
      <table data-testid="name-servers">
        <thead>
          <tr>
            <th>Zone</th>
            <th>Serial</th>
            <th>Name servers</th>
          </tr>
        </thead>
        <tbody>
          ${[...dns.zones].map((zone) => {
            const { serial, delegatedTo } = settingsOf(dns, zone);
            const servers = delegatedTo.map((host) => {
              const { answers } = scriptOf(dns, host);
              const address = addressOf(host) ?? 'no address';
              return answers === 'normal' ? `${host} (${address})` : `${host} (${address}, ${answers})`;
            });
            return html`<tr>
              <td>${zone}</td>
              <td>${serial}</td>
              <td>${servers.join(', ')}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </section>`;
}
