import { tickIds, type TickId } from '../../guide/kept.ts';
import { portalPages, type PortalPage, type StepNumber } from '../../guide/requirement.ts';
import type { GuideNode } from '../tree/nodes.ts';

/*
 * Commands are called by the palette (no argument), by the tree (a node), by links and panels (a plain value). These
 * read what came and give `undefined` for anything else.
 */

function nodeOf(arg: unknown): GuideNode | undefined {
  if (typeof arg !== 'object' || arg === null || !('kind' in arg)) return undefined;
  return arg.kind === 'step' || arg.kind === 'finding' ? (arg as GuideNode) : undefined;
}

export function stepArg(arg: unknown): StepNumber | undefined {
  const step = nodeOf(arg)?.step ?? arg;
  return step === 1 || step === 2 || step === 3 || step === 4 || step === 5 ? step : undefined;
}

/** Id of a requirement. */
export function requirementArg(arg: unknown): string | undefined {
  const node = nodeOf(arg);
  if (node) return node.kind === 'finding' ? node.id : undefined;
  return typeof arg === 'string' ? arg : undefined;
}

export function tickArg(arg: unknown): TickId | undefined {
  if (typeof arg === 'string' && /^left\.[\w-]+$/.test(arg)) return arg as TickId;
  return tickIds.find((tick) => tick === arg);
}

export function pageArg(arg: unknown): PortalPage | undefined {
  return portalPages.find((page) => page === arg);
}

/** A domain's name; where the tree calls, the finding's own domain is looked up by the caller. */
export function domainArg(arg: unknown): string | undefined {
  return typeof arg === 'string' ? arg : undefined;
}
