import { valueOf, type AssignedGroup } from '../snapshot.ts';
import { mappingOf } from '../steps/schemaMapping.ts';
import { text, type Text } from '../text.ts';
import type { Finding } from '../requirement.ts';
import { linkOf, type Link, type PersonCase } from './person.ts';

const assignment = linkOf('assignment', text('Assigned to the application'));
const securityGroup = linkOf('securityGroup', text('Security group'));
const licence = linkOf('licence', text('Licence for assigning groups'));
const scope = linkOf('scope', text('In scope of provisioning'));
const mapping = linkOf('mapping', text('Attribute mapping'));

/** Assigned groups that the person is a direct member of: the only way by group that counts. */
export function directGroups({ snapshot, account }: PersonCase): readonly AssignedGroup[] {
  return (valueOf(snapshot.groups) ?? []).filter(({ members }) =>
    members.some(({ id }) => id === account.id),
  );
}

export function isAssignedDirectly({ snapshot, account }: PersonCase): boolean {
  return (valueOf(snapshot.assignments) ?? []).some(({ principalId }) => principalId === account.id);
}

/** Direct member of an assigned group, assigned alone, only nested, or not at all. */
export function assignmentLink(person: PersonCase): Link {
  const { snapshot, account, seen } = person;
  const { assignments, groups } = snapshot;
  if (!assignments.known)
    return assignment.unknown(text('The assignments could not be read.'), { remedy: assignments.detail });
  const direct = directGroups(person);
  if (direct.length > 0) {
    return assignment.ok(text('A direct member of {0}.', names(direct)), {
      ...(isAssignedDirectly(person) && {
        remedy: text('Also assigned directly, which outlasts the group and may cost a seat of its own.'),
      }),
    });
  }
  if (isAssignedDirectly(person)) {
    return assignment.ok(text('Assigned directly, by no group.'), {
      remedy: text(
        'It works, but needs a subscription of their own in Kiro and is easily forgotten. Better add them to an assigned group.',
      ),
    });
  }
  if (!groups.known)
    return assignment.unknown(text('The members of the assigned groups could not be read.'), {
      remedy: groups.detail,
    });
  const see = { portal: 'usersAndGroups' } as const;
  const assigned = groups.value;
  if (assigned.length === 0) {
    return assignment.broken(
      text('No group is assigned to the application, and {0} is not either.', account.displayName),
      {
        remedy: text('Assign a group that the person is a direct member of.'),
        action: { kind: 'chooseGroup' },
        ...see,
      },
    );
  }
  const list = names(assigned);
  const around = valueOf(seen.memberships);
  if (around === undefined && assigned.some(({ members }) => members.some(({ type }) => type === 'group'))) {
    return assignment.broken(text('No direct member of an assigned group ({0}).', list), {
      remedy: text('Add the person directly to one of them.'),
      ...see,
    });
  }
  const nested = assigned.filter(({ id }) => around?.groupIds.includes(id));
  return nested.length > 0
    ? assignment.broken(
        text(
          'Only a member of a group inside {0}. Entra follows nested groups neither at sign-in nor when it provisions.',
          names(nested),
        ),
        {
          remedy: text(
            'Add the person directly to {0}, or assign the group that they are in.',
            names(nested),
          ),
          ...see,
        },
      )
    : assignment.broken(text('In none of the assigned groups ({0}), and not assigned directly.', list), {
        remedy: text('Add the person directly to one of them.'),
        ...see,
      });
}

/** Only of people who come by a group. */
export function securityGroupLink(person: PersonCase): Link | undefined {
  const groups = directGroups(person);
  if (groups.length === 0 || isAssignedDirectly(person)) return undefined;
  const right = groups.filter((group) => group.securityEnabled);
  return right.length > 0
    ? securityGroup.ok(text('{0} is a security group.', names(right)))
    : securityGroup.broken(
        text(
          '{0} is not security-enabled, so Entra neither admits nor provisions its members.',
          names(groups),
        ),
        {
          remedy: text('Assign a security group in its place.'),
          action: { kind: 'chooseGroup' },
          portal: 'usersAndGroups',
        },
      );
}

export function licenceLink(person: PersonCase): Link | undefined {
  const { organization } = person.snapshot;
  if (directGroups(person).length === 0 || isAssignedDirectly(person)) return undefined;
  if (!organization.known)
    return licence.unknown(text('The tenant’s licence could not be read.'), { remedy: organization.detail });
  return organization.value.premium
    ? licence.ok(text('The tenant has Entra ID P1 or P2.'))
    : licence.broken(
        text('The tenant has no Entra ID P1 or P2, without which an assigned group lets nobody in.'),
        {
          remedy: text('Get a licence of Entra ID P1, or assign the person directly.'),
        },
      );
}

/** Whether provisioning would take the person: users are provisioned, and no filter keeps them out. */
export function scopeLink({ snapshot, seen, held }: PersonCase): Link {
  const [last] = valueOf(seen.events) ?? [];
  if (!held && last?.notInScope !== undefined && last.notInScope.length > 0) {
    return scope.broken(
      text('Entra left the person out at {0}. Not so: {1}.', { at: last.at }, last.notInScope.join(', ')),
      {
        remedy: text(
          'Look at the scoping filters under Provisioning, Attribute mapping, and at the assignment.',
        ),
        portal: 'provisioningLogs',
      },
    );
  }
  const schema = valueOf(snapshot.schema);
  if (schema === undefined) {
    return scope.unknown(text('The provisioning schema could not be read.'), {
      remedy: snapshot.schema.known
        ? text('Apply step 4 creates the provisioning job.')
        : snapshot.schema.detail,
    });
  }
  const users = mappingOf(schema, 'User');
  return users?.enabled === true || held
    ? scope.ok(text('Whoever is assigned and enabled is provisioned.'))
    : scope.broken(text('Provisioning of users is switched off.'), {
        remedy: text('Apply enables it.'),
        action: { kind: 'applyRequirement', requirement: 'provisioning.mapping.objects', step: 4 },
        portal: 'provisioning',
      });
}

/** The mapping as a cause: once a record is in Kiro, the record tells more, and the mapping is only amiss. */
export function mappingLink({ record, namesake }: PersonCase, findings: readonly Finding[]): Link {
  const wrong = findings.find(
    ({ id, status, severity, after }) =>
      id.startsWith('provisioning.mapping') &&
      id !== 'provisioning.mapping.objects' &&
      severity === 'required' &&
      status === 'unmet' &&
      after === undefined,
  );
  if (wrong === undefined)
    return mapping.ok(text('What Entra sends is what Kiro takes, as far as the mapping tells.'));
  const evidence: Text = text('{0}: {1}', wrong.title, wrong.evidence);
  const remedy = wrong.remedy ?? text('Apply step 4.');
  return mapping.broken(evidence, {
    remedy,
    ...((record ?? namesake) !== undefined && { minor: true as const }),
    action: { kind: 'applyRequirement', requirement: wrong.id, step: 4 },
    portal: 'provisioning',
  });
}

function names(groups: readonly { readonly displayName: string }[]): string {
  return groups.map(({ displayName }) => displayName).join(', ');
}
