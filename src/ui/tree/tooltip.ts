import * as vscode from 'vscode';
import type { StepHealth } from '../../guide/health.ts';
import type { Finding } from '../../guide/requirement.ts';
import type { Snapshot } from '../../guide/snapshot.ts';
import { commandIds } from '../commandIds.ts';
import { callOf } from '../statusBarState.ts';
import type { CommandCall } from '../statusBarState.ts';
import { clockTime, words } from '../words.ts';
import { markdownText } from './markdownText.ts';
import { stateWord } from './stateIcon.ts';

/** A link that runs a command from Markdown. */
export function commandLink(label: string, { command, args }: CommandCall): string {
  const query = args.length === 0 ? '' : `?${encodeURIComponent(JSON.stringify(args))}`;
  return `[${label}](command:${command}${query})`;
}

/** Markdown that may run our own commands and nothing else. */
export function trustedMarkdown(): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('', true);
  markdown.isTrusted = { enabledCommands: [...Object.values(commandIds), 'kiroConnect.guide.focus'] };
  return markdown;
}

/** Why Kiro needs it, what was seen and when, how it is mended, and where Kiro's guide says so. */
export function findingTooltip(finding: Finding, snapshot: Snapshot): vscode.MarkdownString {
  const markdown = trustedMarkdown();
  heading(markdown, words(finding.title), stateWord(finding.status));
  paragraph(markdown, words(finding.why));
  labelled(markdown, vscode.l10n.t('Seen at {0}', clockTime(snapshot.at)), words(finding.evidence));
  if (finding.waiting) labelled(markdown, vscode.l10n.t('Waits for'), waitWords(finding));
  if (finding.remedy) labelled(markdown, vscode.l10n.t('What to do'), words(finding.remedy));
  markdown.appendMarkdown(links(finding, snapshot).join(' · '));
  return markdown;
}

export function stepTooltip(step: StepHealth, at: number): vscode.MarkdownString {
  const markdown = trustedMarkdown();
  heading(markdown, `${step.step}. ${words(step.title)}`, words(step.label));
  const open = step.findings.filter((finding) => finding.status !== 'met');
  if (open.length === 0)
    paragraph(markdown, vscode.l10n.t('Everything is in order, seen at {0}.', clockTime(at)));
  for (const finding of open) labelled(markdown, words(finding.title), words(finding.label));
  markdown.appendMarkdown(guideLink(step.step));
  return markdown;
}

/** What is waited for and, when it can be told, until when. */
export function waitWords({ waiting, label }: Finding): string {
  if (!waiting) return words(label);
  const what = words(waiting.for);
  return waiting.until === undefined
    ? what
    : vscode.l10n.t('{0}, until about {1}', what, clockTime(waiting.until));
}

/** A sandbox has no admin center, but for what Microsoft Graph of its cloud can't do; its Kiro console is there. */
export function hasPortal({ portal }: Finding, { kind, cloud }: Snapshot): boolean {
  if (portal === undefined || kind === 'tenant' || portal === 'kiroConsole') return portal !== undefined;
  return portal === 'provisioning' && cloud.lacks.length > 0;
}

function links(finding: Finding, snapshot: Snapshot): readonly string[] {
  const all = [guideLink(finding.step)];
  if (finding.portal && hasPortal(finding, snapshot)) {
    const call: CommandCall = { command: commandIds.openPortal, args: [finding.portal] };
    all.unshift(commandLink(vscode.l10n.t('Open in the portal'), call));
  }
  if (finding.action && finding.action.kind !== 'tick') {
    const only: CommandCall = { command: commandIds.applyRequirement, args: [finding.id] };
    const call = finding.action.kind === 'apply' ? only : callOf(finding.action, finding);
    all.unshift(commandLink(actionLabel(finding), call));
  }
  return all;
}

/** What the button of a finding's action says. */
export function actionLabel({ action }: Pick<Finding, 'action'>): string {
  switch (action?.kind) {
    case 'createOrAdopt':
      return vscode.l10n.t('Create the application');
    case 'chooseRegion':
      return vscode.l10n.t('Choose the region');
    case 'enterDomain':
      return vscode.l10n.t('Add a domain');
    case 'enterVerificationValue':
      return vscode.l10n.t('Enter the verification value');
    case 'confirmVerified':
      return vscode.l10n.t('Confirm that it is verified');
    case 'enterScimEndpoint':
      return vscode.l10n.t('Enter the SCIM endpoint');
    case 'enterScimToken':
      return vscode.l10n.t('Enter the access token');
    case 'chooseGroup':
      return vscode.l10n.t('Choose groups');
    case 'repairExternalIds':
      return vscode.l10n.t('Repair external IDs');
    case 'provisionNow':
      return vscode.l10n.t('Provision now');
    case 'leaveOutAttributes':
      return vscode.l10n.t('Leave attributes out');
    case 'applyStep':
      return vscode.l10n.t('Apply step {0}', action.step);
    case 'tick':
      return vscode.l10n.t('Mark as done');
    case 'apply':
    case 'applyAlone':
    case undefined:
      return vscode.l10n.t('Apply');
  }
}

function guideLink(step: number): string {
  return commandLink(vscode.l10n.t("Step {0} of Kiro's guide", step), {
    command: commandIds.openGuide,
    args: [step],
  });
}

function heading(markdown: vscode.MarkdownString, title: string, state: string): void {
  markdown
    .appendMarkdown('**')
    .appendMarkdown(markdownText(title))
    .appendMarkdown('** · ')
    .appendMarkdown(markdownText(state))
    .appendMarkdown('\n\n');
}

function paragraph(markdown: vscode.MarkdownString, sentence: string): void {
  markdown.appendMarkdown(markdownText(sentence)).appendMarkdown('\n\n');
}

function labelled(markdown: vscode.MarkdownString, label: string, sentence: string): void {
  markdown
    .appendMarkdown('*')
    .appendMarkdown(markdownText(label))
    .appendMarkdown(':* ')
    .appendMarkdown(markdownText(sentence))
    .appendMarkdown('\n\n');
}
