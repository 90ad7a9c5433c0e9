import type { TemplateResult } from 'lit-html';
import { html, nothing } from 'lit-html';
import { send } from './host.ts';
import { icon } from './parts.ts';
import type { Entry } from './models.ts';

/** What goes on at a field, beside the model: opened by hand, waiting for the host, or refused with a sentence. */
export interface EntryProgress {
  readonly open: boolean;
  readonly busy: boolean;
  readonly refused?: string;
}

export const untouched: EntryProgress = { open: false, busy: false };

/** One key a field: domains have a field each. */
export function entryKey(entry: { field: string; domain?: string }): string {
  return entry.domain === undefined ? entry.field : `${entry.field}-${entry.domain.replaceAll('.', '-')}`;
}

/**
 * A field with its label, hint and the sentence of the last refusal; folded behind a button if the model says so.
 * `labelled` is false where a row's head shows the label already: it is then only heard.
 */
export function entryField(
  entry: Entry,
  progress: EntryProgress,
  change: (progress: EntryProgress) => void,
  labelled: boolean,
): TemplateResult {
  const id = `entry-${entryKey(entry)}`;
  if (entry.reveal !== undefined && !progress.open) {
    const open = (): void => {
      change({ open: true, busy: false });
      document.getElementById(id)?.focus();
    };
    return html`<button type="button" class="vscode-button secondary" id="${id}-reveal" @click=${open}>
      ${icon('edit')}<span>${entry.reveal}</span><span class="unseen"> ${entry.label}</span>
    </button>`;
  }
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = document.getElementById(id);
    if (!(field instanceof HTMLInputElement) || field.value.trim() === '') return;
    const { domain } = entry;
    const value = field.value;
    // A secret must not stay in the page, not even while the host looks at it.
    if (entry.secret) field.value = '';
    change({ open: true, busy: true });
    send({ type: 'enter', field: entry.field, value, ...(domain === undefined ? {} : { domain }) });
  };
  const cancel = (): void => {
    change(untouched);
    document.getElementById(`${id}-reveal`)?.focus();
  };
  const { refused } = progress;
  return html`<form class="entry" @submit=${submit} autocomplete="off" novalidate>
    <label for=${id} class=${labelled ? '' : 'unseen'}>${entry.label}</label>
    <div class="entry-line">
      <input
        class="vscode-textfield ${refused === undefined ? '' : 'invalid'}"
        id=${id}
        type=${entry.secret ? 'password' : 'text'}
        placeholder=${entry.placeholder}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        aria-describedby="${id}-hint ${id}-refused"
        aria-invalid=${refused === undefined ? 'false' : 'true'}
      />
      <button
        type="submit"
        class="vscode-button ${entry.reveal === undefined ? 'secondary' : ''}"
        ?disabled=${progress.busy}
      >
        ${progress.busy ? icon('loading', 'codicon-modifier-spin') : nothing}<span>${entry.submit}</span>
      </button>
      ${
        entry.reveal === undefined
          ? nothing
          : html`<button type="button" class="vscode-button secondary" @click=${cancel}>
              ${entry.cancel}
            </button>`
      }
    </div>
    <p class="hint" id="${id}-hint">${entry.hint}</p>
    <p class="refused" id="${id}-refused" role="alert">
      ${refused === undefined ? nothing : html`${icon('error')}<span>${refused}</span>`}
    </p>
  </form>`;
}

/** Empties the field of an accepted value. */
export function emptyField(key: string): void {
  const field = document.getElementById(`entry-${key}`);
  if (field instanceof HTMLInputElement) field.value = '';
}
