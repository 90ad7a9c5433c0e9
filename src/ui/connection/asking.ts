import * as vscode from 'vscode';
import type { Interaction } from '../../entra/signIn/account.ts';
import { Cancelled } from '../errors.ts';
import { BrowserWait } from './browserWait.ts';
import { DeviceCodeWait } from './deviceCodeWait.ts';
import { mayBeElsewhere, reachablePort } from './wayBack.ts';
import type { Way } from './ways.ts';

/** How a person is asked to sign in, and how long that takes: what waits for them can be cancelled. */
export interface Asking {
  readonly interaction: Interaction;
  during<T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Asks through the browser. At a sandbox that is always the one on this machine. */
export function askByBrowser({ sandbox }: { readonly sandbox: boolean }): Asking {
  const wait = new BrowserWait();
  return {
    interaction: {
      kind: 'browser',
      open: (url) => wait.open(url),
      ...(!sandbox && mayBeElsewhere() && { port: portOrSentence }),
    },
    during: (work, signal) => wait.during(work, signal),
  };
}

export function askByDeviceCode(): Asking {
  const wait = new DeviceCodeWait();
  return {
    interaction: { kind: 'deviceCode', show: (code) => wait.show(code) },
    during: (work, signal) => wait.during(work, signal),
  };
}

async function portOrSentence(): Promise<number> {
  const port = await reachablePort();
  if (port !== undefined) return port;
  throw new Error(
    vscode.l10n.t(
      'Your browser can’t come back to the machine that this extension runs on. Sign in with a device code.',
    ),
  );
}

/**
 * The browser where it can come back to this machine, else a device code, once the admin has agreed: many tenants block
 * those. Throws `Cancelled`.
 */
export async function fittingWay(): Promise<Way> {
  if ((await reachablePort()) !== undefined) return 'browser';
  const use = vscode.l10n.t('Use a device code');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Sign in with a device code?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'The extension runs on another machine than your browser, which can’t come back to it. A code that you enter in the browser works instead, but many tenants block it by Conditional Access. If yours does, open this folder in a local window and sign in there.',
      ),
    },
    use,
  );
  if (answer !== use) throw new Cancelled();
  return 'deviceCode';
}

/** Lets the admin choose. Throws `Cancelled`. */
export async function pickWay(): Promise<Way> {
  const { l10n } = vscode;
  const items: readonly (vscode.QuickPickItem & { readonly way: Way })[] = [
    {
      way: 'browser',
      label: l10n.t('In the browser'),
      detail: l10n.t('The safest way. The browser has to reach this machine.'),
    },
    {
      way: 'deviceCode',
      label: l10n.t('With a device code'),
      detail: l10n.t('For SSH, WSL and containers. Many tenants block it by Conditional Access.'),
    },
    {
      way: 'vscode',
      label: l10n.t('With the Microsoft account of VS Code'),
      detail: l10n.t('Needs a client of your organization in kiroConnect.clientId.'),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: l10n.t('How do you want to sign in?') });
  if (!picked) throw new Cancelled();
  return picked.way;
}
