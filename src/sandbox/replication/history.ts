/** What things were before they were written, by id, for readers that lag behind. */
export interface History<T> {
  /** Notes what a thing was until the moment of a write; undefined: it did not exist. */
  keep(id: string, moment: number, before: T | undefined): void;
  /** What a reader sees whose knowledge ends at a moment; `latest` is what the thing is now. */
  seen(id: string, moment: number, latest: T | undefined): T | undefined;
  /** Ids of everything that was written lately. */
  ids(): Iterable<string>;
  /** Drops what no reader needs any more whose knowledge reaches this moment. */
  forget(moment: number): void;
}

/** Nothing written yet. */
export function createHistory<T>(): History<T> {
  const written = new Map<string, { readonly moment: number; readonly before: T | undefined }[]>();
  return {
    keep: (id, moment, before) => {
      written.set(id, [...(written.get(id) ?? []), { moment, before }]);
    },
    seen: (id, moment, latest) => {
      const unknown = written.get(id)?.find((write) => write.moment > moment);
      return unknown ? unknown.before : latest;
    },
    ids: () => written.keys(),
    forget: (moment) => {
      for (const [id, writes] of written) {
        const needed = writes.filter((write) => write.moment > moment);
        if (needed.length === 0) written.delete(id);
        else if (needed.length < writes.length) written.set(id, needed);
      }
    },
  };
}
