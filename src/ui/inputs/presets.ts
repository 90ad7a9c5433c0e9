import { text } from '../../guide/text.ts';
import type { Text } from '../../guide/text.ts';

/** The states that a sandbox tenant can start from: the names of the sandbox's `--preset`, in the order they are offered. */
export const presets = [
  {
    name: 'blank',
    label: text('Empty tenant'),
    detail: text('People and groups, no application: the five steps from the start.'),
  },
  {
    name: 'half-made',
    label: text('Half-made application'),
    detail: text('It has its application ID URI and one of the two scopes, and no redirect URI.'),
  },
  {
    name: 'scopes-missing',
    label: text('Scopes missing'),
    detail: text('Step 2 is right but for the two scopes and the consent to them.'),
  },
  {
    name: 'wrong-token-version',
    label: text('Wrong token version'),
    detail: text('Step 2 is right, but access tokens are of version 1, which Kiro refuses.'),
  },
  {
    name: 'mapping-mailNickname',
    label: text('The externalId trap, before it snaps'),
    detail: text('Provisioning is connected with Entra’s default mapping; nobody has been pushed yet.'),
  },
  {
    name: 'wrong-external-id',
    label: text('The externalId trap, after it snapped'),
    detail: text('People were pushed with externalId from mailNickname, and Kiro keeps it for ever.'),
  },
  {
    name: 'healthy',
    label: text('Everything in order'),
    detail: text('The five steps are done, people have arrived in Kiro and have their seats.'),
  },
  {
    name: 'quarantine',
    label: text('Provisioning in quarantine'),
    detail: text('Everything worked, then the access token was revoked in Kiro.'),
  },
  {
    name: 'app-registration',
    label: text('Application from App registrations'),
    detail: text('It signs people in, but can never be provisioned.'),
  },
  {
    name: 'direct-assignment',
    label: text('A person assigned directly'),
    detail: text('Everything works; beside the group, one person has an assignment of their own.'),
  },
  {
    name: 'profile-recreated',
    label: text('Kiro profile made again'),
    detail: text('The profile was deleted and made again; provisioning still goes to the old one.'),
  },
  {
    name: 'profile-recreated-links',
    label: text('Kiro profile made again, with new credentials'),
    detail: text('Provisioning goes to the new profile, but believes that everybody is there already.'),
  },
  {
    name: 'msp-three-tenants',
    label: text('Three tenants'),
    detail: text('One healthy, one empty, one in quarantine, and a consultant who is a guest in two.'),
  },
] as const satisfies readonly { readonly name: string; readonly label: Text; readonly detail: Text }[];

export type PresetName = (typeof presets)[number]['name'];

/** What a link or a panel asked for. */
export function presetArg(arg: unknown): PresetName | undefined {
  return presets.find(({ name }) => name === arg)?.name;
}
