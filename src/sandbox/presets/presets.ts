import type { ProvisioningService } from '../provisioning/service.ts';
import type { SandboxState } from '../state.ts';
import { contoso } from '../tenant/organizations/contoso.ts';
import { managed, provider } from '../tenant/organizations/managed.ts';
import type { Organization } from '../tenant/organizations/organization.ts';
import { catalogue } from './catalogue.ts';
import type { Preset } from './catalogue.ts';
import { actionsOf, carryOut } from './recipe.ts';
import { Scene } from './scene.ts';
import { synchronizeStaff } from './synced.ts';

/** A preset of one tenant and its own few people. */
export type CatalogueName = keyof typeof catalogue;
/** What `--preset` takes; see {@link readPreset}. */
export type PresetName = CatalogueName | 'msp-three-tenants' | `${SizedName}:${number}`;
type SizedName = keyof typeof sized;

/** The tenant that a preset is made in. */
export interface SetUpDeps {
  readonly state: SandboxState;
  readonly provisioning: ProvisioningService;
}

/** One tenant of a fresh sandbox. */
export interface TenantPlan {
  readonly organization: Organization;
  /** People beyond those with a name. */
  readonly extraUsers: number;
  /** Brings the fresh tenant into its state. The servers must listen: some set-ups really provision. */
  setUp(deps: SetUpDeps): Promise<void>;
}

const MOST_PEOPLE = 200_000;

const sized = {
  /** No application, and many people. */
  large: 'blank, with N more people in several groups, all of them in "Staff"',
  /** Many people, and all of them have arrived in Kiro. */
  synced: 'healthy, with N more people, all of them in "Staff" and in Kiro',
};

/** Every preset as it is told to people: its name, with N for a number that is to be chosen, and what it is. */
export const presetSummaries: readonly (readonly [name: string, summary: string])[] = [
  ...Object.entries<Preset>(catalogue).map(([name, { summary }]) => [name, summary] as const),
  [
    'msp-three-tenants',
    'three tenants: Contoso, healthy; Northwind Traders, blank; Adatum, in quarantine; one consultant for all',
  ],
  ...Object.entries(sized).map(([name, summary]) => [`${name}:N`, summary] as const),
];

/** Presets of one tenant and its own few people. */
export const catalogueNames = Object.keys(catalogue).filter(isCatalogueName);

/** The preset of this name; undefined where there is none. The number of people goes from 1 to 200,000. */
export function readPreset(text: string): PresetName | undefined {
  if (isCatalogueName(text) || text === 'msp-three-tenants') return text;
  const [, name, digits] = /^(large|synced):(\d{1,6})$/.exec(text) ?? [];
  const people = Number(digits);
  if (people < 1 || people > MOST_PEOPLE) return undefined;
  return name === 'large' || name === 'synced' ? `${name}:${people}` : undefined;
}

/** The tenants of a preset, first the one that the sandbox's line describes. `extraUsers` go to the first of them. */
export function tenantsOf(preset: PresetName, extraUsers: number): readonly TenantPlan[] {
  if (preset === 'msp-three-tenants') {
    const [northwind, adatum] = managed;
    return [
      { organization: provider, extraUsers, setUp: setUpAs('healthy') },
      ...(northwind ? [{ organization: northwind, extraUsers: 0, setUp: setUpAs('blank') }] : []),
      ...(adatum ? [{ organization: adatum, extraUsers: 0, setUp: setUpAs('quarantine') }] : []),
    ];
  }
  if (isCatalogueName(preset)) return [{ organization: contoso, extraUsers, setUp: setUpAs(preset) }];
  const [name, digits] = preset.split(':');
  const setUp = name === 'synced' ? synchronizeStaff : setUpAs('blank');
  return [{ organization: contoso, extraUsers: Math.max(extraUsers, Number(digits)), setUp }];
}

function setUpAs(name: CatalogueName): (deps: SetUpDeps) => Promise<void> {
  const { setUp }: Preset = catalogue[name];
  return async (deps) => {
    if (setUp) await carryOut(actionsOf(setUp), new Scene(deps));
  };
}

function isCatalogueName(name: string): name is CatalogueName {
  return Object.hasOwn(catalogue, name);
}
