import * as vscode from 'vscode';
import { Cancelled } from '../errors.ts';
import { pickPreset } from '../inputs/pickPreset.ts';
import { presetArg } from '../inputs/presets.ts';
import { whyRunOut } from '../viewState.ts';
import { words } from '../words.ts';
import type { CommandDeps } from './deps.ts';
import type { Handlers } from './registry.ts';

type Names =
  | 'signIn'
  | 'signInAnotherWay'
  | 'switchConnection'
  | 'registerClient'
  | 'copyConsentLink'
  | 'signOut'
  | 'startSandbox'
  | 'stopSandbox'
  | 'refresh'
  | 'forgetConnection';

/** Commands that open, look at and close a connection. */
export function connectionCommands({
  connections,
  sandbox,
  store,
  refresh,
}: CommandDeps): Pick<Handlers, Names> {
  return {
    signIn: () => connections.signIn(),
    signInAnotherWay: async () => {
      const { pickWay } = await import('../connection/asking.ts');
      await connections.signIn({ way: await pickWay() });
    },
    switchConnection: async () => {
      const { pickConnection } = await import('../inputs/pickConnection.ts');
      const picked = await pickConnection(connections);
      await (picked === 'another' ? connections.signIn() : connections.switchTo(picked));
    },
    registerClient: async () => {
      const { registerOwnClient } = await import('../connection/registerOwnClient.ts');
      await registerOwnClient(store.require(), connections);
    },
    copyConsentLink: async () => {
      await vscode.env.clipboard.writeText(await connections.consentLink());
      vscode.window.setStatusBarMessage(vscode.l10n.t('Link for an administrator copied'), 4_000);
    },
    signOut: () => connections.signOut(),
    startSandbox: async (arg) => {
      const preset = presetArg(arg) ?? (sandbox.started ? undefined : await pickPreset());
      const options = {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Starting the sandbox tenant'),
      };
      await vscode.window.withProgress(options, () => sandbox.start(preset));
      if (!store.session) store.close('sandboxReady');
      if (await connections.resumeSandbox()) await store.look();
      else await connections.signIn();
    },
    stopSandbox: async () => {
      const stop = vscode.l10n.t('Stop');
      const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t('Stop the sandbox tenant?'),
        {
          modal: true,
          detail: vscode.l10n.t(
            'The tenant and what was entered for it here are forgotten. Leave it running to keep them: it goes on when VS Code opens again.',
          ),
        },
        stop,
      );
      if (answer !== stop) throw new Cancelled();
      await sandbox.stop();
    },
    refresh: async () => {
      refresh.restart();
      // Somebody asked, so a sign-in that has run out may open the browser.
      if (store.session) {
        await store.look({ interactive: true });
        const open = store.unreachable ?? store.observation;
        const why = open && whyRunOut(open);
        if (why) throw new Error(words(why));
      } else await connections.restore().then(() => store.look());
    },
    forgetConnection: async () => {
      const { connection } = store.require();
      const forget = vscode.l10n.t('Forget');
      const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t('Forget what was entered for {0}?', connection.account),
        {
          modal: true,
          detail: vscode.l10n.t(
            'Domains, SCIM endpoint, access token and ticks are forgotten on this computer, and you are signed out. Nothing changes in Entra or Kiro.',
          ),
        },
        forget,
      );
      if (answer !== forget) throw new Cancelled();
      await connections.forget();
    },
  };
}
