import * as vscode from 'vscode';
import type { Observation } from '../engine/session.ts';
import type { Health } from '../guide/health.ts';
import { commandIds } from './commandIds.ts';
import type { SessionStore } from './sessionStore.ts';
import { callOf, focusGuide, statusBarState } from './statusBarState.ts';
import type { StatusBarState } from './statusBarState.ts';
import { markdownText } from './tree/markdownText.ts';
import { iconOf } from './tree/stateIcon.ts';
import { commandLink, trustedMarkdown, waitWords } from './tree/tooltip.ts';
import { ranOut } from './viewState.ts';
import { whoseTenant } from './whoseTenant.ts';
import { clockTime, words } from './words.ts';

/** The one item on the left of the status bar: a word of health, five steps in the tooltip, the useful thing on click. */
export class StatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #store: SessionStore;
  readonly #disposable: vscode.Disposable;

  constructor(store: SessionStore) {
    this.#store = store;
    this.#item = vscode.window.createStatusBarItem('kiroConnect.health', vscode.StatusBarAlignment.Left, 10);
    this.#item.name = vscode.l10n.t('Kiro Connect health');
    this.#disposable = vscode.Disposable.from(
      this.#item,
      store.onDidChange(() => this.#render()),
    );
    this.#render();
    this.#item.show();
  }

  #render(): void {
    const { state, observation, steady, checking, unreachable } = this.#store;
    const shown = statusBarState({ state, observation, steady, checking });
    const { icon, label, background } = lookOf(shown);
    const working = checking && shown.kind !== 'setUp' && shown.kind !== 'sandboxStopped';
    this.#item.text = `$(${working ? 'sync~spin' : icon}) ${label}`;
    this.#item.backgroundColor = background && new vscode.ThemeColor(`statusBarItem.${background}Background`);
    const health = state === 'ready' ? observation?.health : undefined;
    this.#item.tooltip = this.#tooltip(label, health, unreachable);
    this.#item.command = this.#command(shown);
    this.#item.accessibilityInformation = {
      label: health ? `${label}. ${words(health.headline)}` : label,
      role: 'button',
    };
  }

  #tooltip(
    label: string,
    health: Health | undefined,
    unreachable: Observation | undefined,
  ): vscode.MarkdownString {
    const markdown = trustedMarkdown();
    const { session, observation } = this.#store;
    const whose = session && observation && whoseTenant(session.connection, observation);
    markdown.appendMarkdown('**').appendMarkdown(markdownText(label)).appendMarkdown('**\n\n');
    if (!health) {
      if (whose) markdown.appendMarkdown(markdownText(whose)).appendMarkdown('\n\n');
      return markdown.appendMarkdown(commandLink(vscode.l10n.t('Open Kiro Connect'), view));
    }
    markdown.appendMarkdown(markdownText(words(health.headline))).appendMarkdown('\n\n');
    for (const step of health.steps) {
      const link = commandLink(`${step.step}. ${words(step.title)}`, view);
      markdown
        .appendMarkdown(`$(${iconOf(step.status)}) ${link} · `)
        .appendMarkdown(markdownText(words(step.label)))
        .appendMarkdown('  \n');
    }
    const seen = vscode.l10n.t('Seen at {0}', clockTime(health.at));
    markdown.appendMarkdown('\n---\n').appendMarkdown(markdownText(whose ? `${whose} · ${seen}` : seen));
    if (unreachable) {
      const why = ranOut(unreachable)
        ? vscode.l10n.t('The sign-in has run out')
        : vscode.l10n.t("Microsoft Graph can't be reached now");
      markdown.appendMarkdown(markdownText(` · ${why}`));
    }
    const check = commandLink(vscode.l10n.t('Check now'), { command: commandIds.refresh, args: [] });
    const panel = commandLink(vscode.l10n.t('Status panel'), {
      command: commandIds.openStatusPanel,
      args: [],
    });
    return markdown.appendMarkdown(`\n\n${check} · ${panel}`);
  }

  /** The one useful thing. */
  #command(shown: StatusBarState): vscode.Command {
    const next = this.#store.observation?.health.next;
    switch (shown.kind) {
      case 'setUp':
      case 'sandboxStopped':
      case 'checking':
        return { title: vscode.l10n.t('Open Kiro Connect'), command: focusGuide };
      case 'healthy':
      case 'waiting':
        return { title: vscode.l10n.t('Open the status panel'), command: commandIds.openStatusPanel };
      case 'runOut':
        return { title: vscode.l10n.t('Sign in again'), command: commandIds.refresh };
      case 'unknown':
        return { title: vscode.l10n.t('Check now'), command: commandIds.refresh };
      case 'todo':
      case 'failing': {
        if (!next?.action) return { title: vscode.l10n.t('Open Kiro Connect'), command: focusGuide };
        const { command, args } = callOf(next.action, next);
        return { title: words(next.title), command, arguments: [...args] };
      }
    }
  }

  dispose(): void {
    this.#disposable.dispose();
  }
}

const view = { command: focusGuide, args: [] } as const;

interface Look {
  readonly icon: string;
  readonly label: string;
  readonly background?: 'warning' | 'error';
}

function lookOf(state: StatusBarState): Look {
  switch (state.kind) {
    case 'setUp':
      return { icon: 'plug', label: vscode.l10n.t('Kiro: set up') };
    case 'sandboxStopped':
      return { icon: 'debug-disconnect', label: vscode.l10n.t('Kiro: sandbox stopped') };
    case 'runOut':
      return { icon: 'key', label: vscode.l10n.t('Kiro: sign in again') };
    case 'checking':
      return { icon: 'sync~spin', label: vscode.l10n.t('Kiro: checking') };
    case 'healthy':
      return { icon: 'pass', label: vscode.l10n.t('Kiro: healthy') };
    case 'waiting':
      return { icon: 'clock', label: waitingLabel(state) };
    case 'todo':
      return {
        icon: 'warning',
        label: vscode.l10n.t('Kiro: {0} to do', state.count),
        ...(state.peopleAffected && { background: 'warning' as const }),
      };
    case 'failing':
      return {
        icon: 'error',
        label:
          state.what === 'signIn'
            ? vscode.l10n.t('Kiro: sign-ins fail')
            : vscode.l10n.t('Kiro: provisioning fails'),
        background: 'error',
      };
    case 'unknown':
      return { icon: 'question', label: vscode.l10n.t("Kiro: can't tell") };
  }
}

function waitingLabel({ finding }: StatusBarState & { kind: 'waiting' }): string {
  return finding?.waiting
    ? vscode.l10n.t('Kiro: waiting for {0}', waitWords(finding))
    : vscode.l10n.t('Kiro: waiting');
}
