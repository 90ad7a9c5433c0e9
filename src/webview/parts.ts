import type { TemplateResult } from 'lit-html';
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { send } from './host.ts';
import { parseIntent } from './messages.ts';
import type { Action, Copy, Empty, Head, State, Status } from './models.ts';

/** Pieces that both panels are built of. */

const icons: Record<Status, string> = {
  met: 'pass-filled',
  unmet: 'circle-large-outline',
  failing: 'error',
  waiting: 'clock',
  manual: 'person',
  unknown: 'question',
  checking: 'loading',
  later: 'circle-small',
};

/** A codicon that only repeats what words beside it say. */
export function icon(name: string, extra = ''): TemplateResult {
  return html`<span class="codicon codicon-${name} ${extra}" aria-hidden="true"></span>`;
}

/** An icon with its words: colour and shape never stand alone. */
export function stateWords(state: State): TemplateResult {
  return html`<span class="state is-${state.status}">
    ${icon(icons[state.status], state.status === 'checking' ? 'codicon-modifier-spin' : '')}
    <span>${state.words}</span>
  </span>`;
}

/** A button that runs an allowed command. */
export function actionButton(action: Action, look: 'button' | 'link' = 'button'): TemplateResult {
  const run = (): void => {
    // The same parser as the host's: an action that it would drop is a mistake of the model and shows as a dead button.
    const intent = parseIntent({ type: 'command', id: action.command, args: action.args });
    if (intent) send(intent);
  };
  const style =
    look === 'link' || action.quiet === true
      ? 'link'
      : action.primary === true
        ? 'vscode-button'
        : 'vscode-button secondary';
  return html`<button type="button" class=${style} @click=${run}>
    ${action.icon === undefined ? nothing : icon(action.icon)}<span>${action.label}</span>${
      action.about === undefined ? nothing : html`<span class="unseen"> ${action.about}</span>`
    }
  </button>`;
}

/** A row of buttons, each of which stays the same element over updates, so that it keeps the focus. */
export function actionButtons(actions: readonly Action[], look: 'button' | 'link' = 'button'): unknown {
  return repeat(
    actions,
    ({ command, args }) => `${command} ${args.join(' ')}`,
    (action) => actionButton(action, look),
  );
}

/** A button that asks the host to copy; `done` shows a tick for a moment. */
export function copyButton(copy: Copy, done: boolean, look: 'icon' | 'button' = 'icon'): TemplateResult {
  const click = (): void => send({ type: 'copy', what: copy.what });
  const mark = icon(done ? 'check' : 'copy');
  return look === 'icon'
    ? html`<button type="button" class="icon-button" title="${copy.label}" @click=${click}>
        ${mark}<span class="unseen">${copy.label} ${copy.about}</span>
      </button>`
    : html`<button type="button" class="vscode-button secondary" @click=${click}>
        ${mark}<span>${copy.label}</span><span class="unseen"> ${copy.about}</span>
      </button>`;
}

/** The top of a page: its name and state, or in `line` the state alone, where the place around it has the name. */
export function headLine(head: Head, line = false): TemplateResult {
  const state = stateWords(head.state);
  return html`<header class="head ${line ? 'is-line' : ''}">
    <div class="head-words">
      ${
        line
          ? html`<h1>${state}</h1>`
          : html`<h1>${head.title}</h1>
              <p class="head-state">${state}</p>`
      }
      <p class="head-more">
        ${head.sandbox === undefined ? nothing : html`<span class="vscode-badge">${head.sandbox}</span>`}
        <span>${head.connection}</span><span>${head.checked}</span>
      </p>
    </div>
    <div class="actions">${actionButtons(head.actions)}</div>
  </header>`;
}

export function emptyPage(empty: Empty): TemplateResult {
  return html`<section class="empty">
    ${icon(empty.icon, 'empty-icon')}
    <h1>${empty.title}</h1>
    <p>${empty.sentence}</p>
    <div class="actions">${actionButtons(empty.actions)}</div>
  </section>`;
}

/** A `<details>` that stays open or shut over updates and reloads. */
export function fold(
  id: string,
  open: boolean,
  onToggle: (id: string, open: boolean) => void,
  heading: TemplateResult,
  body: TemplateResult,
): TemplateResult {
  const toggled = (event: Event): void => {
    if (event.target instanceof HTMLDetailsElement) onToggle(id, event.target.open);
  };
  return html`<details class="fold" id=${id} ?open=${open} @toggle=${toggled}>
    <summary>${icon('chevron-right', 'fold-arrow')}${heading}</summary>
    <div class="fold-body">${body}</div>
  </details>`;
}
