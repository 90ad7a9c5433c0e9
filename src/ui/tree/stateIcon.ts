import * as vscode from 'vscode';
import type { StepStatus } from '../../guide/health.ts';

/** The id of a state's icon, for texts that may hold icons. */
export function iconOf(status: StepStatus): string {
  return stateIcon(status, false).id;
}

/** One icon and colour a state, the same everywhere; the words beside it say the same, so colour never speaks alone. */
export function stateIcon(status: StepStatus, peopleAffected: boolean): vscode.ThemeIcon {
  switch (status) {
    case 'met':
      return icon('pass-filled', 'testing.iconPassed');
    case 'unmet':
      return peopleAffected ? icon('error', 'testing.iconFailed') : icon('circle-large-outline');
    case 'waiting':
      return icon('clock', 'charts.blue');
    case 'manual':
      return icon('person', 'charts.yellow');
    case 'unknown':
      return icon('question', 'disabledForeground');
    case 'blocked':
      return icon('circle-large-outline', 'disabledForeground');
  }
}

/** Something is under way on the row. */
export const workingIcon = new vscode.ThemeIcon('loading~spin');

function icon(id: string, color?: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}

/** The state in one word, for screen readers and tooltips. */
export function stateWord(status: StepStatus): string {
  switch (status) {
    case 'met':
      return vscode.l10n.t('in order');
    case 'unmet':
      return vscode.l10n.t('to do');
    case 'waiting':
      return vscode.l10n.t('waiting');
    case 'manual':
      return vscode.l10n.t('by hand');
    case 'unknown':
      return vscode.l10n.t("can't tell");
    case 'blocked':
      return vscode.l10n.t('after an earlier step');
  }
}
