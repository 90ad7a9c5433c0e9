import { scimEndpoint } from '../scim/server.ts';
import type { KiroDomain, KiroProfile, SandboxState } from '../state.ts';
import { VERIFICATION_LIFETIME_MS } from './domains.ts';
import { listRecords } from './records.ts';

/** Everything that the console knows, for programs: no token's secret is in it. */
export function consoleView(state: SandboxState): Record<string, unknown> {
  const { profile } = state.kiro;
  return {
    now: iso(state.clock.now()),
    profile: profile ? profileView(state, profile) : null,
    users: peopleOf(profile),
    groups: groupsOf(profile),
    subscriptions: profile?.subscriptions ?? [],
    seats: [...(profile?.seats.values() ?? [])].map((seat) => ({ ...seat, since: iso(seat.since) })),
    nextSeatCycleAt: profile ? iso(profile.nextSeatCycleAt) : null,
    zones: [...state.dns.zones],
    records: listRecords(state.dns),
  };
}

export function profileView(state: SandboxState, profile: KiroProfile): Record<string, unknown> {
  return {
    applicationId: profile.applicationId,
    tenantId: profile.tenantId,
    region: profile.region,
    scimEndpoint: scimEndpoint(state),
    domains: profile.domains.map(domainView),
    tokens: profile.tokens.map(({ id, createdAt }) => ({ id, createdAt: iso(createdAt) })),
  };
}

export function domainView(domain: KiroDomain): Record<string, unknown> {
  const { name, verificationValue, status, addedAt } = domain;
  return {
    name,
    verificationValue,
    status,
    addedAt: iso(addedAt),
    expiresAt: iso(addedAt + VERIFICATION_LIFETIME_MS),
  };
}

/** A person as the console lists it. */
export interface PersonView {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly externalId: string;
  readonly active: boolean;
  readonly groups: readonly string[];
}

export function peopleOf(profile: KiroProfile | undefined): PersonView[] {
  const groups = new Map<string, string[]>();
  for (const group of profile?.groups.values() ?? [])
    for (const id of group.members) {
      const name = text(group.resource['displayName']);
      const known = groups.get(id);
      if (known) known.push(name);
      else groups.set(id, [name]);
    }
  return [...(profile?.users.values() ?? [])].map((user) => ({
    id: user.id,
    userName: text(user.resource['userName']),
    displayName: text(user.resource['displayName']),
    externalId: text(user.resource['externalId']),
    active: user.active,
    groups: groups.get(user.id) ?? [],
  }));
}

/** A group as the console lists it; unlike the SCIM endpoint it shows the members. */
export interface GroupView {
  readonly id: string;
  readonly displayName: string;
  readonly externalId: string;
  readonly members: readonly string[];
}

export function groupsOf(profile: KiroProfile | undefined): GroupView[] {
  return [...(profile?.groups.values() ?? [])].map((group) => ({
    id: group.id,
    displayName: text(group.resource['displayName']),
    externalId: text(group.resource['externalId']),
    members: [...group.members],
  }));
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
