import type { PersonAccount } from '../diagnosis/person.ts';
import {
  valueOf,
  type AppRoleAssignment,
  type GroupKind,
  type Observed,
  type Snapshot,
} from '../snapshot.ts';
import { text, type Text } from '../text.ts';

/**
 * Whether somebody can be taken out of a group by Microsoft Graph. `dynamic`: a rule says who is in it; `synced`: it comes from
 * an on-premises directory; `mail`: Exchange keeps it; `role`: it gives directory roles; `unknown`: could not be read.
 */
export type Changeable = 'yes' | 'dynamic' | 'synced' | 'mail' | 'role' | 'unknown';

/** An assigned group that gives somebody access. */
export interface LeavingGroup {
  readonly id: string;
  readonly displayName: string;
  readonly changeable: Changeable;
}

/** What gives one person access, and how Kiro has them. */
export interface LeavingView {
  readonly person: PersonAccount;
  readonly direct: readonly AppRoleAssignment[];
  readonly groups: readonly LeavingGroup[];
  /** The application requires no assignment: the person can sign in to it whatever is removed. */
  readonly openToEveryone: boolean;
  readonly inKiro: Observed<KiroState>;
}

/** `none`: Kiro has no record. */
export type KiroState = 'active' | 'inactive' | 'none';

/** Whether Microsoft Graph can change who is in a group; of several reasons against it the firmest. */
export function changeableBy(kind: GroupKind | undefined): Changeable {
  if (kind === undefined) return 'unknown';
  if (kind.dynamic) return 'dynamic';
  if (kind.synced) return 'synced';
  if (kind.mailEnabled && !kind.unified) return 'mail';
  return kind.roleAssignable ? 'role' : 'yes';
}

/** Why a membership is left alone, and who ends it instead; `undefined` where it can be ended from here. */
export function whyNotChangeable({ displayName, changeable }: LeavingGroup): Text | undefined {
  switch (changeable) {
    case 'yes':
      return undefined;
    case 'dynamic':
      return text(
        'A rule decides who is in {0}: change the rule, or what it asks of the person, in the Entra admin center.',
        displayName,
      );
    case 'synced':
      return text(
        '{0} comes from your on-premises directory: take the person out there; Entra follows with the next synchronization.',
        displayName,
      );
    case 'mail':
      return text(
        '{0} is a mail-enabled group that Exchange keeps: take the person out in the Exchange admin center.',
        displayName,
      );
    case 'role':
      return text(
        '{0} gives directory roles: take the person out in the Entra admin center, as Privileged Role Administrator.',
        displayName,
      );
    case 'unknown':
      return text(
        'Of what kind {0} is could not be read, so nobody is taken out of it from here.',
        displayName,
      );
  }
}

/** The paths in a look by which somebody has access: their own assignments, and assigned security groups they are in. */
export function accessPaths(
  snapshot: Pick<Snapshot, 'assignments' | 'groups'>,
  personId: string,
): {
  readonly direct: readonly AppRoleAssignment[];
  readonly groups: readonly { readonly id: string; readonly displayName: string }[];
} {
  return {
    direct: (valueOf(snapshot.assignments) ?? []).filter(
      ({ principalId, principalType }) => principalType === 'User' && principalId === personId,
    ),
    groups: (valueOf(snapshot.groups) ?? [])
      .filter(({ securityEnabled, members }) => securityEnabled && members.some(({ id }) => id === personId))
      .map(({ id, displayName }) => ({ id, displayName })),
  };
}

/** Whether a look shows that somebody has access. */
export function hasAccess(snapshot: Pick<Snapshot, 'assignments' | 'groups'>, personId: string): boolean {
  const { direct, groups } = accessPaths(snapshot, personId);
  return direct.length + groups.length > 0;
}
