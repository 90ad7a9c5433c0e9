import * as vscode from 'vscode';
import type { Link } from '../../guide/diagnosis/person.ts';
import { commandIds } from '../commandIds.ts';
import { callOf, type CommandCall } from '../statusBarState.ts';
import { actionLabel } from '../tree/tooltip.ts';

/** The command that mends a link, where one of this tool's does. */
export function callOfLink({ action }: Link): CommandCall | undefined {
  if (action === undefined) return undefined;
  switch (action.kind) {
    case 'applyRequirement':
      return { command: commandIds.applyRequirement, args: [action.requirement] };
    case 'testSignIn':
      return { command: commandIds.testKiroSignIn, args: [] };
    default:
      // Only "apply" asks for the step, which a link says by its requirement.
      return callOf(action, { id: '', step: 5 });
  }
}

/** What the button of that command says. */
export function labelOfLink({ action }: Link): string | undefined {
  if (action === undefined) return undefined;
  switch (action.kind) {
    case 'applyRequirement':
      return vscode.l10n.t('Apply what mends it');
    case 'testSignIn':
      return vscode.l10n.t('Test sign-in as Kiro does');
    default:
      return actionLabel({ action });
  }
}
