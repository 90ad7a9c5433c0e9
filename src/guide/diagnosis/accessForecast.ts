import { valueOf, type AssignedGroup, type DirectoryMember, type Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';

/** What assigning a group would come to. Numbers of people. */
export interface GroupForecast {
  readonly group: string;
  readonly securityEnabled: boolean;
  /** Who newly gets access, and with a subscription of the group a seat. */
  readonly newPeople: number;
  /** Of those, guests. */
  readonly guests: number;
  /** Members who have access already. */
  readonly already: number;
  readonly disabled: number;
  /** In groups inside this one only: they will not come. `undefined`: could not be read. */
  readonly nested: number | undefined;
  /** Groups inside it. */
  readonly nestedGroups: number;
}

/** Before a group is assigned: who would come of it. Counts nobody twice who has access already. */
export function groupForecast(
  snapshot: Snapshot,
  group: AssignedGroup,
  inside: readonly DirectoryMember[] | undefined,
): GroupForecast {
  const has = new Set([
    ...(valueOf(snapshot.assignments) ?? [])
      .filter(({ principalType }) => principalType === 'User')
      .map(({ principalId }) => principalId),
    ...(valueOf(snapshot.groups) ?? [])
      .filter(({ id, securityEnabled }) => securityEnabled && id !== group.id)
      .flatMap(({ members }) => members.map(({ id }) => id)),
  ]);
  const people = group.members.filter(({ type }) => type === 'user');
  const enabled = people.filter(({ accountEnabled }) => accountEnabled !== false);
  const coming = group.securityEnabled ? enabled.filter(({ id }) => !has.has(id)) : [];
  const direct = new Set(people.map(({ id }) => id));
  const nestedGroups = group.members.filter(({ type }) => type === 'group').length;
  return {
    group: group.displayName,
    securityEnabled: group.securityEnabled,
    newPeople: coming.length,
    guests: coming.filter(({ userType }) => userType === 'Guest').length,
    already: enabled.filter(({ id }) => has.has(id)).length,
    disabled: people.length - enabled.length,
    nested: nestedGroups === 0 ? 0 : inside?.filter(({ id }) => !direct.has(id) && !has.has(id)).length,
    nestedGroups,
  };
}

/** The forecast for the question that asks for a yes, a sentence each. */
export function forecastSentences(forecast: GroupForecast): readonly Text[] {
  const { group, newPeople, guests, already, disabled, nested, nestedGroups } = forecast;
  if (!forecast.securityEnabled)
    return [text('{0} is not a security group: nobody would come of it.', group)];
  return [
    newPeople === 1
      ? text('{0}: 1 person newly gets access, and a seat once the group is subscribed in Kiro.', group)
      : text(
          '{0}: {1} people newly get access, and a seat each once the group is subscribed in Kiro.',
          group,
          newPeople,
        ),
    ...(guests > 0 ? [text('Guests among them: {0}.', guests)] : []),
    ...(already > 0 ? [text('Have access already: {0}.', already)] : []),
    ...(disabled > 0 ? [text('Disabled accounts, which do not come: {0}.', disabled)] : []),
    ...(nestedGroups === 0
      ? []
      : nested === undefined
        ? [text('Groups inside it: {0}; their people do not come.', nestedGroups)]
        : [text('People of groups inside it, who do not come: {0}.', nested)]),
  ];
}
