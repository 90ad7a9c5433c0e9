/**
 * Sets of groups, each a small number: people share few of them, so that a person's memberships take no room of their own.
 * Set 0 is the empty one.
 */
export class MembershipSets {
  readonly #sets: (readonly number[])[] = [[]];
  readonly #ids = new Map<string, number>([['', 0]]);
  /** What came of adding a group to a set: the same is asked for again and again. */
  readonly #added = new Map<number, number>();
  readonly #most: number;

  /** For groups numbered below `most`. */
  constructor(most: number) {
    this.#most = Math.max(1, most);
  }

  /** The set with one group more. */
  add(set: number, group: number): number {
    const step = set * this.#most + group;
    const known = this.#added.get(step);
    if (known !== undefined) return known;
    const groups = [...new Set([...(this.#sets[set] ?? []), group])].sort((one, other) => one - other);
    const name = groups.join();
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.#sets.push(groups) - 1;
      this.#ids.set(name, id);
    }
    this.#added.set(step, id);
    return id;
  }

  has(set: number, group: number): boolean {
    return this.#sets[set]?.includes(group) ?? false;
  }

  groups(set: number): readonly number[] {
    return this.#sets[set] ?? [];
  }
}
