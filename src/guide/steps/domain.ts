import { dnsVerdict } from '../diagnosis/dnsVerdict.ts';
import { judgeDomainName } from '../domainName.ts';
import type { KeptDomain } from '../kept.ts';
import { verificationLifetime } from '../kiro.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import type { Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { manual, met, unmet, waiting } from './verdicts.ts';

/** What the guide asks of one domain: its record in public DNS, and that Kiro saw it. */
export function domainRequirements(domain: KeptDomain): readonly Requirement[] {
  const id = `profile.domain.${domain.name}`;
  return [
    {
      id: `${id}.record`,
      step: 3,
      title: text('{0}', domain.name),
      why: text('Kiro finds by a public look-up of this TXT record that the domain is yours.'),
      // Once Kiro has seen the record, nothing tells that it still needs it.
      severity: domain.verifiedAt === undefined ? 'required' : 'warning',
      evaluate: (snapshot) => record(domain, snapshot),
    },
    {
      id: `${id}.verified`,
      step: 3,
      title: text('{0} in Kiro', domain.name),
      why: text('Sign-in with addresses of this domain works only when Kiro shows it as verified.'),
      severity: 'required',
      evaluate: (snapshot) => verified(domain, snapshot),
    },
  ];
}

function record(domain: KeptDomain, snapshot: Snapshot): Verdict {
  const { name, verificationValue: value, verifiedAt } = domain;
  if (value === undefined) return withoutValue(domain);
  const dns = dnsVerdict(
    name,
    value,
    snapshot.domains.find((observation) => observation.name === name),
  );
  if (verifiedAt !== undefined) {
    return met(dns.label, text('Kiro verified the domain. {0}', dns.evidence), { copy: value });
  }
  const unusable = judgeDomainName(name);
  if (unusable !== undefined) {
    return unmet(text('not a public domain'), unusable, {
      // The reason names what to enter in its place.
      remedy: text('Remove it here and in the Kiro console.'),
      action: { kind: 'enterDomain' },
    });
  }
  switch (dns.status) {
    case 'met':
      return met(dns.label, dns.evidence, { copy: value });
    case 'waiting':
      return waiting(dns.label, dns.evidence, {
        remedy: text('There is nothing to do: it becomes public by itself.'),
        waiting: {
          for: text('the record of {0} to become public', name),
          ...(dns.until === undefined ? {} : { until: dns.until }),
        },
        copy: value,
      });
    case 'unmet':
      return unmet(dns.label, dns.evidence, {
        remedy: dns.remedy ?? text('Add the record at your DNS provider.'),
        copy: value,
      });
    case 'unknown':
      return {
        status: 'unknown',
        label: dns.label,
        evidence: dns.evidence,
        ...(dns.remedy === undefined ? {} : { remedy: dns.remedy }),
        copy: value,
      };
  }
}

function withoutValue({ name, verifiedAt }: KeptDomain): Verdict {
  if (verifiedAt !== undefined) {
    return {
      status: 'unknown',
      label: text('value not known'),
      evidence: text('The domain was verified before it was entered here, so its value is not known here.'),
      remedy: text('Enter the value that stands in DNS if the record is to be watched.'),
      action: { kind: 'enterVerificationValue', domain: name },
    };
  }
  return manual(
    text('value to enter'),
    text('Kiro shows the value when the domain is added in its console.'),
    {
      remedy: text(
        'In the Kiro console add {0} under Identity management, Domains, and enter the value here.',
        name,
      ),
      action: { kind: 'enterVerificationValue', domain: name },
      portal: 'kiroConsole',
    },
  );
}

function verified(domain: KeptDomain, snapshot: Snapshot): Verdict {
  const { name, verificationValue, addedAt, verifiedAt } = domain;
  if (verifiedAt !== undefined) {
    return met(text('verified'), text('You ticked it at {0}.', { at: verifiedAt }), {
      portal: 'kiroConsole',
    });
  }
  const confirm = { kind: 'confirmVerified', domain: name } as const;
  const look = { action: confirm, portal: 'kiroConsole' } as const;
  if (verificationValue === undefined) {
    return manual(text('after the value'), text('The verification value is not entered yet.'), {
      remedy: text(
        'Enter the value first; tick this if the Kiro console already shows {0} as verified.',
        name,
      ),
      ...look,
    });
  }
  const deadline = addedAt === undefined ? undefined : addedAt + verificationLifetime;
  if (deadline !== undefined && snapshot.at > deadline) {
    return unmet(
      text('value expired at {0}', { at: deadline }),
      text('A value is good for 24 hours after the domain was added.'),
      {
        remedy: text(
          'If the Kiro console does not show {0} as verified, remove it there, add it again and enter the new value.',
          name,
        ),
        action: { kind: 'enterVerificationValue', domain: name },
        portal: 'kiroConsole',
      },
    );
  }
  const standing = record(domain, snapshot);
  if (standing.status === 'met' || standing.status === 'unknown') {
    return manual(text('to confirm'), text('Kiro looks the record up by itself, usually within minutes.'), {
      remedy: text('When the Kiro console shows {0} as verified, tick it here.', name),
      ...look,
    });
  }
  if (standing.status === 'waiting') {
    return waiting(text('after the record'), text('Kiro can verify the domain when its record is public.'), {
      waiting: {
        for: text('the record of {0} to become public', name),
        ...(standing.waiting?.until === undefined ? {} : { until: standing.waiting.until }),
      },
      ...look,
    });
  }
  return unmet(
    deadline === undefined ? text('after the record') : text('record needed by {0}', { at: deadline }),
    text('The record is not public yet.'),
    { remedy: text('Add the record of {0} first.', name), ...look },
  );
}
