import type { Change, Choices, GraphRequest, Plan } from '../../guide/change.ts';
import type { StepNumber } from '../../guide/step.ts';
import { text } from '../../guide/text.ts';
import { hangsOn, type Undoable } from './undoable.ts';

const noChoices: Choices = { displayName: '', groups: [], newIds: [] };

/**
 * Takes these back, the newest first. Where the application itself goes, what hangs on it (configuration, assignments, job,
 * consent) goes with it and gets no request of its own (Microsoft Graph: Delete application).
 */
export function undoPlan(chosen: readonly Undoable[]): Plan {
  const removed = chosen.flatMap(({ application }) => application ?? []);
  const left = chosen
    .filter(
      (one) => one.application !== undefined || !removed.some((application) => hangsOn(one, application)),
    )
    .sort((one, other) => other.at - one.at);
  return {
    step: stepOf(left[0]?.inverse[0]),
    choices: noChoices,
    changes: left.flatMap(changes),
    blockedBy: [],
  };
}

function changes(one: Undoable): readonly Change[] {
  return one.inverse.map((request, index): Change => {
    const removal = isApplicationRemoval(request);
    return {
      // What takes several requests is taken back by the last of them.
      id: `${index === one.inverse.length - 1 ? 'undo' : 'undoFirst'}.${one.id}.${index}`,
      step: stepOf(request),
      meets: [],
      title: removal
        ? text('Delete the application, with its assignments, its consent and its provisioning job')
        : text('Take back: {0}', one.title),
      why: removal
        ? text(
            'Entra keeps a deleted application for 30 days, where it can be restored. People stay in Kiro, with their seats, until they are removed in the Kiro console.',
          )
        : text('It was changed by Kiro Connect at {0}.', { at: one.at }),
      ...statesOf(one, request),
      request,
      notUndoable: removal
        ? text('Restore it under Deleted applications, within 30 days.')
        : text('Apply the step again.'),
      risk: removal ? 'destructive' : losesAccess(request) ? 'people' : 'low',
      scopes: scopesFor(request),
    };
  });
}

/** What is and what will be. A job's start and stop carry no body to tell it by. */
function statesOf({ sent }: Undoable, { path, body }: GraphRequest): Pick<Change, 'before' | 'after'> {
  const [on, off] = [{ provisioningStatus: 'On' }, { provisioningStatus: 'Off' }];
  if (/\/jobs\/[^/]+\/pause$/.test(path)) return { before: on, after: off };
  if (/\/jobs\/[^/]+\/start$/.test(path)) return { before: off, after: on };
  return { before: sent, after: body ?? null };
}

function isApplicationRemoval({ method, path }: GraphRequest): boolean {
  return method === 'DELETE' && /^\/applications\/[^/]+$/.test(path);
}

function losesAccess({ path }: GraphRequest): boolean {
  return path.includes('/appRoleAssignedTo/') || isMembership(path);
}

function isMembership(path: string): boolean {
  return /^\/groups\/[^/]+\/members\//.test(path);
}

/** The permission of each kind of object (Microsoft Graph permissions reference). */
function scopesFor({ path }: GraphRequest): readonly string[] {
  if (path.includes('/synchronization/')) return ['Synchronization.ReadWrite.All'];
  if (path.includes('/appRoleAssignedTo')) return ['AppRoleAssignment.ReadWrite.All'];
  if (isMembership(path)) return ['GroupMember.ReadWrite.All'];
  if (path.startsWith('/oauth2PermissionGrants')) return ['DelegatedPermissionGrant.ReadWrite.All'];
  return ['Application.ReadWrite.All'];
}

/** Where the guide has what the request changes. */
function stepOf(request: GraphRequest | undefined): StepNumber {
  const path = request?.path ?? '';
  if (path.includes('/synchronization/')) return 4;
  if (path.includes('/appRoleAssignedTo') || isMembership(path)) return 5;
  return request && isApplicationRemoval(request) ? 1 : 2;
}

/** Whether such a plan removes the application of this object id. */
export function removesApplication({ changes: all }: Plan, applicationId: string | undefined): boolean {
  return all.some(
    ({ request }) =>
      request.kind === 'graph' &&
      isApplicationRemoval(request) &&
      request.path === `/applications/${applicationId}`,
  );
}

/** Which entry of the journal a change of such a plan takes back. */
export function undoneBy(changeId: string): string | undefined {
  return /^undo\.(.+)\.\d+$/.exec(changeId)?.[1];
}
