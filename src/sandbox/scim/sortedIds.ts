/** Ids in ascending order: a page after any id is found by halving, and a cursor outlives what is deleted. */
export class SortedIds {
  readonly #ids: string[];

  constructor(ids: Iterable<string>) {
    this.#ids = [...ids].sort();
  }

  get size(): number {
    return this.#ids.length;
  }

  add(id: string): void {
    const at = this.#placeOf(id);
    if (this.#ids[at] !== id) this.#ids.splice(at, 0, id);
  }

  delete(id: string): void {
    const at = this.#placeOf(id);
    if (this.#ids[at] === id) this.#ids.splice(at, 1);
  }

  /** At most `count` ids that come after one that need not be there any more; from the first on without it. */
  after(id: string | undefined, count: number): string[] {
    const place = id === undefined ? 0 : this.#placeOf(id);
    const from = id !== undefined && this.#ids[place] === id ? place + 1 : place;
    return this.#ids.slice(from, from + count);
  }

  /** Where the id stands or would stand. */
  #placeOf(id: string): number {
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ids[middle] ?? '') < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
