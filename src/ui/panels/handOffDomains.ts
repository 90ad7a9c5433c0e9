import { maxDomains, recordPrefix, verificationLifetime } from '../../guide/kiro.ts';
import type { KeptDomain } from '../../guide/kept.ts';
import { text } from '../../guide/text.ts';
import { verificationRecord } from '../../guide/verificationRecord.ts';
import type { Action, DomainCard, Entry, HandOffModel, RecordPart } from '../../webview/models.ts';
import { commandIds } from '../commandIds.ts';
import { domainState } from './domainState.ts';
import type { Copies, PanelView } from './view.ts';

/** The domains with the record that each needs, its verdict, and the field that adds another. */
export function domainSection(view: PanelView, copies: Copies): HandOffModel['domains'] {
  const { words, kept } = view;
  const count = kept.domains.length;
  return {
    title: words(text('Domains')),
    note: words(
      text(
        'People’s e-mail domains, {0} of at most {1}. Each is proved by a TXT record; where a DNS provider adds the domain to names by itself, enter only {2} as the name.',
        count,
        maxDomains,
        recordPrefix,
      ),
    ),
    cards: kept.domains.map((domain) => domainCard(domain, view, copies)),
    ...(count < maxDomains ? { add: addDomain(view) } : {}),
  };
}

function domainCard(domain: KeptDomain, view: PanelView, copies: Copies): DomainCard {
  const { words, now } = view;
  const { name, verificationValue, addedAt, verifiedAt } = domain;
  const { state, remedy } = domainState(domain, view);
  const expires = addedAt === undefined ? undefined : addedAt + verificationLifetime;
  return {
    name,
    state,
    ...(remedy === undefined ? {} : { remedy }),
    ...(verifiedAt === undefined && addedAt !== undefined && expires !== undefined && now < expires
      ? {
          clock: {
            from: addedAt,
            until: expires,
            words: words(text('Kiro takes this value until {0}', { at: expires })),
          },
        }
      : {}),
    parts: verificationValue === undefined ? [] : recordParts(name, verificationValue, view, copies),
    ...(verifiedAt === undefined ? { entry: verificationEntry(domain, view) } : {}),
    actions: domainActions(domain, view),
  };
}

function recordParts(
  name: string,
  value: string,
  { words, observation }: PanelView,
  copies: Copies,
): RecordPart[] {
  const part = (id: string, title: string, shown: string, about: string): RecordPart => ({
    id,
    title,
    value: shown,
    copy: copies.add(`record:${name}:${id}`, shown, about),
  });
  const zone = observation?.snapshot.domains.find((one) => one.name === name)?.zone;
  const record = verificationRecord(name, value, zone?.exists === true ? zone.name : name);
  return [
    part('name', words(text('Name')), record.name, words(text('record name of {0}', name))),
    part('value', words(text('Value')), record.value, words(text('record value of {0}', name))),
    part('bind', words(text('BIND line')), record.bind, words(text('BIND line of {0}', name))),
    part(
      'route53',
      words(text('Route 53 change batch')),
      record.route53,
      words(text('Route 53 change batch of {0}', name)),
    ),
    part(
      'azure',
      words(text('Azure CLI command')),
      record.azure,
      words(text('Azure CLI command of {0}', name)),
    ),
    part(
      'cloudflare',
      words(text('Cloudflare API call')),
      record.cloudflare,
      words(text('Cloudflare API call of {0}', name)),
    ),
  ];
}

function verificationEntry({ name, verificationValue }: KeptDomain, { words }: PanelView): Entry {
  return {
    field: 'verificationValue',
    domain: name,
    label: words(text('Verification value of {0}', name)),
    hint: words(text('In the Kiro console: Settings, Identity management, Domains. Paste it whole.')),
    placeholder: 'kiro-site-verification=…',
    submit: words(text('Store')),
    cancel: words(text('Cancel')),
    secret: false,
    ...(verificationValue === undefined ? {} : { reveal: words(text('Replace the value')) }),
  };
}

function domainActions({ name, verifiedAt }: KeptDomain, { words }: PanelView): Action[] {
  const verified: Action = {
    label: words(text('Kiro shows Verified')),
    about: name,
    icon: 'check',
    command: commandIds.confirmVerified,
    args: [name],
  };
  const remove: Action = {
    label: words(text('Remove from this list')),
    about: name,
    quiet: true,
    command: commandIds.removeDomain,
    args: [name],
  };
  return verifiedAt === undefined ? [verified, remove] : [remove];
}

function addDomain({ words }: PanelView): Entry {
  return {
    field: 'domain',
    label: words(text('Add a domain')),
    hint: words(
      text(
        'The part after the @ of the addresses with which people sign in to Kiro. Where the Kiro console says that another profile has it, somebody added it in another AWS account or region, verified or not: it has to be removed there first.',
      ),
    ),
    placeholder: 'contoso.com',
    submit: words(text('Add')),
    cancel: words(text('Cancel')),
    secret: false,
  };
}
