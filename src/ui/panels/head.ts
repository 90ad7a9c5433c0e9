import type { OverallHealth } from '../../guide/health.ts';
import type { Finding } from '../../guide/requirement.ts';
import { valueOf } from '../../guide/snapshot.ts';
import type { Text } from '../../guide/text.ts';
import { text } from '../../guide/text.ts';
import type { Action, Empty, Head, Status } from '../../webview/models.ts';
import { commandIds } from '../commandIds.ts';
import type { ViewState } from '../viewState.ts';
import type { PanelView } from './view.ts';

const overall: Record<OverallHealth, Status> = {
  healthy: 'met',
  waiting: 'waiting',
  todo: 'unmet',
  failing: 'failing',
  unknown: 'unknown',
};

/** The line on top: what everything comes to, in whose tenant, seen when; and the one thing to do next. */
export function head(
  view: PanelView,
  panel: 'handOff' | 'status',
  title: string,
  more: readonly Action[],
): Head | undefined {
  const { observation, connection, words } = view;
  if (!observation || !connection) return undefined;
  const { health, snapshot } = observation;
  const organization = valueOf(snapshot.organization);
  const tenant = organization
    ? text('{0} ({1})', organization.displayName, organization.defaultDomain)
    : text('tenant {0}', connection.tenantId);
  return {
    title,
    connection: words(text('{0} as {1}', tenant, connection.account)),
    ...(connection.kind === 'sandbox' ? { sandbox: words(text('Sandbox')) } : {}),
    state: {
      status: view.checking ? 'checking' : overall[health.overall],
      words: words(health.headline),
    },
    checked: words(text('Checked at {0}', { at: health.at })),
    actions: [...nextAction(health.next, panel, view), ...more],
  };
}

function nextAction(
  finding: Finding | undefined,
  panel: 'handOff' | 'status',
  { words }: PanelView,
): Action[] {
  const action = finding?.action;
  if (!finding || !action) return [];
  const of = (label: Text, command: string, args: (string | number)[] = []): Action[] => [
    { label: words(label), about: words(finding.title), primary: true, command, args },
  ];
  switch (action.kind) {
    case 'apply':
      return of(text('Apply step {0}', finding.step), commandIds.applyStep, [finding.step]);
    case 'applyAlone':
      return of(text('Apply'), commandIds.applyRequirement, [finding.id]);
    case 'applyStep':
      return of(text('Apply step {0}', action.step), commandIds.applyStep, [action.step]);
    case 'repairExternalIds':
      return of(text('Repair external IDs'), commandIds.repairExternalIds);
    case 'provisionNow':
      return of(text('Provision now'), commandIds.provisionNow, [action.person]);
    case 'createOrAdopt':
      return of(text('Create the application'), commandIds.createApplication);
    case 'chooseRegion':
      return of(text('Choose the region'), commandIds.chooseRegion);
    case 'chooseGroup':
      return of(text('Choose groups'), commandIds.chooseGroup);
    case 'tick':
      return of(text('Mark as done: {0}', finding.title), commandIds.tick, [action.tick]);
    case 'confirmVerified':
      return of(text('Confirm {0} is verified', action.domain), commandIds.confirmVerified, [action.domain]);
    // About one person, never the next thing for everybody.
    case 'leaveOutAttributes':
      return [];
    // These are entered on the hand-off table, below this line; from the status panel a button leads there.
    case 'enterDomain':
    case 'enterVerificationValue':
    case 'enterScimEndpoint':
    case 'enterScimToken':
      return panel === 'handOff' ? [] : of(text('Open the hand-off table'), commandIds.openHandOff);
  }
}

/**
 * What stands on a panel while there is nothing to show, for each state of the view; `undefined` when there is.
 * `shows`: the states in which the panel has something to show.
 */
export function empty(view: PanelView, shows: readonly ViewState[]): Empty | undefined {
  if (shows.includes(view.state) && view.observation && view.connection) return undefined;
  const { words } = view;
  const page = (icon: string, title: Text, sentence: Text, actions: readonly EmptyAction[]): Empty => ({
    icon,
    title: words(title),
    sentence: words(sentence),
    actions: actions.map(([label, command], index) => ({
      label: words(label),
      command,
      args: [],
      ...(index === 0 ? { primary: true } : {}),
    })),
  });
  return page(...emptyPages[view.state]);
}

type EmptyAction = readonly [label: Text, command: string];

const signIn: EmptyAction = [text('Sign in'), commandIds.signIn];
const sandbox: EmptyAction = [text('Start sandbox tenant'), commandIds.startSandbox];
const check: EmptyAction = [text('Check now'), commandIds.refresh];

const emptyPages: Record<ViewState, [string, Text, Text, readonly EmptyAction[]]> = {
  signedOut: [
    'plug',
    text('Not signed in'),
    text('Sign in to your tenant, or explore the five steps in a sandbox tenant on this machine.'),
    [signIn, sandbox],
  ],
  opening: [
    'loading',
    text('Opening the connection'),
    text('If a browser page has opened, finish signing in there.'),
    [],
  ],
  sandboxReady: [
    'beaker',
    text('The sandbox tenant is ready'),
    text('Sign in to it with one of its accounts; its sign-in page lists them.'),
    [[text('Sign in to the sandbox'), commandIds.signIn]],
  ],
  sandboxStopped: [
    'beaker-stop',
    text('The sandbox tenant has stopped'),
    text('Its connection ended with it. Starting it again goes on from where it was saved.'),
    [sandbox, signIn],
  ],
  runOut: [
    'key',
    text('The sign-in has run out'),
    text('Sign in again to look at the tenant. Nothing that you entered is lost.'),
    [
      [text('Sign in again'), commandIds.refresh],
      [text('Sign in with another account'), commandIds.signIn],
    ],
  ],
  noApplication: [
    'link',
    text('No application is connected yet'),
    text(
      'Create the application for Kiro, or use one that is there. Its values appear here as soon as they exist.',
    ),
    [
      [text('Create the application'), commandIds.createApplication],
      [text('Use an existing application'), commandIds.adoptApplication],
    ],
  ],
  noAccess: [
    'lock',
    text('This account can’t read applications'),
    text(
      'Reading needs Cloud Application Administrator, Application Administrator or Global Reader. Activate one in PIM, or sign in with another account.',
    ),
    [check, [text('Sign in with another account'), commandIds.signIn]],
  ],
  offline: [
    'debug-disconnect',
    text('Microsoft Graph can’t be reached'),
    text('Check the network, VPN or proxy of this machine. Nothing that you entered is lost.'),
    [check, [text('Show log'), commandIds.showLog]],
  ],
  ready: ['loading', text('Looking at the tenant'), text('The first look takes a few seconds.'), []],
};
