import type { HandOffModel, Model, State, StatusModel } from './models.ts';

/**
 * What is worth saying to somebody who does not see the page: each state whose words differ from those before, in the
 * order of the page. That something is being checked, or a clock moved on, is no change.
 */
export function changesBetween(before: Model, after: Model): readonly string[] {
  if (before.empty || after.empty) {
    const said = after.empty ? `${after.empty.title}. ${after.empty.sentence}` : after.head?.state.words;
    const was = before.empty ? `${before.empty.title}. ${before.empty.sentence}` : undefined;
    return said === undefined || said === was ? [] : [said];
  }
  const old = statesOf(before);
  return [...statesOf(after)].filter(([id, said]) => old.get(id) !== said).map(([, said]) => said);
}

/** A sentence for each state on the page, by an id that stays the same over updates. */
function statesOf(model: Model): ReadonlyMap<string, string> {
  const head = model.head ? [['head', model.head.state.words] as const] : [];
  return new Map([...head, ...(model.kind === 'status' ? statusStates(model) : handOffStates(model))]);
}

function statusStates({ stages, domains, provisioning, people }: StatusModel): (readonly [string, string])[] {
  return [
    ...stages.map(({ id, title, state }) => [`stage ${id}`, named(title, state)] as const),
    ...domains.map(({ name, state }) => [`domain ${name}`, named(name, state)] as const),
    ['provisioning', named(provisioning.title, provisioning.state)],
    ['people', `${people.title}: ${people.summary}`],
  ];
}

function handOffStates({ values, domains }: HandOffModel): (readonly [string, string])[] {
  return [
    ...values.map(({ id, title, state }) => [`value ${id}`, named(title, state)] as const),
    ...domains.cards.map(({ name, state }) => [`domain ${name}`, named(name, state)] as const),
  ];
}

function named(name: string, { words }: State): string {
  return `${name}: ${words}`;
}
