import * as v from 'valibot';

/**
 * What the panels draw: plain JSON of ready-made strings. The host makes every word (`src/ui/panels/*Model.ts`), the
 * browser only lays them out. No model ever holds a secret. Moments are epoch milliseconds.
 */

/** State of anything on a panel. `failing`: something else fails because of it; `later`: its turn has not come. */
export const Status = v.picklist([
  'met',
  'unmet',
  'failing',
  'waiting',
  'manual',
  'unknown',
  'checking',
  'later',
]);
export type Status = v.InferOutput<typeof Status>;

/** A state in words; the icon that goes with `status` only repeats them. */
export const State = v.strictObject({ status: Status, words: v.string() });
export type State = v.InferOutput<typeof State>;

const CommandArg = v.union([v.string(), v.number()]);

/** A button or link that runs a command; the message parser checks the command and its arguments again. */
export const Action = v.strictObject({
  label: v.string(),
  /** What it acts on, for those who hear the button without seeing its row. */
  about: v.exactOptional(v.string()),
  icon: v.exactOptional(v.string()),
  primary: v.exactOptional(v.boolean()),
  /** Seldom wanted: shown as a link. */
  quiet: v.exactOptional(v.boolean()),
  command: v.string(),
  args: v.array(CommandArg),
});
export type Action = v.InferOutput<typeof Action>;

/** A button that copies; `what` names the value, the host holds it. */
export const Copy = v.strictObject({ what: v.string(), label: v.string(), about: v.string() });
export type Copy = v.InferOutput<typeof Copy>;

export const EntryField = v.picklist(['scimEndpoint', 'scimToken', 'domain', 'verificationValue']);
export type EntryField = v.InferOutput<typeof EntryField>;

/** A field in which the admin enters a value that no API tells. */
export const Entry = v.strictObject({
  field: EntryField,
  /** For `verificationValue`: the domain that it belongs to. */
  domain: v.exactOptional(v.string()),
  label: v.string(),
  hint: v.string(),
  placeholder: v.string(),
  submit: v.string(),
  cancel: v.string(),
  /** Masked, emptied the moment it is sent, never shown again. */
  secret: v.boolean(),
  /** Label of the button that opens the field; absent: the field stands open. */
  reveal: v.exactOptional(v.string()),
});
export type Entry = v.InferOutput<typeof Entry>;

/** Instead of the panel when there is nothing to show: what is missing and what to do. */
export const Empty = v.strictObject({
  icon: v.string(),
  title: v.string(),
  sentence: v.string(),
  actions: v.array(Action),
});
export type Empty = v.InferOutput<typeof Empty>;

/** The line on top of a panel. */
export const Head = v.strictObject({
  title: v.string(),
  /** Who looks at which tenant. */
  connection: v.string(),
  /** Set for a sandbox tenant. */
  sandbox: v.exactOptional(v.string()),
  state: State,
  checked: v.string(),
  actions: v.array(Action),
});
export type Head = v.InferOutput<typeof Head>;

export const ValueRow = v.strictObject({
  id: v.picklist(['applicationId', 'tenantId', 'scimEndpoint', 'scimToken']),
  title: v.string(),
  from: v.string(),
  to: v.string(),
  value: v.exactOptional(v.string()),
  state: State,
  copy: v.exactOptional(Copy),
  entry: v.exactOptional(Entry),
  links: v.array(Action),
});
export type ValueRow = v.InferOutput<typeof ValueRow>;

export const RecordPart = v.strictObject({
  id: v.string(),
  title: v.string(),
  value: v.string(),
  copy: Copy,
});
export type RecordPart = v.InferOutput<typeof RecordPart>;

export const DomainCard = v.strictObject({
  name: v.string(),
  state: State,
  /** What to do about it, as a sentence. */
  remedy: v.exactOptional(v.string()),
  /** Kiro's 24 hours, or how long a resolver still remembers "no such record". */
  clock: v.exactOptional(v.strictObject({ words: v.string(), from: v.number(), until: v.number() })),
  parts: v.array(RecordPart),
  entry: v.exactOptional(Entry),
  actions: v.array(Action),
});
export type DomainCard = v.InferOutput<typeof DomainCard>;

/** A text for someone else, folded away until it is wanted. */
export const Paper = v.strictObject({
  id: v.string(),
  title: v.string(),
  summary: v.string(),
  parts: v.array(
    v.strictObject({
      id: v.string(),
      title: v.exactOptional(v.string()),
      note: v.exactOptional(v.string()),
      /** `code` is shown in the editor's font, line by line. */
      kind: v.picklist(['code', 'prose']),
      text: v.string(),
      copy: Copy,
    }),
  ),
});
export type Paper = v.InferOutput<typeof Paper>;

/** Milliseconds by which the connection's clock is ahead of the machine's: a sandbox's can be stepped. */
const ClockAhead = v.exactOptional(v.number());

