/** Failures from which a job goes into quarantine (Microsoft Entra: application provisioning in quarantine status). */
export interface Thresholds {
  /** Fewer failures than these never put a job into quarantine. */
  readonly fewest: number;
  /** Share of provisioning events that may fail, from `fewest` on. */
  readonly proportion: number;
  /** More failures than these, references apart, put a job into quarantine. */
  readonly base: number;
  /** The same with failures of references. */
  readonly total: number;
}

/** What the control server may turn in the provisioning service; not kept in a saved state. */
export interface Behaviour {
  readonly thresholds: Thresholds;
  /** Which of its two historic shapes `provisionOnDemand` answers in. */
  readonly onDemandShape: 'A' | 'B';
}

/** As documented. */
export const documented: Behaviour = {
  thresholds: { fewest: 5000, proportion: 0.4, base: 40_000, total: 60_000 },
  onDemandShape: 'A',
};

/** A change of the behaviour: what is left out stays. */
export interface BehaviourChange {
  readonly thresholds?: { readonly [Name in keyof Thresholds]?: number | undefined } | undefined;
  readonly onDemandShape?: Behaviour['onDemandShape'] | undefined;
}

/** The behaviour after a change. */
export function changed(behaviour: Behaviour, change: BehaviourChange): Behaviour {
  const before = behaviour.thresholds;
  const asked = change.thresholds ?? {};
  return {
    thresholds: {
      fewest: asked.fewest ?? before.fewest,
      proportion: asked.proportion ?? before.proportion,
      base: asked.base ?? before.base,
      total: asked.total ?? before.total,
    },
    onDemandShape: change.onDemandShape ?? behaviour.onDemandShape,
  };
}
