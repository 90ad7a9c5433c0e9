import { setTimeout as delay } from 'node:timers/promises';
import { askAuthority, type Told } from './answers.ts';
import { delegationOf, ownHosts, type Delegation } from './delegation.ts';
import type { Inquiry } from './inquiry.ts';
import { isWithin } from './message.ts';
import { serversOf } from './nameServerHosts.ts';
import { isDefinite } from './standing.ts';

/** What the servers of a domain's zone say of some names. */
export interface Authorities {
  readonly delegation: Delegation;
  /** As far as it came before the last ones were waited for no longer. */
  readonly told: readonly Told[];
  /** All of it, the silent ones too. */
  readonly complete: Promise<readonly Told[]>;
}

/** Milliseconds that the last servers have to answer once another has; they are still listened to, but not waited for. */
const grace = 600;
/** Zones within zones: nobody nests them deeper. */
const mostCuts = 4;

/**
 * Asks every server that a domain is delegated to, following zone cuts down to the domain. `undefined` when it can't be
 * told whom to ask.
 */
export async function askAuthorities(
  domain: string,
  names: readonly string[],
  inquiry: Inquiry,
): Promise<Authorities | undefined> {
  let delegation = await delegationOf(domain, inquiry);
  if (delegation === undefined) return undefined;
  for (let cuts = 0; ; cuts += 1) {
    const { zone, servers, hosts } = delegation;
    const asked = servers.flatMap((server) => names.map((name) => askAuthority(server, name, zone, inquiry)));
    const complete = Promise.all(asked);
    const told = await mostOf(asked, complete);
    const cut = told.find(({ referral }) => referral !== undefined && isWithin(referral.zone, domain));
    const next = cut?.referral;
    if (next === undefined || cuts >= mostCuts)
      return { delegation: { zone, servers, hosts, exists: delegation.exists }, told, complete };
    delegation = {
      zone: next.zone,
      exists: true,
      hosts: next.hosts,
      servers: await serversOf(next.hosts, next.glue, inquiry),
    };
  }
}

/** All answers, or those that are there a while after servers of some answered for sure. */
async function mostOf(
  asked: readonly Promise<Told>[],
  complete: Promise<readonly Told[]>,
): Promise<readonly Told[]> {
  const there: Told[] = [];
  const sure = Promise.any(
    asked.map(async (one) => {
      const told = await one;
      there.push(told);
      if (!isDefinite(told.answer)) throw new Error('Not an answer.');
    }),
  );
  const enough = sure.then(
    () => delay(grace, undefined, { ref: false }).then(() => there),
    () => complete,
  );
  return Promise.race([complete, enough]);
}

/** What a zone's servers say of a name, when it leads out of the domain's own: an alias, or a zone of its own. */
export async function askElsewhere(
  name: string,
  delegation: Delegation | undefined,
  inquiry: Inquiry,
): Promise<readonly Told[]> {
  const found = delegation ?? (await delegationOf(name, inquiry));
  if (!found?.exists) return [];
  return Promise.all(found.servers.map((server) => askAuthority(server, name, found.zone, inquiry)));
}

/** Servers that the zone itself names and its parent doesn't, with what they say of the names; and all whom it names. */
export async function askUndelegated(
  { zone, hosts, servers }: Delegation,
  names: readonly string[],
  inquiry: Inquiry,
): Promise<{ readonly own: readonly string[]; readonly told: readonly Told[] }> {
  const own = await ownHosts(zone, servers, inquiry);
  const others = own.filter((host) => !hosts.includes(host));
  const found = await serversOf(others, new Map(), inquiry);
  const told = await Promise.all(
    found.flatMap((server) =>
      names.map((name) => askAuthority({ ...server, undelegated: true }, name, zone, inquiry)),
    ),
  );
  return { own, told };
}
