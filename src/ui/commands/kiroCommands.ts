import * as vscode from 'vscode';
import type { TickId } from '../../guide/kept.ts';
import { maxScimTokens, scimRegions } from '../../guide/kiro.ts';
import { ask, pick } from '../inputs/ask.ts';
import { askMadeAt } from '../inputs/askMadeAt.ts';
import {
  checks,
  keepRegion,
  keepScimEndpoint,
  keepScimToken,
  keepTick,
  takeTickBack,
} from '../inputs/entries.ts';
import { tickOf } from '../tree/ticks.ts';
import { words } from '../words.ts';
import { requirementArg, tickArg } from './args.ts';
import type { CommandDeps } from './deps.ts';
import type { Handlers } from './registry.ts';

type Names = 'chooseRegion' | 'enterScimEndpoint' | 'enterScimToken' | 'rotateToken' | 'tick' | 'untick';

/** Commands for what only the Kiro console shows. */
export function kiroCommands(deps: CommandDeps): Pick<Handlers, Names> {
  const { store, tree, refresh } = deps;
  const { l10n } = vscode;

  function tickFor(arg: unknown): TickId | undefined {
    const id = requirementArg(arg);
    const finding = id === undefined ? undefined : tree.findingOf(id);
    return finding ? tickOf(finding) : tickArg(arg);
  }

  async function lookAgain(): Promise<void> {
    refresh.restart();
    await store.look();
  }

  async function enterToken(): Promise<void> {
    const session = store.require();
    const pasted = await ask({
      title: l10n.t('Access token for SCIM'),
      prompt: l10n.t(
        'Generated in the Kiro console, shown only once. It goes into secret storage and is never shown again.',
      ),
      password: true,
      check: checks.scimToken(),
    });
    const said = await keepScimToken(session, pasted, await askMadeAt(session.now()));
    vscode.window.setStatusBarMessage(words(said), 4_000);
    await lookAgain();
  }

  return {
    chooseRegion: async () => {
      const session = store.require();
      const items = scimRegions.map((region) => ({ label: region, value: region }));
      await keepRegion(session, await pick(l10n.t('Region of the Kiro profile'), items));
    },
    enterScimEndpoint: async () => {
      const session = store.require();
      const pasted = await ask({
        title: l10n.t('SCIM endpoint'),
        prompt: l10n.t('The Kiro console shows it under Settings, Identity management.'),
        placeHolder: 'https://scim.us-east-1.amazonaws.com/…/scim/v2',
        value: session.kept.scim?.endpoint ?? '',
        check: checks.scimEndpoint(session),
      });
      await keepScimEndpoint(session, pasted);
      await lookAgain();
    },
    enterScimToken: enterToken,
    rotateToken: async () => {
      const session = store.require();
      const { rotateToken } = await import('../token/rotateToken.ts');
      await rotateToken(session, {
        enter: enterToken,
        save: async () => {
          const { applyFlow } = await import('../apply/applyFlow.ts');
          await applyFlow(deps, session, {
            step: 4,
            only: ['provisioning.credentials', 'provisioning.secrets'],
          });
          await lookAgain();
        },
      });
    },
    tick: async (arg) => {
      const session = store.require();
      const tick = tickFor(arg);
      if (tick === undefined) return;
      await keepTick(session, tick, session.now(), tick === 'tokenCount' ? await askTokenCount() : undefined);
    },
    untick: async (arg) => {
      const tick = tickFor(arg);
      if (tick !== undefined) await takeTickBack(store.require(), tick);
    },
  };

  async function askTokenCount(): Promise<number> {
    const items = Array.from({ length: maxScimTokens + 1 }, (_, count) => ({
      label: String(count),
      value: count,
    }));
    return await pick(l10n.t('How many access tokens does the Kiro console list?'), items.slice(1));
  }
}
