/** Entries of a plain table that are turned into text at once. */
const AT_ONCE = 250;

/**
 * Turns everything that the sandbox holds into JSON piece by piece, so that other work can come between two pieces of a
 * large tenant: a Map becomes the list of its entries, a Set a list. Sets, and the Maps in `plain`, hold neither Map nor
 * Set, which makes them quick.
 */
export function* jsonPieces(value: unknown, plain: ReadonlySet<unknown>): Generator<string> {
  if (typeof value !== 'object' || value === null) yield JSON.stringify(value ?? null);
  else if (value instanceof Set || plain.has(value)) yield* plainPieces(value as Iterable<unknown>);
  else if (value instanceof Map || Array.isArray(value)) {
    let before = '[';
    for (const entry of value as Iterable<unknown>) {
      yield before;
      yield* jsonPieces(entry, plain);
      before = ',';
    }
    yield before === '[' ? '[]' : ']';
  } else {
    let before = '{';
    for (const [name, part] of Object.entries(value)) {
      if (part === undefined) continue;
      yield `${before}${JSON.stringify(name)}:`;
      yield* jsonPieces(part, plain);
      before = ',';
    }
    yield before === '{' ? '{}' : '}';
  }
}

function* plainPieces(table: Iterable<unknown>): Generator<string> {
  let before = '[';
  let entries: unknown[] = [];
  for (const entry of table) {
    entries.push(entry);
    if (entries.length < AT_ONCE) continue;
    yield before + JSON.stringify(entries).slice(1, -1);
    before = ',';
    entries = [];
  }
  if (entries.length > 0) {
    yield before + JSON.stringify(entries).slice(1, -1);
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}
