import * as vscode from 'vscode';
import type { OnDemandPerson, OnDemandTarget } from '../../guide/onDemandTarget.ts';
import { valueOf, type Snapshot } from '../../guide/snapshot.ts';
import { assignedGroups, expectedPeople } from '../../guide/steps/arrivals.ts';
import { Cancelled } from '../errors.ts';

/** A list of more people than this is no choice any more: they are found by the group. */
const mostPeople = 1_000;

interface Item extends vscode.QuickPickItem {
  readonly target?: OnDemandTarget;
}

/** Asks whom to provision now: a whole group, or one person, those first who are not in Kiro. Throws `Cancelled`. */
export async function pickWhom(snapshot: Snapshot): Promise<OnDemandTarget> {
  const picked = await vscode.window.showQuickPick([...groupItems(snapshot), ...peopleItems(snapshot)], {
    title: vscode.l10n.t('Whom to provision now?'),
    placeHolder: vscode.l10n.t('A whole group, or one person by name or address'),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (!picked?.target) throw new Cancelled();
  return picked.target;
}

/** Asks for one person of the assigned groups, those first who are not in Kiro. Throws `Cancelled`. */
export async function pickMember(snapshot: Snapshot, title: string): Promise<OnDemandPerson> {
  const options = { title, matchOnDescription: true, ignoreFocusOut: true };
  const target = (await vscode.window.showQuickPick(peopleItems(snapshot), options))?.target;
  if (target?.kind !== 'person') throw new Cancelled();
  return target.person;
}

/** The person of an assigned group who has this object id. */
export function memberOf(snapshot: Snapshot, id: string): OnDemandPerson | undefined {
  return assignedGroups(snapshot)
    .flatMap(({ members }) => members)
    .find((member) => member.id === id && member.type === 'user');
}

function groupItems(snapshot: Snapshot): Item[] {
  const groups = assignedGroups(snapshot)
    .filter(({ securityEnabled }) => securityEnabled)
    .map((group): Item => ({
      label: group.displayName,
      description: vscode.l10n.t('everybody in this group'),
      iconPath: new vscode.ThemeIcon('organization'),
      target: { kind: 'group', group },
    }));
  return [{ label: vscode.l10n.t('Groups'), kind: vscode.QuickPickItemKind.Separator }, ...groups];
}

function peopleItems(snapshot: Snapshot): Item[] {
  const users = valueOf(snapshot.scim)?.users ?? [];
  const records = new Map(users.map((user) => [user.externalId?.toLowerCase(), user]));
  const isThere = (id: string): boolean => records.get(id.toLowerCase())?.active === true;
  const people = [...expectedPeople(snapshot)]
    .sort((one, other) => Number(isThere(one.id)) - Number(isThere(other.id)))
    .slice(0, mostPeople)
    .map((person): Item => ({
      label: person.displayName,
      description: [
        person.userPrincipalName ?? '',
        ...(isThere(person.id) ? [] : [vscode.l10n.t('not in Kiro yet')]),
      ].join(' · '),
      iconPath: new vscode.ThemeIcon('person'),
      target: { kind: 'person', person },
    }));
  return [{ label: vscode.l10n.t('People'), kind: vscode.QuickPickItemKind.Separator }, ...people];
}
