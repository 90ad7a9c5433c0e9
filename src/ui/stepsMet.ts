import type { StepHealth } from '../guide/health.ts';

/** A step is met when everything that the guide requires in it was seen to be so; warnings don't hold it up. */
export function isStepMet(step: StepHealth): boolean {
  const required = step.findings.filter((finding) => finding.severity === 'required');
  return required.length > 0 && required.every((finding) => finding.status === 'met');
}
