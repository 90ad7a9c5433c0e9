import type { PortalPage } from '../../guide/requirement.ts';
import { valueOf } from '../../guide/snapshot.ts';
import type { Text } from '../../guide/text.ts';
import { text } from '../../guide/text.ts';
import type { Action, Entry, State, ValueRow } from '../../webview/models.ts';
import { commandIds } from '../commandIds.ts';
import type { Copies, PanelView } from './view.ts';

const day = 24 * 60 * 60_000;

/** The four values of the guide's table "Values you'll need", in its order. */
export function valueRows(view: PanelView, copies: Copies): ValueRow[] {
  return [applicationId(view, copies), tenantId(view, copies), scimEndpoint(view, copies), scimToken(view)];
}

function applicationId(view: PanelView, copies: Copies): ValueRow {
  const { words, kept, observation } = view;
  const appId =
    valueOf(observation?.snapshot.application ?? { known: false, reason: 'not-read', detail: text('') })
      ?.appId ?? kept.application?.appId;
  const title = words(text('Application (client) ID'));
  return {
    id: 'applicationId',
    title,
    ...toProfile(view, 'appRegistration'),
    ...(appId === undefined
      ? { state: later(view, text('after step 1')) }
      : { value: appId, state: handedOver(view), copy: copies.add('applicationId', appId, title) }),
  };
}

function tenantId(view: PanelView, copies: Copies): ValueRow {
  const title = view.words(text('Directory (tenant) ID'));
  const id = view.connection?.tenantId;
  return {
    id: 'tenantId',
    title,
    ...toProfile(view, 'appRegistration'),
    ...(id === undefined
      ? { state: later(view, text('after signing in')) }
      : { value: id, state: handedOver(view), copy: copies.add('tenantId', id, title) }),
  };
}

function scimEndpoint(view: PanelView, copies: Copies): ValueRow {
  const { words, kept } = view;
  const title = words(text('SCIM endpoint'));
  const endpoint = kept.scim?.endpoint;
  const entry: Entry = {
    field: 'scimEndpoint',
    label: title,
    hint: words(text('In the Kiro console: Settings, Identity management. It ends in /scim/v2.')),
    placeholder: 'https://scim.us-east-1.amazonaws.com/…/scim/v2',
    submit: words(text('Store')),
    cancel: words(text('Cancel')),
    secret: false,
    ...(endpoint === undefined || endpoint === '' ? {} : { reveal: words(text('Replace')) }),
  };
  return {
    id: 'scimEndpoint',
    title,
    ...toProvisioning(view),
    ...(endpoint === undefined || endpoint === ''
      ? { state: waitingForYou(view) }
      : { value: endpoint, state: inEntra(view), copy: copies.add('scimEndpoint', endpoint, title) }),
    entry,
  };
}

function scimToken(view: PanelView): ValueRow {
  const { words, kept, now } = view;
  const stored = kept.scim?.tokenStored === true;
  const madeAt = kept.scim?.tokenMadeAt;
  const title = words(text('Access token'));
  return {
    id: 'scimToken',
    title,
    ...toProvisioning(view),
    state: stored
      ? { status: 'met', words: words(text('{0}, never shown again', age(madeAt, now))) }
      : waitingForYou(view),
    entry: {
      field: 'scimToken',
      label: title,
      hint: words(
        text(
          'Kiro shows it once. It goes straight into this machine’s secret storage and can’t be read back here.',
        ),
      ),
      placeholder: words(text('Paste the token')),
      submit: words(text('Store')),
      cancel: words(text('Cancel')),
      secret: true,
      ...(stored ? { reveal: words(text('Replace')) } : {}),
    },
  };
}

function age(madeAt: number | undefined, now: number): Text {
  if (madeAt === undefined) return text('stored');
  const days = Math.floor((now - madeAt) / day);
  if (days < 1) return text('stored, made today');
  return days === 1 ? text('stored, 1 day old') : text('stored, {0} days old', days);
}

function handedOver({ kept, words }: PanelView): State {
  return kept.ticks.profile === undefined
    ? { status: 'manual', words: words(text('ready to paste into the Kiro profile')) }
    : { status: 'met', words: words(text('in the Kiro profile')) };
}

function inEntra({ observation, words }: PanelView): State {
  const secrets = observation && valueOf(observation.snapshot.secrets);
  return secrets && secrets.length > 0
    ? { status: 'met', words: words(text('in Entra provisioning')) }
    : { status: 'met', words: words(text('stored, step 4 hands it to Entra')) };
}

function waitingForYou({ words }: PanelView): State {
  return { status: 'manual', words: words(text('waiting for you')) };
}

function later({ words }: PanelView, when: Text): State {
  return { status: 'later', words: words(when) };
}

type Way = Pick<ValueRow, 'from' | 'to' | 'links'>;

function toProfile({ words, connection }: PanelView, page: PortalPage): Way {
  return {
    from: words(text('Entra, App registrations')),
    to: words(text('Kiro profile')),
    links: [
      ...portal(connection, words(text('Open in Entra')), page),
      console(words(text('Open the Kiro console'))),
    ],
  };
}

function toProvisioning({ words, connection }: PanelView): Way {
  return {
    from: words(text('Kiro, Settings')),
    to: words(text('Entra provisioning')),
    links: [
      console(words(text('Open the Kiro console'))),
      ...portal(connection, words(text('Open in Entra')), 'provisioning'),
    ],
  };
}

/** A sandbox has no admin center. */
function portal(connection: PanelView['connection'], label: string, page: PortalPage): Action[] {
  return connection?.kind === 'sandbox' ? [] : [{ label, command: commandIds.openPortal, args: [page] }];
}

function console(label: string): Action {
  return { label, command: commandIds.openKiroConsole, args: [] };
}
