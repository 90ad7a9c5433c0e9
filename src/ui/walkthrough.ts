import * as vscode from 'vscode';
import { walkthroughId } from './commandIds.ts';
import type { ContextKeySetter } from './contextKeys.ts';
import type { SessionStore } from './sessionStore.ts';
import { isStepMet } from './stepsMet.ts';

/**
 * Ticks the walkthrough's steps by verified state: VS Code keeps a tick for ever once its context key was true, so a key is
 * set from a look that reached the tenant and from nothing else.
 */
export function followWalkthrough(store: SessionStore, keys: ContextKeySetter): vscode.Disposable {
  const render = (): void => {
    const steps = store.observation?.health.steps ?? [];
    const met = (step: number): boolean => steps.some((health) => health.step === step && isStepMet(health));
    keys.set('kiroConnect.step1Met', met(1));
    keys.set('kiroConnect.step2Met', met(2));
    keys.set('kiroConnect.step3Met', met(3));
    keys.set('kiroConnect.step4Met', met(4));
    keys.set('kiroConnect.step5Met', met(5));
  };
  render();
  return vscode.Disposable.from(store.onDidChange(render), announceWhenShown(keys));
}

/** Milliseconds until VS Code has read a walkthrough that it begins to show, and how long the announcement stands. */
const shown = { after: 500, during: 2_000 };

/**
 * VS Code reads walkthroughs when the first one is shown, and a key that is true by then never ticks its step. So a step
 * has a second completion event that also asks for this key, which comes and goes whenever an editor of VS Code's own
 * (the walkthrough is one) comes to the front.
 */
function announceWhenShown(keys: ContextKeySetter): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const announce = (): void => {
    clearTimeout(timer);
    keys.set('kiroConnect.walkthroughShown', false);
    timer = setTimeout(() => {
      keys.set('kiroConnect.walkthroughShown', true);
      timer = setTimeout(() => keys.set('kiroConnect.walkthroughShown', false), shown.during);
    }, shown.after);
  };
  const isOwn = (tab: vscode.Tab): boolean => tab.isActive && tab.input === undefined;
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(timer) },
    vscode.window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
      if ([...opened, ...changed].some(isOwn)) announce();
    }),
  );
}

/** Opens the walkthrough; editors made from VS Code without walkthroughs get the tree, which holds the same steps. */
export async function openWalkthrough(): Promise<void> {
  const known = await vscode.commands.getCommands(true);
  if (known.includes('workbench.action.openWalkthrough')) {
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthroughId, false);
  } else {
    await vscode.commands.executeCommand('kiroConnect.guide.focus');
  }
}
