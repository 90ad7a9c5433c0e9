import * as vscode from 'vscode';
import type { Observation } from '../../engine/session.ts';
import type { StepNumber } from '../../guide/step.ts';
import type { GuideNode } from './nodes.ts';

/** VS Code loses a request to open a row while it draws that row again. */
const tries = 4;

/**
 * Opens a step that an earlier one held up when its turn comes: VS Code remembers it as closed. Asked again with each
 * drawing until VS Code says that it is open, or whoever looks closes it.
 */
export class OpenWhatsNext implements vscode.Disposable {
  readonly #view: vscode.TreeView<GuideNode>;
  readonly #rowOf: (step: StepNumber) => GuideNode;
  readonly #disposable: vscode.Disposable;
  #wanted: { readonly step: StepNumber; left: number } | undefined;

  constructor(view: vscode.TreeView<GuideNode>, rowOf: (step: StepNumber) => GuideNode) {
    this.#view = view;
    this.#rowOf = rowOf;
    const settled = ({ element }: { readonly element: GuideNode }): void => {
      if (element.kind === 'step' && element.step === this.#wanted?.step) this.#wanted = undefined;
    };
    this.#disposable = vscode.Disposable.from(
      view.onDidExpandElement(settled),
      view.onDidCollapseElement(settled),
    );
  }

  /** To be called once the rows of a look are drawn. */
  drawn(before: Observation | undefined, now: Observation | undefined): void {
    const held = before?.health.steps.filter(({ status }) => status === 'blocked') ?? [];
    const next = now?.health.steps.find(
      ({ step, status }) => held.some((one) => one.step === step) && status !== 'blocked' && status !== 'met',
    );
    if (next) this.#wanted = { step: next.step, left: tries };
    const wanted = this.#wanted;
    if (!wanted || !this.#view.visible) return;
    wanted.left -= 1;
    if (wanted.left <= 0) this.#wanted = undefined;
    const options = { select: false, focus: false, expand: true };
    // Fails when the tree was emptied meanwhile; then there is nothing to open.
    this.#view.reveal(this.#rowOf(wanted.step), options).then(undefined, () => undefined);
  }

  dispose(): void {
    this.#disposable.dispose();
  }
}
