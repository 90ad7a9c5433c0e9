import * as v from 'valibot';
import type { DnsData, Kiro } from '../state.ts';
import { anyObject, mapOf, maybe, setOfStrings } from './parts.ts';

const domain = v.object({
  name: v.string(),
  verificationValue: v.string(),
  addedAt: v.number(),
  status: v.picklist(['Pending', 'Verified', 'Expired']),
});

const token = v.object({ id: v.string(), secret: v.string(), createdAt: v.number() });

const seat = v.object({
  userId: v.string(),
  since: v.number(),
  status: v.picklist(['Pending', 'Active']),
  plan: maybe(v.string()),
  source: maybe(v.picklist(['Group', 'Individual'])),
});

const profile = v.object({
  applicationId: v.string(),
  tenantId: v.string(),
  region: v.picklist(['us-east-1', 'eu-central-1']),
  scimTenant: v.string(),
  domains: v.array(domain),
  tokens: v.array(token),
  users: mapOf(v.object({ id: v.string(), resource: anyObject, active: v.boolean() })),
  groups: mapOf(v.object({ id: v.string(), resource: anyObject, members: setOfStrings })),
  subscriptions: v.array(
    v.object({
      id: v.string(),
      principalType: v.picklist(['Group', 'User']),
      principalId: v.string(),
      plan: v.string(),
    }),
  ),
  seats: mapOf(seat),
  nextSeatCycleAt: v.number(),
});

/** Kiro's side, the secrets of its SCIM tokens with it. */
export const kiroSchema: v.GenericSchema<unknown, Kiro> = v.object({
  scimTenant: v.string(),
  profile: maybe(profile),
  takenDomains: setOfStrings,
  verification: maybe(v.picklist(['prefix', 'exact'])),
});

const records = mapOf(v.array(v.object({ type: v.picklist(['A', 'CNAME', 'NS']), value: v.string() })));
const txt = mapOf(v.array(v.array(v.string())));

const extras = v.object({
  records,
  settings: mapOf(
    v.object({
      serial: v.number(),
      ttl: v.number(),
      negativeTtl: v.number(),
      nameServers: v.array(v.string()),
      delegatedTo: v.array(v.string()),
    }),
  ),
  servers: mapOf(
    v.object({
      answers: v.picklist(['normal', 'refused', 'servfail', 'notAuthoritative', 'silent']),
      truncates: v.boolean(),
      tcp: v.picklist(['open', 'silent', 'reset']),
      delayMs: v.number(),
      held: maybe(v.object({ serial: v.number(), txt, records })),
    }),
  ),
  internal: txt,
});

/** The zones; where the server listens is not part of it. */
export const dnsSchema: v.GenericSchema<unknown, DnsData> = v.object({
  zones: setOfStrings,
  txt,
  extras: maybe(extras),
});
