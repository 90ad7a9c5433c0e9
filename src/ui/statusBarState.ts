import type { Observation } from '../engine/session.ts';
import type { Finding, FindingAction } from '../guide/requirement.ts';
import { commandIds } from './commandIds.ts';
import type { CommandId } from './commandIds.ts';
import type { Steady } from './steady.ts';
import type { ViewState } from './viewState.ts';

/** What the status bar is about: one of these, and nothing else, is shown. */
export type StatusBarState =
  | { readonly kind: 'setUp' }
  | { readonly kind: 'sandboxStopped' }
  | { readonly kind: 'runOut' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'healthy' }
  | { readonly kind: 'waiting'; readonly finding?: Finding }
  | { readonly kind: 'todo'; readonly count: number; readonly peopleAffected: boolean }
  | { readonly kind: 'failing'; readonly what: 'signIn' | 'provisioning' }
  | { readonly kind: 'unknown' };

export interface StatusBarInput {
  readonly state: ViewState;
  readonly observation: Observation | undefined;
  readonly steady: Steady | undefined;
  readonly checking: boolean;
}

/** Derives the state; `checking` is told only while there is nothing older to say. */
export function statusBarState({ state, observation, steady, checking }: StatusBarInput): StatusBarState {
  if (state === 'signedOut' || state === 'sandboxReady') return { kind: 'setUp' };
  if (state === 'sandboxStopped' || state === 'runOut') return { kind: state };
  if (!observation) return state === 'opening' || checking ? { kind: 'checking' } : { kind: 'unknown' };
  if (state === 'offline' || state === 'noAccess') return { kind: 'unknown' };
  if (state === 'noApplication') return { kind: 'setUp' };
  const { health } = observation;
  switch (steady?.shown ?? health.overall) {
    case 'healthy':
      return { kind: 'healthy' };
    case 'waiting': {
      const finding = longestWait(health.steps.flatMap((step) => step.findings));
      return { kind: 'waiting', ...(finding && { finding }) };
    }
    case 'todo': {
      const findings = health.steps.flatMap((step) => step.findings);
      const peopleAffected = findings.some((finding) => finding.peopleAffected === true);
      return { kind: 'todo', count: health.todo, peopleAffected };
    }
    case 'failing':
      return { kind: 'failing', what: health.failing ?? 'signIn' };
    case 'unknown':
      return { kind: 'unknown' };
  }
}

/** The wait that ends last: nothing is all right before it. */
function longestWait(findings: readonly Finding[]): Finding | undefined {
  return findings
    .filter((finding) => finding.status === 'waiting')
    .sort((a, b) => (b.waiting?.until ?? 0) - (a.waiting?.until ?? 0))[0];
}

/** VS Code makes this command for the view. */
export const focusGuide = 'kiroConnect.guide.focus';

export interface CommandCall {
  readonly command: CommandId | typeof focusGuide;
  readonly args: readonly (string | number)[];
}

/** The command that carries a finding's action out. */
export function callOf(action: FindingAction, finding: Pick<Finding, 'id' | 'step'>): CommandCall {
  switch (action.kind) {
    case 'apply':
      return { command: commandIds.applyStep, args: [finding.step] };
    case 'applyAlone':
      return { command: commandIds.applyRequirement, args: [finding.id] };
    case 'applyStep':
      return { command: commandIds.applyStep, args: [action.step] };
    case 'createOrAdopt':
      return { command: commandIds.createApplication, args: [] };
    case 'enterDomain':
      return { command: commandIds.enterDomain, args: [] };
    case 'enterVerificationValue':
      return { command: commandIds.enterVerificationValue, args: [action.domain] };
    case 'confirmVerified':
      return { command: commandIds.confirmVerified, args: [action.domain] };
    case 'enterScimEndpoint':
      return { command: commandIds.enterScimEndpoint, args: [] };
    case 'enterScimToken':
      return { command: commandIds.enterScimToken, args: [] };
    case 'chooseGroup':
      return { command: commandIds.chooseGroup, args: [] };
    case 'repairExternalIds':
      return { command: commandIds.repairExternalIds, args: [] };
    case 'provisionNow':
      return { command: commandIds.provisionNow, args: [action.person] };
    case 'leaveOutAttributes':
      return { command: commandIds.leaveOutAttributes, args: [action.person] };
    case 'chooseRegion':
      return { command: commandIds.chooseRegion, args: [] };
    // What a person confirms is done elsewhere first: the values for it, or the row that says where.
    case 'tick':
      return { command: action.tick === 'profile' ? commandIds.openHandOff : focusGuide, args: [] };
  }
}
