import type { Tenant } from '../../state.ts';
import type { Activity, AuditTarget } from '../../tenant/directoryAudits.ts';

/** A write that leaves rows in the audit log. */
export interface AuditedWrite {
  readonly methods: readonly string[];
  /** Of the path without version; its groups are the keys. */
  readonly path: RegExp;
  /** What the write is about to change or delete, to be copied before it does. */
  before?(tenant: Tenant, keys: readonly string[]): object | undefined;
  /** The rows of a write that succeeded. */
  entries(write: Written): readonly AuditEntry[];
}

/** A write that succeeded. */
export interface Written {
  readonly tenant: Tenant;
  readonly method: string;
  readonly keys: readonly string[];
  /** A copy of what was there before; empty where nothing was. */
  readonly before: Readonly<Record<string, unknown>>;
  /** The answer's body; empty where there was none. */
  readonly answer: Readonly<Record<string, unknown>>;
}

/** One row: what was done, and to what. */
export interface AuditEntry {
  readonly activity: Activity;
  readonly targets: readonly AuditTarget[];
}

/** A value as text; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
