import type { Change } from '../change.ts';
import { kiroScopes } from '../kiro.ts';
import { adminConsentUrl } from '../portal.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type OAuth2PermissionGrant, type ServicePrincipal, type Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { scopeRequirement } from './scopes.ts';
import { met, notKnown, unmet, whenApplication, whenServicePrincipal } from './verdicts.ts';

/**
 * A warning, never a block: no source says for certain that an application needs consent to its own scopes. Where it
 * does, people can't give it themselves, because the application requires assignment.
 */
export const consentRequirement: Requirement = {
  id: 'configuration.consent',
  step: 2,
  title: text('Consent for everyone'),
  why: text(
    'People cannot consent to an application that requires assignment; consent for the tenant spares them the question.',
  ),
  severity: 'warning',
  evaluate,
  plan,
};

function tenantGrant(snapshot: Snapshot, principal: ServicePrincipal): OAuth2PermissionGrant | undefined {
  return valueOf(snapshot.grants)?.find(
    (grant) =>
      grant.consentType === 'AllPrincipals' &&
      grant.clientId === principal.id &&
      grant.resourceId === principal.id,
  );
}

function granted(grant: OAuth2PermissionGrant | undefined): readonly string[] {
  return grant?.scope.split(' ').filter((scope) => scope !== '') ?? [];
}

function evaluate(snapshot: Snapshot): Verdict {
  return whenServicePrincipal(snapshot, (principal) =>
    whenApplication(snapshot, (application) => {
      const link = consentLink(snapshot, application.appId);
      if (!snapshot.grants.known) {
        return {
          ...notKnown(snapshot.grants),
          remedy: text(
            'Someone who may grant consent can do it under Permissions, or with the link to copy.',
          ),
          portal: 'permissions',
          ...link,
        };
      }
      const missing = kiroScopes.filter(
        (scope) => !granted(tenantGrant(snapshot, principal)).includes(scope),
      );
      if (missing.length === 0) {
        return met(text('granted'), text('Consent for both scopes is given for everyone in the tenant.'), {
          portal: 'permissions',
        });
      }
      return unmet(text('not granted'), text('Not granted for the tenant: {0}.', missing.join(', ')), {
        remedy: text('Apply grants it; someone else who may can use the link to copy.'),
        action: { kind: 'apply' },
        portal: 'permissions',
        ...link,
      });
    }),
  );
}

function consentLink(snapshot: Snapshot, appId: string): { readonly copy?: string } {
  const tenant = valueOf(snapshot.organization)?.id;
  return tenant === undefined ? {} : { copy: adminConsentUrl(snapshot.cloud, tenant, appId) };
}

function plan(snapshot: Snapshot): readonly Change[] {
  const principal = valueOf(snapshot.servicePrincipal);
  if (principal === undefined) return [];
  const grant = tenantGrant(snapshot, principal);
  const missing = kiroScopes.filter((scope) => !granted(grant).includes(scope));
  const after = [...granted(grant), ...missing].join(' ');
  const common = {
    id: 'configuration.consent',
    step: 2,
    meets: ['configuration.consent'],
    title: text('Grant consent for everyone in the tenant'),
    why: text('People cannot consent to an application that requires assignment.'),
    before: { consentType: 'AllPrincipals', scope: grant?.scope ?? null },
    after: { consentType: 'AllPrincipals', scope: after },
    risk: 'low',
    scopes: ['DelegatedPermissionGrant.ReadWrite.All'],
  } as const;
  const path = grant === undefined ? '/oauth2PermissionGrants' : `/oauth2PermissionGrants/${grant.id}`;
  const method = grant === undefined ? 'POST' : 'PATCH';
  if (scopeRequirement.evaluate(snapshot).status !== 'met') {
    // A grant can name only scopes that are there.
    return [{ ...common, request: { kind: 'later', method, outline: path }, ...undo }];
  }
  if (grant === undefined) {
    const body = {
      clientId: principal.id,
      consentType: 'AllPrincipals',
      resourceId: principal.id,
      scope: after,
    };
    return [
      {
        ...common,
        request: { kind: 'graph', method, path, body },
        inverse: { kind: 'graph', method: 'DELETE', path: '/oauth2PermissionGrants/{id}' },
      },
    ];
  }
  return [
    {
      ...common,
      request: { kind: 'graph', method, path, body: { scope: after } },
      inverse: { kind: 'graph', method, path, body: { scope: grant.scope } },
    },
  ];
}

const undo: Pick<Change, 'notUndoable'> = { notUndoable: text('It can be revoked under Permissions.') };
