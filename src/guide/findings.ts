import type { Finding } from './requirement.ts';
import { requirements } from './requirements.ts';
import type { Snapshot } from './snapshot.ts';

/** Judges every requirement against what was seen, in the guide's order. */
export function findings(snapshot: Snapshot): readonly Finding[] {
  return requirements(snapshot).map(({ id, step, title, why, severity, evaluate }) => ({
    id,
    step,
    title,
    why,
    severity,
    ...evaluate(snapshot),
  }));
}
