import type { Difference, DifferenceKind } from '../guide/comparison.ts';

/** Differences by kind: all are counted, the first of each kind are named. */
export class DifferenceList {
  readonly #counts = new Map<DifferenceKind, number>();
  readonly #named: Difference[] = [];
  readonly #most: number;

  /** At most so many of each kind are named. */
  constructor(most: number) {
    this.#most = most;
  }

  add(difference: Difference): void {
    const count = this.count(difference.kind);
    this.#counts.set(difference.kind, count + 1);
    if (count < this.#most) this.#named.push(difference);
  }

  count(kind: DifferenceKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  get named(): readonly Difference[] {
    return this.#named;
  }
}
