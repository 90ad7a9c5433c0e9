import { randomUUID } from 'node:crypto';
import { groupFingerprint, userFingerprint } from '../provisioning/objects.ts';
import type { ProvisioningService } from '../provisioning/service.ts';
import type { GraphUser, KiroUser, SandboxState } from '../state.ts';
import { actions } from './actions.ts';
import { actionsOf, carryOut } from './recipe.ts';
import { Scene } from './scene.ts';

/**
 * Makes the healthy set-up, and then lets the large group "Staff" be assigned and have arrived in Kiro long ago. Its people
 * are put where a cycle would have put them, each as it would have sent them: pushing a hundred thousand by SCIM takes
 * minutes.
 */
export async function synchronizeStaff(deps: {
  readonly state: SandboxState;
  readonly provisioning: ProvisioningService;
}): Promise<void> {
  const scene = new Scene(deps);
  await carryOut(actionsOf({}), scene);
  actions.assignStaff(scene);
  const { profile } = deps.state.kiro;
  const memory = deps.provisioning.memories().get(scene.kiro.servicePrincipal.id);
  if (!profile || !memory) throw new Error('This preset needs a profile and a job that ran.');
  const { job } = scene;
  const time = new Date(deps.state.clock.now()).toISOString();
  const staff = scene.group('Staff');
  const groupId = randomUUID();
  const members = new Set<string>();
  // Into the tables themselves: their indexes then are made once, and not for each of many.
  for (const id of staff.members) {
    const user = deps.state.tenant.users.get(id);
    if (!user) continue;
    const made = arrived(user, time);
    profile.users.set(made.id, made);
    members.add(made.id);
    job.links.set(id, made.id);
    memory.exported.set(id, userFingerprint(user, true));
  }
  const meta = { resourceType: 'Group', created: time, lastModified: time };
  const resource = { displayName: staff.displayName, externalId: staff.id, meta };
  profile.groups.set(groupId, { id: groupId, resource, members });
  job.links.set(staff.id, groupId);
  memory.groups.add(staff.id);
  memory.members.set(staff.id, new Set(staff.members));
  memory.exported.set(staff.id, groupFingerprint(staff));
  // What Graph tells of the job follows with a cycle that finds nothing to do.
  await deps.provisioning.runCycle(scene.kiro.servicePrincipal.id);
}

/** A person as Kiro keeps them after Entra's client made them by the corrected mappings. */
function arrived(user: GraphUser, time: string): KiroUser {
  const { givenName, surname, displayName, mail, id: externalId } = user;
  return {
    id: randomUUID(),
    active: true,
    resource: {
      userName: user.userPrincipalName,
      active: true,
      displayName,
      ...(user.jobTitle === null ? {} : { title: user.jobTitle }),
      ...(mail === null ? {} : { emails: [{ value: mail, type: 'work' }] }),
      name: { givenName, familyName: surname, formatted: displayName },
      externalId,
      meta: { resourceType: 'User', created: time, lastModified: time },
    },
  };
}