export const HandOffModel = v.strictObject({
  kind: v.literal('handOff'),
  clockAhead: ClockAhead,
  head: v.exactOptional(Head),
  empty: v.exactOptional(Empty),
  intro: v.string(),
  caption: v.string(),
  columns: v.strictObject({ value: v.string(), way: v.string(), state: v.string(), actions: v.string() }),
  values: v.array(ValueRow),
  domains: v.strictObject({
    title: v.string(),
    note: v.string(),
    cards: v.array(DomainCard),
    add: v.exactOptional(Entry),
  }),
  papersTitle: v.string(),
  papers: v.array(Paper),
});
export type HandOffModel = v.InferOutput<typeof HandOffModel>;

/** One station on the way from a change in Entra to a seat in Kiro. */
export const Stage = v.strictObject({
  id: v.picklist(['change', 'entraCycle', 'endpoint', 'kiroCycle', 'seat']),
  title: v.string(),
  state: State,
  /** The clock that runs now. */
  clock: v.exactOptional(v.strictObject({ from: v.number(), until: v.number(), label: v.string() })),
});
export type Stage = v.InferOutput<typeof Stage>;

export const DomainMatrix = v.strictObject({
  name: v.string(),
  /** The verdict in a few words. */
  state: State,
  /** What was seen, as a sentence, where it says more than the verdict. */
  evidence: v.exactOptional(v.string()),
  /** What to do about it, as a sentence. */
  remedy: v.exactOptional(v.string()),
  /** What runs out by itself: a resolver's "no such name", Kiro's 24 hours. */
  clock: v.exactOptional(v.strictObject({ words: v.string(), from: v.number(), until: v.number() })),
  /** When a look will show something new, as a sentence. */
  nextLook: v.exactOptional(v.string()),
  caption: v.string(),
  /** Column heads: the names that were asked. */
  asked: v.array(v.string()),
  serverHead: v.string(),
  servers: v.array(v.strictObject({ name: v.string(), role: v.string(), answers: v.array(State) })),
  actions: v.array(Action),
});
export type DomainMatrix = v.InferOutput<typeof DomainMatrix>;

/** One run of provisioning, for the chart. */
export const Run = v.strictObject({
  at: v.number(),
  ok: v.number(),
  failed: v.number(),
  skipped: v.number(),
  words: v.string(),
});
export type Run = v.InferOutput<typeof Run>;

export const EventRow = v.strictObject({
  id: v.string(),
  at: v.number(),
  time: v.string(),
  state: State,
  subject: v.string(),
  /** Why it went wrong, and what mends it; absent for what went well. */
  cause: v.exactOptional(v.string()),
  cure: v.exactOptional(v.string()),
  code: v.exactOptional(v.string()),
});
export type EventRow = v.InferOutput<typeof EventRow>;

export const PersonState = v.picklist(['wrong', 'missing', 'unexpected', 'inactive', 'unknown', 'arrived']);
export type PersonState = v.InferOutput<typeof PersonState>;

export const PersonRow = v.strictObject({
  id: v.string(),
  name: v.string(),
  detail: v.string(),
  kind: PersonState,
  state: State,
  /** When they can be expected, and what that waits for. */
  note: v.exactOptional(v.string()),
  action: v.exactOptional(Action),
});
export type PersonRow = v.InferOutput<typeof PersonRow>;

export const StatusModel = v.strictObject({
  kind: v.literal('status'),
  clockAhead: ClockAhead,
  head: v.exactOptional(Head),
  empty: v.exactOptional(Empty),
  stagesTitle: v.string(),
  stages: v.array(Stage),
  domainsTitle: v.string(),
  domains: v.array(DomainMatrix),
  noDomains: v.string(),
  addDomain: v.exactOptional(Action),
  provisioning: v.strictObject({
    title: v.string(),
    state: State,
    remedy: v.exactOptional(v.string()),
    facts: v.array(v.strictObject({ name: v.string(), value: v.string() })),
    runsTitle: v.string(),
    runs: v.array(Run),
    legend: v.strictObject({ ok: v.string(), failed: v.string(), skipped: v.string() }),
    eventsTitle: v.string(),
    events: v.array(EventRow),
    noEvents: v.exactOptional(v.string()),
    /** The log is being read for the first time: its place is kept free. */
    loading: v.exactOptional(v.literal(true)),
    actions: v.array(Action),
  }),
  people: v.strictObject({
    title: v.string(),
    summary: v.string(),
    filterLabel: v.string(),
    filters: v.array(
      v.strictObject({
        kind: v.union([PersonState, v.literal('all')]),
        label: v.string(),
        count: v.number(),
      }),
    ),
    actions: v.array(Action),
    rows: v.array(PersonRow),
    columns: v.strictObject({ name: v.string(), state: v.string() }),
    none: v.string(),
    noMatch: v.string(),
    more: v.string(),
  }),
});
export type StatusModel = v.InferOutput<typeof StatusModel>;

export const Model = v.variant('kind', [HandOffModel, StatusModel]);
export type Model = v.InferOutput<typeof Model>;
