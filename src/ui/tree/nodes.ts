import type { StepNumber } from '../../guide/requirement.ts';

/** What the tree hands to VS Code, and gets back with a command: keys only, the state is looked up when drawn. */
export type GuideNode = StepNode | FindingNode;

export interface StepNode {
  readonly kind: 'step';
  readonly step: StepNumber;
}

export interface FindingNode {
  readonly kind: 'finding';
  readonly step: StepNumber;
  /** Requirement id. */
  readonly id: string;
}

/** Unique and stable in the tree, so that selection and expansion survive a refresh. */
export function nodeId(node: GuideNode): string {
  return node.kind === 'step' ? `step${node.step}` : node.id;
}
