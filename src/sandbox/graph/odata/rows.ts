/** An entity as it is answered. */
export type Entity = Record<string, unknown>;

/**
 * The rows of a collection before a query looks at them. Entities are made one by one while they are looked at, so that
 * a page of a large collection costs what the page holds.
 */
export interface Rows {
  /** How many there are. */
  readonly size: number;
  /** The entities from a position on, in the collection's own order. */
  from(position: number): Iterable<Entity>;
  /** Those whose property has this value, where an index knows them; undefined where none does. */
  equal?(property: string, value: string): readonly Entity[] | undefined;
}

/**
 * Rows made of the tenant's own objects by `entity`. `find` is an index: the objects whose property has a value, or
 * undefined for a property that it doesn't know.
 */
export function rowsOf<T>(
  items: ReadonlyMap<string, T> | ReadonlySet<T> | readonly T[],
  entity: (item: T) => Entity,
  find?: (property: string, value: string) => readonly T[] | undefined,
): Rows {
  const equal = find && {
    equal: (property: string, value: string) => find(property, value)?.map(entity),
  };
  return {
    size: 'size' in items ? items.size : items.length,
    *from(position) {
      let index = 0;
      for (const item of items.values()) if (index++ >= position) yield entity(item);
    },
    ...equal,
  };
}
