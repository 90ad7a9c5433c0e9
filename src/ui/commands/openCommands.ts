import * as vscode from 'vscode';
import { guideSection, guideUrl } from '../../guide/guideSections.ts';
import { kiroConsoleUrl, portalIds, portalUrl } from '../../guide/portal.ts';
import type { PortalPage } from '../../guide/requirement.ts';
import { viewIds } from '../commandIds.ts';
import { forBrowser } from '../connection/browserAddress.ts';
import { openWalkthrough } from '../walkthrough.ts';
import { words } from '../words.ts';
import { pageArg, requirementArg, stepArg } from './args.ts';
import type { CommandDeps } from './deps.ts';
import type { Handlers } from './registry.ts';

type Names =
  | 'openWalkthrough'
  | 'openHandOff'
  | 'openStatusPanel'
  | 'openPortal'
  | 'openKiroConsole'
  | 'openGuide'
  | 'copyValue'
  | 'testKiroSignIn'
  | 'showLog';

/** Commands that show or copy something. */
export function openCommands(deps: CommandDeps): Pick<Handlers, Names> {
  const { store, tree, sandbox, log } = deps;

  async function openPage(page: PortalPage): Promise<void> {
    const snapshot = store.observation?.snapshot;
    if (page === 'kiroConsole' || !snapshot) {
      await openConsole();
      return;
    }
    if (snapshot.kind === 'sandbox') {
      const { endpoints } = sandbox;
      if (endpoints && page === 'provisioning' && snapshot.cloud.lacks.length > 0) {
        await openExternal(forBrowser(`${endpoints.console}/provisioning`));
        return;
      }
      throw new Error(
        vscode.l10n.t(
          "A sandbox tenant has no admin center. Its Kiro console is there, in 'Open the Kiro console'.",
        ),
      );
    }
    await openExternal(portalUrl(page, snapshot.cloud, portalIds(snapshot, page), snapshot.kept.region));
  }

  async function openConsole(): Promise<void> {
    const endpoints = sandbox.endpoints;
    const region = store.observation?.snapshot.kept.region;
    await openExternal(endpoints ? forBrowser(endpoints.console) : kiroConsoleUrl(region));
  }

  return {
    openWalkthrough,
    openHandOff: () => deps.openHandOff(),
    openStatusPanel: async () => {
      await vscode.commands.executeCommand(`${viewIds.status}.focus`);
    },
    openPortal: async (arg) => {
      const id = requirementArg(arg);
      const page = pageArg(arg) ?? (id === undefined ? undefined : tree.findingOf(id)?.portal);
      if (page) await openPage(page);
    },
    openKiroConsole: openConsole,
    openGuide: async (arg) => {
      const step = stepArg(arg);
      await openExternal(step === undefined ? guideUrl : guideSection(step));
    },
    copyValue: async (arg) => {
      const id = requirementArg(arg);
      const finding = id === undefined ? undefined : tree.findingOf(id);
      if (finding?.copy === undefined) return;
      await vscode.env.clipboard.writeText(finding.copy);
      vscode.window.setStatusBarMessage(vscode.l10n.t('{0} copied', words(finding.title)), 4_000);
    },
    testKiroSignIn: async () => {
      const { testSignIn } = await import('../signInTest/signInTest.ts');
      await testSignIn(store.require(), deps.documents);
    },
    showLog: () => log.show(),
  };
}

async function openExternal(address: string): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(address, true));
}
