import { randomUUID } from 'node:crypto';
import type { KiroProfile, SandboxState } from '../state.ts';
import { Refusal } from './refusal.ts';

/** Seats appear by a cycle of this length. */
export const SEAT_CYCLE_MS = 6 * 3_600_000;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const regions = ['us-east-1', 'eu-central-1'] as const;

/** Regions in which a profile can be made. */
export const profileRegions: readonly string[] = regions;

/** Makes the profile of this AWS account from the two ids that Entra gives. */
export function createProfile(
  state: SandboxState,
  input: { applicationId: string; tenantId: string; region: string },
): KiroProfile {
  if (state.kiro.profile) throw new Refusal(409, 'This account has a Kiro profile already.');
  const applicationId = demandGuid(input.applicationId, 'Application ID');
  const tenantId = demandGuid(input.tenantId, 'Tenant ID');
  const region = regions.find((one) => one === (input.region.trim() || regions[0]));
  if (!region) throw new Refusal(400, `The region must be ${regions.join(' or ')}.`);
  state.kiro.profile = {
    applicationId,
    tenantId,
    region,
    scimTenant: state.kiro.scimTenant,
    domains: [],
    tokens: [],
    users: new Map(),
    groups: new Map(),
    subscriptions: [],
    seats: new Map(),
    nextSeatCycleAt: state.clock.now() + SEAT_CYCLE_MS,
  };
  return state.kiro.profile;
}

/**
 * Deletes the profile with its domains, tokens, people, subscriptions and seats. The next one has another SCIM endpoint, so
 * that what Entra remembers of this one leads nowhere.
 */
export function deleteProfile(state: SandboxState): void {
  demandProfile(state);
  state.kiro.profile = undefined;
  state.kiro.scimTenant = randomUUID();
}

/** The profile, or a refusal that says where to make it. */
export function demandProfile(state: SandboxState): KiroProfile {
  if (!state.kiro.profile)
    throw new Refusal(409, 'There is no Kiro profile yet. Create it on the Overview tab first.');
  return state.kiro.profile;
}

function demandGuid(text: string, label: string): string {
  const value = text.trim().toLowerCase();
  if (!guid.test(value))
    throw new Refusal(
      400,
      `${label} must be a GUID. Copy it from the application's Overview page in the Entra admin center.`,
    );
  return value;
}
