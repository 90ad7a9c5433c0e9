import { html } from 'hono/html';
import type { SandboxState } from '../state.ts';
import type { Flash, Html } from './layout.ts';
import { page, postButton } from './layout.ts';
import { listRecords } from './records.ts';

/** The DNS provider's page: TXT records of the sandbox's zones. */
export function dnsPage(state: SandboxState, flash: Flash | undefined): Html {
  const typed = (field: string): string => flash?.form.get(field) ?? '';
  const records = listRecords(state.dns);
  const address = state.dns.address;
  const body = html`<section>
      <header>
        <div>
          <h2>Add a TXT record</h2>
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
      <header><h2>TXT records (${records.length})</h2></header>
      <div class="scroll">
        <table data-testid="records">
          <thead>
            <tr>
              <th>Name</th>
              <th>Value</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${records.map(
              (record) =>
                html`<tr data-testid="record-${record.name}">
                  <td>${record.name}</td>
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
    </section>`;
  return page(state, 'dns', flash, body);
}
