import type { DnsAnswer, DomainObservation } from '../../snapshot.ts';
import { text } from '../../text.ts';
import { doubledNames, recordNames } from '../../verificationRecord.ts';
import { nearMiss } from '../txtNearMiss.ts';
import { about, holds, ofAuthorities, serverList } from './answers.ts';
import { isParked } from './providers.ts';
import type { DnsVerdict } from './verdict.ts';

/** Where a record that is not where it should be is, or what stands in its place; the surest sign first. */
export function astray(
  domain: string,
  value: string,
  observation: DomainObservation,
): DnsVerdict | undefined {
  return (
    misplaced(domain, value, observation) ??
    altered(value, observation) ??
    wrongZone(domain, value, observation) ??
    internalOnly(domain, value, observation) ??
    childZone(domain, observation) ??
    alias(domain, observation) ??
    parked(domain, observation) ??
    wildcard(domain, observation)
  );
}

function open(answers: readonly DnsAnswer[]): readonly DnsAnswer[] {
  return answers.filter(({ server }) => server.role !== 'system' && server.undelegated !== true);
}

function misplaced(
  domain: string,
  value: string,
  { answers, zone }: DomainObservation,
): DnsVerdict | undefined {
  const names = recordNames(domain);
  const [name] = names;
  const elsewhere = open(answers).filter((answer) => holds(answer, value) && !names.includes(answer.queried));
  const there = elsewhere[0]?.queried;
  if (there === undefined) return undefined;
  if (doubledNames(domain, zone?.name ?? domain).includes(there)) {
    return {
      kind: 'doubled',
      status: 'unmet',
      label: text('domain twice in the name'),
      evidence: text('The record stands at {0}: the DNS provider added the domain itself.', there),
      remedy: text('Enter only the part before {0} as the name at the DNS provider.', zone?.name ?? domain),
    };
  }
  return {
    kind: 'otherName',
    status: 'unmet',
    label: text('record at another name'),
    evidence: text('The record stands at {0}, where Kiro does not look.', there),
    remedy: text('Move the record to {0}.', name),
  };
}

/** A value of Kiro's that is not the wanted one, at a name where it was looked for. */
function altered(value: string, { answers, wildcard: any = [] }: DomainObservation): DnsVerdict | undefined {
  for (const answer of open(answers)) {
    if (answer.outcome !== 'found') continue;
    const miss = answer.txt
      .filter((txt) => !any.includes(txt))
      .map((txt) => nearMiss(txt, value))
      .find((found) => found !== undefined);
    if (miss !== undefined) return { status: 'unmet', ...miss(answer.queried) };
  }
  return undefined;
}

function wrongZone(
  domain: string,
  value: string,
  { answers, zone }: DomainObservation,
): DnsVerdict | undefined {
  const there = answers
    .filter(({ server }) => server.undelegated === true)
    .filter((answer) => holds(answer, value));
  const [first] = there;
  if (first === undefined) return undefined;
  return {
    kind: 'wrongZone',
    status: 'unmet',
    label: text('record at other name servers'),
    evidence: text(
      'The record stands at {0}, but the domain is delegated to other servers: {1}.',
      serverList(there),
      zone?.delegated.join(', ') ?? domain,
    ),
    remedy: text(
      'Enter the record where {0} are served, or have the registrar delegate the domain to the servers that have it.',
      zone?.delegated.join(', ') ?? domain,
    ),
  };
}

function internalOnly(domain: string, value: string, { answers }: DomainObservation): DnsVerdict | undefined {
  const [name] = recordNames(domain);
  return answers.some((answer) => answer.server.role === 'system' && holds(answer, value))
    ? {
        kind: 'internalOnly',
        status: 'unmet',
        label: text('record only inside your network'),
        evidence: text('This computer’s resolver finds the record, public name servers do not.'),
        remedy: text('Add the record at {0} to the public zone, not only to the internal one.', name),
      }
    : undefined;
}

function childZone(domain: string, { answers, zone }: DomainObservation): DnsVerdict | undefined {
  const [name] = recordNames(domain);
  const own = ofAuthorities(about(name, answers));
  const cut = own.find(
    (answer) =>
      answer.outcome === 'delegated' ||
      (answer.zone !== undefined && zone !== undefined && answer.zone === name && answer.zone !== zone.name),
  );
  if (cut === undefined) return undefined;
  const servers = own.filter(({ outcome }) => outcome !== 'delegated');
  return {
    kind: 'childZone',
    status: 'unmet',
    label: text('name in a zone of its own'),
    evidence: text(
      '{0} is a zone of its own, so what stands in the zone of {1} does not count there.',
      name,
      domain,
    ),
    remedy:
      servers.length > 0
        ? text(
            'Enter the record at the servers of that zone ({0}), or at {1} itself.',
            serverList(servers),
            domain,
          )
        : text('Remove the NS records at {0}, or enter the record at {1} itself.', name, domain),
  };
}

function alias(domain: string, { answers }: DomainObservation): DnsVerdict | undefined {
  const [name] = recordNames(domain);
  const found = ofAuthorities(about(name, answers)).find((answer) => answer.alias !== undefined);
  if (found?.alias === undefined) return undefined;
  return {
    kind: 'alias',
    status: 'unmet',
    label: text('CNAME in the record’s place'),
    evidence: text(
      'At {0} stands a CNAME record that leads to {1}; no other record can stand beside it.',
      name,
      found.alias,
    ),
    remedy: text(
      'Remove the CNAME record and add the TXT record, or add the TXT record at {0} itself.',
      domain,
    ),
  };
}

function parked(domain: string, { zone }: DomainObservation): DnsVerdict | undefined {
  const servers = zone?.delegated ?? [];
  if (servers.length === 0 || !servers.every(isParked)) return undefined;
  return {
    kind: 'parked',
    status: 'unmet',
    label: text('domain parked'),
    evidence: text('{0} is delegated to servers of a parking service: {1}.', domain, servers.join(', ')),
    remedy: text(
      'Check at the registrar that the domain has not expired, and have it delegated to the servers where the record was entered.',
    ),
  };
}

function wildcard(domain: string, { wildcard: values }: DomainObservation): DnsVerdict | undefined {
  const [name] = recordNames(domain);
  if (values === undefined) return undefined;
  return {
    kind: 'wildcard',
    status: 'unmet',
    label: text('only a wildcard answers'),
    evidence: text(
      'A wildcard record of {0} answers at every name, and there is no record at {1}.',
      domain,
      name,
    ),
    remedy: text(
      'Add a TXT record with the name {0} and the value to copy; it goes before the wildcard.',
      name,
    ),
  };
}
