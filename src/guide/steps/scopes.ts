import type { Change, Choices, GraphRequest, Json } from '../change.ts';
import { toJson } from '../json.ts';
import { kiroScopes, type KiroScope } from '../kiro.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type Application, type PermissionScope, type Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { affecting, met, peopleSignIn, unmet, whenApplication } from './verdicts.ts';

export const scopeRequirement: Requirement = {
  id: 'configuration.scopes',
  step: 2,
  title: text('Scopes'),
  why: text('Kiro asks for both at sign-in: completions for inline suggestions, conversations for chat.'),
  severity: 'required',
  evaluate,
  plan,
};

function evaluate(snapshot: Snapshot): Verdict {
  return whenApplication(snapshot, (application) => {
    const faults = kiroScopes.flatMap((value) => {
      const fault = faultOf(value, findScope(application, value));
      return fault === undefined ? [] : [fault];
    });
    const [first, second] = faults;
    if (first === undefined) {
      return met(
        text('completions, conversations'),
        text('Both scopes are enabled, and admins and users may consent.'),
        { portal: 'exposeAnApi' },
      );
    }
    return unmet(
      second === undefined ? first : text('{0}; {1}', first, second),
      second === undefined ? text('{0}.', first) : text('{0}; {1}.', first, second),
      {
        remedy: text('Apply adds or corrects them and leaves other scopes alone.'),
        action: { kind: 'apply' },
        portal: 'exposeAnApi',
        ...affecting(peopleSignIn(snapshot)),
      },
    );
  });
}

function findScope(application: Application, value: KiroScope): PermissionScope | undefined {
  return application.api.oauth2PermissionScopes.find((scope) => scope.value === value);
}

function faultOf(value: KiroScope, scope: PermissionScope | undefined): Text | undefined {
  if (scope === undefined) return text('{0} missing', value);
  if (!scope.isEnabled) return text('{0} disabled', value);
  if (scope.type !== 'User') return text('{0} for admins only', value);
  return hasTexts(scope) ? undefined : text('{0} without display name or description', value);
}

function hasTexts(scope: PermissionScope): boolean {
  return [scope.adminConsentDisplayName, scope.adminConsentDescription].every((words) => words?.trim());
}

/** The scope as Kiro needs it; an existing one keeps its id, which consents refer to, and the texts it has. */
function corrected(
  value: KiroScope,
  existing: PermissionScope | undefined,
  newId: () => string,
): PermissionScope {
  if (existing !== undefined && faultOf(value, existing) === undefined) return existing;
  return {
    ...(existing ?? { id: newId(), value }),
    value,
    type: 'User',
    isEnabled: true,
    adminConsentDisplayName: existing?.adminConsentDisplayName?.trim()
      ? existing.adminConsentDisplayName
      : value,
    adminConsentDescription: existing?.adminConsentDescription?.trim()
      ? existing.adminConsentDescription
      : value,
  };
}

/**
 * Graph refuses to alter an enabled scope (error `CannotDeleteOrUpdateEnabledEntitlement`), and a PATCH replaces the whole
 * array: so everything is sent as read with the corrections, after a first PATCH that disables what must be altered.
 */
function plan(snapshot: Snapshot, choices: Choices): readonly Change[] {
  const application = valueOf(snapshot.application);
  if (application === undefined) return [];
  const current = application.api.oauth2PermissionScopes;
  const wanted = new Map(
    kiroScopes.map((value, index) => [
      value as string,
      corrected(value, findScope(application, value), () => newIdAt(choices, index)),
    ]),
  );
  const target = [
    ...current.map((scope) => wanted.get(scope.value ?? '') ?? scope),
    ...kiroScopes.flatMap((value) => {
      const scope = wanted.get(value);
      return scope === undefined || findScope(application, value) !== undefined ? [] : [scope];
    }),
  ];
  const altered = current.filter((scope) => {
    const replacement = wanted.get(scope.value ?? '');
    return scope.isEnabled && replacement !== undefined && replacement !== scope;
  });
  const disabled = current.map((scope) => (altered.includes(scope) ? { ...scope, isEnabled: false } : scope));
  const body = bodyOf(target);
  const set: Change = {
    ...common,
    id: 'configuration.scopes',
    meets: ['configuration.scopes'],
    title: text('Add or correct the scopes codewhisperer:completions and codewhisperer:conversations'),
    why: text('Kiro asks for both at sign-in.'),
    before: bodyOf(current),
    after: body,
    request: patch(application, body, altered.length === 0),
    inverse: takenBackBy(application, current, target),
  };
  if (altered.length === 0) return [set];
  const disable: Change = {
    ...common,
    id: 'configuration.scopes.disable',
    meets: [],
    title: text('Disable {0} for a moment', altered.map((scope) => scope.value).join(', ')),
    why: text('Entra alters a scope only while it is disabled.'),
    before: bodyOf(current),
    after: bodyOf(disabled),
    request: patch(application, bodyOf(disabled), false),
    inverse: patch(application, bodyOf(current), false),
  };
  return [disable, set];
}

const common = { step: 2, risk: 'low', scopes: ['Application.ReadWrite.All'] } as const;

function newIdAt(choices: Choices, index: number): string {
  const id = choices.newIds[index];
  if (id === undefined) throw new RangeError('Planning the scopes takes two new ids');
  return id;
}

function bodyOf(scopes: readonly PermissionScope[]): Json {
  return { api: { oauth2PermissionScopes: toJson(scopes) } };
}

function patch(application: Application, body: Json, mergeable: boolean): GraphRequest {
  const request = { kind: 'graph', method: 'PATCH', path: `/applications/${application.id}`, body } as const;
  return mergeable ? { ...request, mergeable } : request;
}

/** An enabled scope can't be altered or removed: what was touched is disabled first, then all is as it was. */
function takenBackBy(
  application: Application,
  current: readonly PermissionScope[],
  target: readonly PermissionScope[],
): readonly GraphRequest[] {
  const disabled = target.map((scope) => (current.includes(scope) ? scope : { ...scope, isEnabled: false }));
  return [patch(application, bodyOf(disabled), false), patch(application, bodyOf(current), false)];
}
