import * as vscode from 'vscode';
import type { Observation } from '../../engine/session.ts';
import type { StepHealth } from '../../guide/health.ts';
import type { Finding } from '../../guide/requirement.ts';
import { words } from '../words.ts';
import { nodeId } from './nodes.ts';
import { stateIcon, stateWord, workingIcon } from './stateIcon.ts';
import { domainOf, isTicked, tickOf } from './ticks.ts';
import { findingTooltip, hasPortal, stepTooltip } from './tooltip.ts';

/** The row of a step: what, then its state in a few words. Open while it is the one to work on. */
export function stepItem(step: StepHealth, at: number, work: string | undefined): vscode.TreeItem {
  const label = `${step.step}. ${words(step.title)}`;
  const open = ['unmet', 'manual', 'waiting', 'unknown'].includes(step.status);
  const item = new vscode.TreeItem(
    label,
    open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
  );
  const affected = step.findings.some((finding) => finding.peopleAffected === true);
  item.id = nodeId({ kind: 'step', step: step.step });
  item.iconPath = work === undefined ? stateIcon(step.status, affected) : workingIcon;
  item.description = work ?? words(step.label);
  item.tooltip = stepTooltip(step, at);
  const applies = step.findings.some((finding) => finding.action?.kind === 'apply');
  item.contextValue = ['step', step.status, ...(applies ? ['do-apply'] : [])].join(' ');
  item.accessibilityInformation = {
    label: vscode.l10n.t(
      'Step {0}, {1}: {2}, {3}',
      step.step,
      words(step.title),
      stateWord(step.status),
      item.description,
    ),
  };
  return item;
}

/** The row of one requirement; its context value says which inline actions make sense. */
export function findingItem(
  finding: Finding,
  { snapshot, health }: Observation,
  work: string | undefined,
): vscode.TreeItem {
  const { kept } = snapshot;
  const item = new vscode.TreeItem(words(finding.title), vscode.TreeItemCollapsibleState.None);
  const tick = tickOf(finding);
  const ticked = tick !== undefined && isTicked(kept, tick);
  item.id = nodeId({ kind: 'finding', step: finding.step, id: finding.id });
  item.iconPath =
    work === undefined ? stateIcon(finding.status, finding.peopleAffected === true) : workingIcon;
  item.description = work ?? words(finding.label);
  item.tooltip = findingTooltip(finding, snapshot);
  item.contextValue = [
    'finding',
    finding.status,
    ...(finding.action ? [`do-${finding.action.kind}`] : []),
    ...(finding.copy === undefined ? [] : ['copy']),
    ...(hasPortal(finding, snapshot) ? ['portal'] : []),
    ...(domainOf(finding, kept) === undefined ? [] : ['domain']),
    ...(ticked ? ['ticked'] : []),
    ...(finding.id === 'people.arrived' && health.provisionNow ? ['provisionNow'] : []),
  ].join(' ');
  item.accessibilityInformation = {
    label: vscode.l10n.t('{0}: {1}, {2}', words(finding.title), stateWord(finding.status), item.description),
  };
  if (tick !== undefined && (ticked || finding.action?.kind === 'tick')) {
    const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
    item.checkboxState = {
      state: ticked ? Checked : Unchecked,
      tooltip: ticked
        ? vscode.l10n.t('Done, as you said')
        : vscode.l10n.t('Tick when you have seen it in the Kiro console'),
    };
  }
  return item;
}
