import { firewallHosts } from '../../guide/firewallHosts.ts';
import {
  externalProviderActions,
  generalActions,
  iamPolicy,
  undocumentedActions,
} from '../../guide/iamPolicy.ts';
import { text } from '../../guide/text.ts';
import { verificationRecord } from '../../guide/verificationRecord.ts';
import type { Paper } from '../../webview/models.ts';
import type { Copies, PanelView } from './view.ts';

/** Texts for the people whom the admin needs: AWS, DNS and network teams, and those who will use Kiro. */
export function papers(view: PanelView, copies: Copies): Paper[] {
  return [
    policyPaper(view, copies),
    dnsPaper(view, copies),
    hostsPaper(view, copies),
    userPaper(view, copies),
  ];
}

function policyPaper({ words }: PanelView, copies: Copies): Paper {
  const json = (undocumented: boolean): string => JSON.stringify(iamPolicy({ undocumented }), undefined, 2);
  const leftOut = JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'KiroNotInDocumentedList', Effect: 'Allow', Action: undocumentedActions, Resource: '*' },
      ],
    },
    undefined,
    2,
  );
  const part = (id: string, title: string, note: string, value: string): Paper['parts'][number] => ({
    id,
    title,
    note,
    kind: 'code',
    text: value,
    copy: copies.add(`paper:${id}`, value, title),
  });
  return {
    id: 'iamPolicy',
    title: words(text('Policy for the AWS administrator')),
    summary: words(text('who makes the Kiro profile and the subscriptions')),
    parts: [
      part(
        'policyDocumented',
        words(text('IAM policy, documented actions')),
        words(
          text(
            'The {0} actions that Kiro’s page “IAM permissions” lists for an external identity provider.',
            generalActions.length + externalProviderActions.length,
          ),
        ),
        json(false),
      ),
      part(
        'policyLeftOut',
        words(text('IAM policy, actions that this page leaves out')),
        words(
          text(
            'Not documented, yet subscribing people calls them, and the first administrator creates service-linked roles. Attach it too if subscribing fails with the documented actions alone.',
          ),
        ),
        leftOut,
      ),
      part(
        'policyWhole',
        words(text('IAM policy, both in one')),
        words(text('The actions that are not documented stand in a statement of their own.')),
        json(true),
      ),
    ],
  };
}

function dnsPaper({ words, kept }: PanelView, copies: Copies): Paper {
  const records = kept.domains.flatMap(({ name, verificationValue }) =>
    verificationValue === undefined ? [] : [verificationRecord(name, verificationValue)],
  );
  const title = words(text('Message for the DNS team'));
  const lines =
    records.length === 0
      ? [
          words(
            text('No domain has a verification value yet: enter it above, and the message is written here.'),
          ),
        ]
      : [
          words(
            text(
              'Hello, we are connecting Kiro to Microsoft Entra ID. It proves that a domain is ours by a TXT record.',
            ),
          ),
          words(
            text('Add what follows to the public zone, within 24 hours of the domain being added in Kiro.'),
          ),
          '',
          ...records.flatMap(({ name, value, bind }) => [
            words(text('Name: {0}', name)),
            words(text('Type: TXT')),
            words(text('Value, exactly as it stands, without quotes: {0}', value)),
            words(text('As a BIND line: {0}', bind)),
            '',
          ]),
          words(
            text(
              'If your provider adds the domain to names by itself, leave the domain off the name, or the record ends up under a doubled name.',
            ),
          ),
        ];
  const message = lines.join('\n').trim();
  return {
    id: 'dnsMessage',
    title,
    summary: words(text('the records to publish, ready to send')),
    parts: [
      {
        id: 'dnsMessage',
        kind: 'prose',
        text: message,
        copy: copies.add('paper:dnsMessage', message, title),
      },
    ],
  };
}

function hostsPaper({ words }: PanelView, copies: Copies): Paper {
  const title = words(text('Hosts for the network team'));
  const list = firewallHosts
    .map(({ purpose, hosts }) => `# ${words(purpose)}\n${hosts.join('\n')}`)
    .join('\n\n');
  return {
    id: 'hosts',
    title,
    summary: words(text('what firewalls and proxies let through, port 443')),
    parts: [{ id: 'hosts', kind: 'code', text: list, copy: copies.add('paper:hosts', list, title) }],
  };
}

function userPaper({ words, kept }: PanelView, copies: Copies): Paper {
  const title = words(text('Card for end users'));
  const domains = kept.domains.map(({ name }) => `@${name}`).join(', ');
  const card = [
    words(text('Kiro is ready for you.')),
    words(text('1. Open Kiro and choose “Your organization” to sign in.')),
    domains === ''
      ? words(text('2. Enter your work e-mail address.'))
      : words(text('2. Enter your work e-mail address ({0}).', domains)),
    words(text('3. Sign in on the Microsoft page as you always do, then come back to Kiro.')),
    words(text('In the terminal: kiro-cli login, then “Your organization”.')),
    words(
      text(
        'You need no AWS account. After you were added, it can take up to 6 hours and 40 minutes until Kiro knows you.',
      ),
    ),
  ].join('\n');
  return {
    id: 'userCard',
    title,
    summary: words(text('how to sign in, ready to send')),
    parts: [{ id: 'userCard', kind: 'prose', text: card, copy: copies.add('paper:userCard', card, title) }],
  };
}
