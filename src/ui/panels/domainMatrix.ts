import type { KeptDomain } from '../../guide/kept.ts';
import { dnsVerdict } from '../../guide/diagnosis/dnsVerdict.ts';
import type { DnsAnswer, DomainObservation } from '../../guide/snapshot.ts';
import type { Text } from '../../guide/text.ts';
import { text } from '../../guide/text.ts';
import type { DomainMatrix, State } from '../../webview/models.ts';
import { commandIds } from '../commandIds.ts';
import { domainState } from './domainState.ts';
import type { PanelView } from './view.ts';

const roles: Record<DnsAnswer['server']['role'], Text> = {
  authoritative: text('authoritative'),
  public: text('public resolver'),
  system: text('this machine'),
};

/** A domain with what each name server answered for each name, as a matrix. */
export function domainMatrix(domain: KeptDomain, view: PanelView): DomainMatrix {
  const { words, observation } = view;
  const { state, remedy } = domainState(domain, view);
  const seen = observation?.snapshot.domains.find(({ name }) => name === domain.name);
  const answers = seen?.answers ?? [];
  const holds = ({ txt }: DnsAnswer): boolean => txt.includes(domain.verificationValue ?? '');
  // Names at which the record stands come first: a column further on may be out of sight.
  const asked = [...new Set([...answers.filter(holds), ...answers].map(({ queried }) => queried))];
  const servers = [
    ...new Map(answers.map(({ server }) => [`${server.role} ${server.name}`, server])).values(),
  ];
  return {
    name: domain.name,
    ...(remedy === undefined ? {} : { remedy }),
    ...evidenceOf(domain, state, seen, view),
    caption: words(text('What name servers answer for {0}', domain.name)),
    asked,
    serverHead: words(text('Server')),
    servers: servers.map((server) => ({
      name: server.name,
      role: words(roles[server.role]),
      answers: asked.map((queried) =>
        cell(
          answers.find(
            (answer) =>
              answer.queried === queried &&
              answer.server.role === server.role &&
              answer.server.name === server.name,
          ),
          domain,
          view,
        ),
      ),
    })),
    actions:
      domain.verifiedAt === undefined
        ? [
            {
              label: words(text('Show the record')),
              about: domain.name,
              command: commandIds.openHandOff,
              args: [],
            },
          ]
        : [],
  };
}

/** What was seen, sentence by sentence, and until when a wait lasts, which is said once: where the clock runs. */
function evidenceOf(
  { name, verificationValue: value }: KeptDomain,
  state: State,
  seen: DomainObservation | undefined,
  { words }: PanelView,
): Pick<DomainMatrix, 'state' | 'evidence' | 'clock' | 'nextLook'> {
  if (seen === undefined || value === undefined) return { state };
  const { kind, evidence, details = [], until } = dnsVerdict(name, value, seen);
  const said = [evidence, ...details].map(words).join(' ');
  if (until === undefined || until <= seen.at) return { state, evidence: said };
  return {
    state:
      kind === 'remembered' && state.status === 'waiting'
        ? { ...state, words: words(text('record not public everywhere yet')) }
        : state,
    evidence: said,
    clock: { words: words(text('Over at about {0}', { at: until })), from: seen.at, until },
    nextLook: words(text('A look before that shows nothing new.')),
  };
}

function cell(answer: DnsAnswer | undefined, domain: KeptDomain, { words }: PanelView): State {
  const say = (status: State['status'], said: Text): State => ({ status, words: words(said) });
  if (!answer) return say('later', text('not asked'));
  switch (answer.outcome) {
    case 'found':
      if (domain.verificationValue === undefined) return say('met', text('a TXT record'));
      return answer.txt.includes(domain.verificationValue)
        ? say('met', text('record found'))
        : say('later', text('other records only'));
    case 'nodata':
      return say('later', text('no TXT record'));
    case 'nxdomain':
      return say('later', text('no such name'));
    case 'alias':
      return say('later', text('a CNAME record'));
    case 'delegated':
      return say('later', text('sent on to another zone'));
    case 'lame':
      return say('failing', text('does not serve the domain'));
    case 'truncated':
      return say('failing', text('answer cut off'));
    case 'bogus':
      return say('failing', text('DNSSEC signatures broken'));
    case 'servfail':
      return say('failing', text('server failure'));
    case 'refused':
      return say('unknown', text('refused'));
    case 'timeout':
      return say('unknown', text('no answer in time'));
    case 'unreachable':
      return say('unknown', text('not reachable'));
    case 'malformed':
      return say('unknown', text('answer not understood'));
  }
}
