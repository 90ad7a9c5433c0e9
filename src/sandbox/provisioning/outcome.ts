import type { Change } from './flows.ts';

export type StepType = 'import' | 'scoping' | 'matching' | 'referenceResolution' | 'export';
export type StepStatus = 'success' | 'failure' | 'skipped';

/** Names of the two systems, as logs and on-demand answers give them. */
export const SOURCE = 'Microsoft Entra ID';
export const TARGET = 'customappsso';

/** One step in the provisioning of an object (Microsoft Graph: provisioningStep). */
export interface Step {
  readonly name: string;
  readonly type: StepType;
  readonly status: StepStatus;
  readonly description: string;
  readonly details: Readonly<Record<string, string>>;
}

/** Who is being provisioned, at the source or at the target. */
export interface Identity {
  readonly id: string;
  readonly displayName: string;
  readonly identityType: string;
  readonly details: Readonly<Record<string, string>>;
}

/** What became of one object. */
export interface Outcome {
  readonly action: 'create' | 'update' | 'disable' | 'delete' | 'stagedDelete' | 'other';
  readonly status: StepStatus;
  readonly errorCode: string | undefined;
  readonly reason: string | undefined;
  readonly steps: readonly Step[];
  readonly changes: readonly Change[];
  readonly source: Identity;
  readonly target: Identity;
  /** Only a reference failed, members or the manager: it counts less towards quarantine. */
  readonly reference: boolean;
}

/** Collects the steps of one object and ends in its outcome. */
export class Trace {
  readonly #steps: Step[] = [];
  readonly #source: Identity;
  readonly #targetType: string;
  readonly kind: 'User' | 'Group';
  readonly label: string;

  constructor(kind: 'User' | 'Group', label: string, source: Identity, targetType: string) {
    this.kind = kind;
    this.label = label;
    this.#source = source;
    this.#targetType = targetType;
  }

  step(
    name: string,
    type: StepType,
    status: StepStatus,
    description: string,
    details: Record<string, string> = {},
  ): void {
    this.#steps.push({ name, type, status, description, details });
  }

  /** The change that came from the source. */
  imported(change: 'Add' | 'Update' | 'Delete'): void {
    this.step(
      `EntryImport${change}`,
      'import',
      'success',
      `Received ${this.kind} '${this.label}' change of type (${change}) from ${SOURCE}`,
    );
  }

  /** Ends without anything sent. */
  skip(errorCode: string, reason: string, targetId?: string): Outcome {
    this.step('EntrySynchronizationSkip', 'export', 'skipped', reason);
    return this.end('other', 'skipped', { errorCode, reason, targetId });
  }

  end(
    action: Outcome['action'],
    status: StepStatus,
    more: {
      errorCode?: string;
      reason?: string;
      changes?: readonly Change[];
      targetId?: string | undefined;
      reference?: boolean;
    } = {},
  ): Outcome {
    return {
      action,
      status,
      errorCode: more.errorCode,
      reason: more.reason,
      steps: this.#steps,
      changes: more.changes ?? [],
      source: this.#source,
      target: {
        id: more.targetId ?? '',
        displayName: more.targetId === undefined ? '' : this.label,
        identityType: this.#targetType,
        details: {},
      },
      reference: more.reference ?? false,
    };
  }
}
