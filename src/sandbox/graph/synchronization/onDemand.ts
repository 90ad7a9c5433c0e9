import type { Job } from '../../state.ts';
import type { OnDemandParameters, OnDemandSubject } from '../../provisioning/types.ts';
import { badRequest } from '../errors.ts';
import { isJson, onlyKnown } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';

const mostMembers = 5;

/**
 * The parameters of `provisionOnDemand`, checked: one rule of the schema, one subject, and of a group five members at
 * most (Microsoft Graph: synchronizationJob: provisionOnDemand).
 */
export function onDemandParameters(body: Json, job: Job): OnDemandParameters[] {
  onlyKnown(body, { writable: ['parameters'] }, 'provisionOnDemand');
  const list = objects(body['parameters']);
  if (list.length !== 1) throw refused('exactly one entry of parameters is accepted');
  return list.map((entry) => {
    const ruleId = entry['ruleId'];
    if (typeof ruleId !== 'string' || !ruleIds(job).includes(ruleId))
      throw refused(`the rule '${String(ruleId)}' isn't in the job's schema`);
    const subjects = objects(entry['subjects']).map(subjectOf);
    if (subjects.length !== 1) throw refused('exactly one subject is accepted in a call');
    return { ruleId, subjects };
  });
}

function subjectOf(subject: Json): OnDemandSubject {
  const { objectId, objectTypeName, links } = subject;
  if (typeof objectId !== 'string' || (objectTypeName !== 'User' && objectTypeName !== 'Group'))
    throw refused("a subject needs objectId, and objectTypeName 'User' or 'Group'");
  if (links === undefined || links === null) return { objectId, objectTypeName };
  if (!isJson(links)) throw refused('links must be an object');
  const members = objects(links['members'] ?? []).map((member) => {
    if (typeof member['objectId'] !== 'string') throw refused('a member needs an objectId');
    return { objectId: member['objectId'], objectTypeName: textOr(member['objectTypeName'], 'User') };
  });
  if (members.length > mostMembers) throw refused(`at most ${mostMembers} members are accepted in a call`);
  return { objectId, objectTypeName, links: { members } };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function ruleIds(job: Job): unknown[] {
  return objects(job.schema['synchronizationRules']).map((rule) => rule['id']);
}

function objects(value: unknown): Json[] {
  if (!Array.isArray(value) || !value.every(isJson)) throw refused('a collection of objects was expected');
  return value;
}

function refused(why: string): Error {
  return badRequest(`The request can't be provisioned on demand: ${why}.`, 'BadRequest');
}
