import type { Account, RoleActivation, SandboxState } from '../../state.ts';
import { activateRole, deactivateRole } from '../../tenant/roleActivations.ts';
import { directoryRoles } from '../../tenant/directoryRoles.ts';
import type { Caller } from '../context.ts';
import { badRequest, denied, notEmulated, notFound } from '../errors.ts';
import { isJson, onlyKnown, stringOf } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';

const writable = [
  'action',
  'principalId',
  'roleDefinitionId',
  'directoryScopeId',
  'appScopeId',
  'justification',
  'scheduleInfo',
  'ticketInfo',
  'customData',
  'isValidationOnly',
];

/** Longest activation that a role's settings allow unless they were changed. */
const longest = 8 * 60 * 60 * 1000;

/**
 * Activates an eligible role of the caller, or gives it back (Microsoft Graph: Create roleAssignmentScheduleRequests).
 * Roles have their default settings but for multifactor authentication: a justification is needed, no approval, and at most
 * eight hours. Administrators' actions are not emulated.
 */
export function requestActivation(body: Json, caller: Caller, state: SandboxState): Json {
  onlyKnown(
    body,
    { writable, readOnly: ['id', 'status', 'createdDateTime'] },
    'unifiedRoleAssignmentScheduleRequest',
  );
  const action = stringOf(body, 'action');
  if (action !== 'selfActivate' && action !== 'selfDeactivate')
    throw notEmulated(`the action '${action}' of role assignment requests`);
  if (stringOf(body, 'principalId').toLowerCase() !== caller.objectId) throw denied();
  if (body['directoryScopeId'] !== '/')
    throw notEmulated('roles for a part of the tenant; use the scope "/"');
  if (!state.tenant.premium)
    throw badRequest(
      'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.',
      'AadPremiumLicenseRequired',
    );
  const roleDefinitionId = stringOf(body, 'roleDefinitionId').toLowerCase();
  const role = directoryRoles.find(({ templateId }) => templateId === roleDefinitionId);
  if (!role) throw notFound(roleDefinitionId);
  const account = state.tenant.accounts.find(({ userId }) => userId === caller.objectId);
  if (!account?.eligibleRoles.includes(role.displayName))
    throw badRequest('The Role assignment does not exist.', 'RoleAssignmentDoesNotExist');
  const current = state.tenant.roleActivations.find(
    (one) => one.userId === account.userId && one.role === role.displayName,
  );
  const activation =
    action === 'selfActivate'
      ? begin(body, { account, role: role.displayName, current }, state)
      : end(current, state);
  return { ...requestEntity(activation), action, createdDateTime: iso(state.clock.now()) };
}

/** An activation as the request that made it (Microsoft Graph: unifiedRoleAssignmentScheduleRequest). */
export function requestEntity(activation: RoleActivation): Json {
  const started = iso(activation.startsAt);
  return {
    id: activation.id,
    status: 'Provisioned',
    createdDateTime: started,
    completedDateTime: started,
    approvalId: null,
    customData: null,
    action: 'selfActivate',
    principalId: activation.userId,
    roleDefinitionId:
      directoryRoles.find(({ displayName }) => displayName === activation.role)?.templateId ?? null,
    directoryScopeId: '/',
    appScopeId: null,
    isValidationOnly: false,
    targetScheduleId: activation.id,
    justification: activation.justification,
    createdBy: {
      application: null,
      device: null,
      user: { displayName: null, id: activation.userId },
    },
    scheduleInfo: {
      startDateTime: started,
      recurrence: null,
      expiration: {
        type: 'afterDuration',
        endDateTime: null,
        duration: `PT${Math.round((activation.endsAt - activation.startsAt) / 60_000)}M`,
      },
    },
    ticketInfo: { ticketNumber: null, ticketSystem: null },
  };
}

function begin(
  body: Json,
  wanted: { readonly account: Account; readonly role: string; readonly current: RoleActivation | undefined },
  state: SandboxState,
): RoleActivation {
  const { account, role, current } = wanted;
  if (current || account.roles.includes(role))
    throw badRequest('The Role assignment already exists.', 'RoleAssignmentExists');
  const broken: string[] = [];
  const justification = body['justification'];
  if (typeof justification !== 'string' || justification.trim() === '') broken.push('JustificationRule');
  const duration = durationOf(body['scheduleInfo']);
  if (duration > longest) broken.push('ExpirationRule');
  if (broken.length > 0)
    throw badRequest(
      `The following policy rules failed: ${JSON.stringify(broken)}`,
      'RoleAssignmentRequestPolicyValidationFailed',
    );
  const startsAt = state.clock.now();
  return activateRole(state, {
    account,
    role,
    startsAt,
    endsAt: startsAt + duration,
    justification: String(justification),
  });
}

function end(current: RoleActivation | undefined, state: SandboxState): RoleActivation {
  if (!current) throw badRequest('The Role assignment does not exist.', 'RoleAssignmentDoesNotExist');
  deactivateRole(state, current);
  return current;
}

/** Milliseconds of `scheduleInfo.expiration.duration`; the longest that is allowed where it isn't told. */
function durationOf(scheduleInfo: unknown): number {
  const expiration = isJson(scheduleInfo) ? scheduleInfo['expiration'] : undefined;
  const text = isJson(expiration) ? expiration['duration'] : undefined;
  if (typeof text !== 'string') return longest;
  const [, days, hours, minutes] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text) ?? [];
  const milliseconds = ((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0)) * 60_000;
  if (milliseconds === 0)
    throw badRequest(
      "Invalid value specified for property 'duration' of resource 'expirationPattern'.",
      'BadRequest',
    );
  return milliseconds;
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
