import type { Health } from '../../guide/health.ts';
import { nodeId } from './nodes.ts';
import type { GuideNode } from './nodes.ts';

/** What has to be drawn again: everything, or these rows alone. */
export type Redraw = 'all' | readonly GuideNode[];

/**
 * Remembers what each row showed. VS Code forgets the rows below whatever is drawn again until it has asked for them, and
 * a button pressed meanwhile comes without its row: so only rows that changed are drawn again, and a step above its
 * findings only when it changed itself.
 */
export class DrawnRows {
  readonly #nodes = new Map<string, GuideNode>();
  #shown = new Map<string, string>();
  #order = '';

  /** The same object for the same row: VS Code knows rows by it. */
  node(wanted: GuideNode): GuideNode {
    const id = nodeId(wanted);
    const known = this.#nodes.get(id);
    if (known) return known;
    this.#nodes.set(id, wanted);
    return wanted;
  }

  /** Takes in what is to be shown now. */
  take(health: Health | undefined): Redraw {
    const before = this.#shown;
    const steps = health?.steps ?? [];
    const order = steps.map(({ step }) => step).join();
    const changed: GuideNode[] = [];
    this.#shown = new Map();
    for (const { findings, ...step } of steps) {
      const row = this.node({ kind: 'step', step: step.step });
      const ids = findings.map(({ id }) => id);
      const whole = this.#differs(before, row, [step, ids]);
      if (whole) changed.push(row);
      for (const finding of findings) {
        const below = this.node({ kind: 'finding', step: finding.step, id: finding.id });
        if (this.#differs(before, below, finding) && !whole) changed.push(below);
      }
    }
    const all = order !== this.#order || order === '';
    this.#order = order;
    return all ? 'all' : changed;
  }

  #differs(before: ReadonlyMap<string, string>, node: GuideNode, shown: unknown): boolean {
    const id = nodeId(node);
    const now = JSON.stringify(shown);
    this.#shown.set(id, now);
    return before.get(id) !== now;
  }
}
