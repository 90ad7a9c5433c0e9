import * as vscode from 'vscode';
import type { Observation } from '../../engine/session.ts';
import type { StepHealth } from '../../guide/health.ts';
import type { Finding } from '../../guide/requirement.ts';
import { viewIds } from '../commandIds.ts';
import type { SessionStore } from '../sessionStore.ts';
import { ranOut } from '../viewState.ts';
import type { ViewState } from '../viewState.ts';
import { whoseTenant } from '../whoseTenant.ts';
import { clockTime, words } from '../words.ts';
import { DrawnRows } from './drawnRows.ts';
import type { GuideNode } from './nodes.ts';
import { OpenWhatsNext } from './openWhatsNext.ts';
import type { RowWork } from './rowWork.ts';
import { findingItem, stepItem } from './treeItems.ts';

/** The Kiro Connect view: the five steps and their findings, as the store has them. */
export class GuideTree implements vscode.TreeDataProvider<GuideNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<GuideNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly view: vscode.TreeView<GuideNode>;
  readonly #store: SessionStore;
  readonly #work: RowWork;
  readonly #disposable: vscode.Disposable;
  readonly #rows = new DrawnRows();
  readonly #next: OpenWhatsNext;
  #drawn: { state?: ViewState; observation?: Observation | undefined } = {};

  constructor(store: SessionStore, work: RowWork) {
    this.#store = store;
    this.#work = work;
    this.view = vscode.window.createTreeView(viewIds.guide, {
      treeDataProvider: this,
      manageCheckboxStateManually: true,
      showCollapseAll: false,
    });
    this.#next = new OpenWhatsNext(this.view, (step) => this.#rows.node({ kind: 'step', step }));
    this.#disposable = vscode.Disposable.from(
      this.view,
      this.#next,
      this.#changed,
      store.onDidChange(() => this.#draw()),
      work.onDidChange(() => this.#changed.fire(undefined)),
    );
    this.#draw();
  }

  getChildren(node?: GuideNode): GuideNode[] {
    if (this.#store.state !== 'ready') return [];
    const steps = this.#store.observation?.health.steps ?? [];
    if (!node) return steps.map(({ step }) => this.#rows.node({ kind: 'step', step }));
    if (node.kind === 'finding') return [];
    const findings = this.#step(node)?.findings ?? [];
    return findings.map(({ id, step }) => this.#rows.node({ kind: 'finding', step, id }));
  }

  getTreeItem(node: GuideNode): vscode.TreeItem {
    const step = this.#step(node);
    const observation = this.#store.observation;
    if (!step || !observation) return new vscode.TreeItem('');
    if (node.kind === 'step')
      return stepItem(step, observation.snapshot.at, this.#work.of(`step${node.step}`));
    const finding = this.findingOf(node.id);
    return finding ? findingItem(finding, observation, this.#work.of(node.id)) : new vscode.TreeItem('');
  }

  getParent(node: GuideNode): GuideNode | undefined {
    return node.kind === 'finding' ? this.#rows.node({ kind: 'step', step: node.step }) : undefined;
  }

  findingOf(id: string): Finding | undefined {
    return this.#store.observation?.health.steps
      .flatMap((step) => step.findings)
      .find((finding) => finding.id === id);
  }

  /** Draws the rows again although the store did not change: a tick box that was clicked in vain goes back. */
  redraw(): void {
    this.#changed.fire(undefined);
  }

  #step(node: GuideNode): StepHealth | undefined {
    return this.#store.observation?.health.steps.find(({ step }) => step === node.step);
  }

  #draw(): void {
    const { observation, unreachable, session, state } = this.#store;
    // With one view in the container VS Code shows no description, so whose tenant this is stands above the rows.
    const whose = session && observation ? whoseTenant(session.connection, observation) : '';
    this.view.description = whose;
    const stale =
      unreachable && observation ? ` ${staleMessage(observation.snapshot.at, ranOut(unreachable))}` : '';
    // VS Code shows a message in place of a welcome text.
    this.view.message = state === 'ready' ? whose + stale : '';
    const todo = state === 'ready' ? (observation?.health.todo ?? 0) : 0;
    this.view.badge =
      todo === 0
        ? undefined
        : { value: todo, tooltip: vscode.l10n.t('{0} to do to connect Entra ID to Kiro', todo) };
    if (this.#drawn.state === state && this.#drawn.observation === observation) return;
    const before = this.#drawn.observation;
    const sameState = this.#drawn.state === state;
    this.#drawn = { state, observation };
    const redraw = this.#rows.take(observation?.health);
    if (!sameState || redraw === 'all') this.#changed.fire(undefined);
    else if (redraw.length > 0) this.#changed.fire([...redraw]);
    if (state === 'ready') this.#next.drawn(before, observation);
  }

  dispose(): void {
    this.#disposable.dispose();
  }
}

function staleMessage(at: number, signInRanOut: boolean): string {
  return signInRanOut
    ? vscode.l10n.t(
        'The sign-in has run out: Check now signs in again. This is what was seen at {0}.',
        clockTime(at),
      )
    : vscode.l10n.t("Microsoft Graph can't be reached. This is what was seen at {0}.", clockTime(at));
}

/** Used by quick picks and documents: a step as the tree names it. */
export function stepName(step: StepHealth): string {
  return `${step.step}. ${words(step.title)}`;
}
