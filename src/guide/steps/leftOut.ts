import type { Blocked, Change, Choices } from '../change.ts';
import { toJson } from '../json.ts';
import { onDemandBlocked, personRequest } from '../onDemand.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { synchronizationPath } from './job.ts';
import { leaveOutId, leftOut, leftOutPushId, withoutOthers, type LeftOut } from './leftOutMapping.ts';
import { planMapping } from './mappingPlan.ts';
import { outline } from './schemaMapping.ts';
import { met, unmet } from './verdicts.ts';

export const leftOutId = 'provisioning.leftOut';

/**
 * Attributes that are left out to find which of them an error comes from: a warning as long as they are, and what puts them
 * back. Listed only then, or while a plan asks for leaving them out.
 */
export function leftOutRequirements(snapshot: Snapshot, choices?: Choices): readonly Requirement[] {
  return choices?.leaveOut === undefined && leftOut(snapshot) === undefined ? [] : [requirement];
}

const requirement: Requirement = {
  id: leftOutId,
  step: 4,
  title: text('Attributes left out'),
  why: text(
    'They were left out to find an attribute error. Until they are back, new people come without them.',
  ),
  severity: 'warning',
  evaluate,
  plan: (snapshot, choices) =>
    choices.leaveOut === undefined
      ? planMapping(snapshot, [leftOutId, 'provisioning.mapping.names'])
      : leaveOut(snapshot, choices.leaveOut),
  wanted: (choices) => choices.leaveOut !== undefined,
};

function evaluate(snapshot: Snapshot): Verdict {
  const out = leftOut(snapshot);
  if (out === undefined)
    return met(text('none'), text('Every attribute of the mapping is sent.'), { portal: 'provisioning' });
  return unmet(text('{0} since {1}', out.targets.length, { at: out.at }), seen(snapshot, out), {
    remedy: text(
      'Apply puts the mapping back as it was. After that, correct in Entra what the reason in the provisioning log speaks of, or take that attribute out of the mapping.',
    ),
    action: { kind: 'apply' },
    portal: 'provisioning',
  });
}

/** Which attributes, and what became of whoever was provisioned without them. */
function seen(snapshot: Snapshot, out: LeftOut): Text {
  const list = out.targets.join(', ');
  const push = out.pushed.at(-1);
  if (push === undefined)
    return text('Not sent at the moment: {0}. Nobody was provisioned without them yet.', list);
  const name = nameOf(snapshot, push.objectId);
  return push.ok
    ? text('{0} could be provisioned without these, so the error comes from one of them: {1}.', name, list)
    : text('{0} can’t be provisioned without these either, so the error has another cause: {1}.', name, list);
}

function nameOf(snapshot: Snapshot, id: string): string {
  const members = (valueOf(snapshot.groups) ?? []).flatMap((group) => group.members);
  return members.find((member) => member.id === id)?.displayName ?? id;
}

/** Leaves out all but what Kiro needs, then provisions the person whom the error is about; that only once a look shows it. */
function leaveOut(snapshot: Snapshot, person: NonNullable<Choices['leaveOut']>): readonly Change[] | Blocked {
  const principal = valueOf(snapshot.servicePrincipal);
  const job = valueOf(snapshot.job);
  const schema = valueOf(snapshot.schema);
  const blocked = onDemandBlocked(snapshot, { kind: 'person', person });
  if (blocked !== undefined) return { blocked };
  if (principal === undefined || job === undefined || schema === undefined) return [];
  const out = leftOut(snapshot);
  const path = `${synchronizationPath(principal)}/jobs/${job.id}`;
  const push = personRequest(snapshot, person);
  const reduced = withoutOthers(schema);
  const meets = [leftOutId];
  const scopes = ['Synchronization.ReadWrite.All'];
  const leaving: Change = {
    id: leaveOutId,
    step: 4,
    meets,
    title: text('Send nothing of people but what Kiro needs, for a while'),
    why: text('If the person comes through without the other attributes, the error is in one of these.'),
    before: outline(schema),
    after: outline(reduced),
    request: { kind: 'graph', method: 'PUT', path: `${path}/schema`, body: toJson(reduced) },
    inverse: { kind: 'graph', method: 'PUT', path: `${path}/schema`, body: toJson(schema) },
    risk: 'low',
    scopes,
  };
  const pushing: Change = {
    id: `${leftOutPushId}${person.id}`,
    step: 4,
    meets,
    title: text('Provision {0} on demand', person.displayName),
    why: text('Shows at once whether the person comes through.'),
    before: null,
    after: { person: person.displayName },
    request:
      out === undefined || push === undefined
        ? { kind: 'later', method: 'POST', outline: `${path}/provisionOnDemand` }
        : push,
    notUndoable: text('Who was pushed stays in Kiro; removing the assignment makes the record inactive.'),
    risk: 'people',
    scopes,
  };
  if (out === undefined) return [leaving, pushing];
  return out.pushed.some(({ objectId }) => objectId === person.id) ? [] : [pushing];
}
