import type { Finding, FindingStatus, StepNumber } from '../../src/guide/requirement.ts';
import { valueOf, type Snapshot } from '../../src/guide/snapshot.ts';
import { format } from '../../src/guide/text.ts';
import type { Meter } from '../../src/entra/meter.ts';

/** What `--json` prints, as the last line and on one line. */
export interface RehearsalSummary {
  readonly met: number;
  readonly unmet: number;
  readonly findings: readonly {
    readonly id: string;
    readonly step: StepNumber;
    readonly status: FindingStatus;
  }[];
  /** HTTP requests to Microsoft Graph; a `$batch` is one. */
  readonly requests: number;
  /** The longest chain of requests each of which waited for the one before. */
  readonly roundTrips: number;
  readonly seconds: number;
}

export function summary(all: readonly Finding[], meter: Meter, seconds: number): RehearsalSummary {
  const met = all.filter(({ status }) => status === 'met').length;
  return {
    met,
    unmet: all.length - met,
    findings: all.map(({ id, step, status }) => ({ id, step, status })),
    requests: meter.requests,
    roundTrips: meter.roundTrips,
    seconds: Math.round(seconds * 1000) / 1000,
  };
}

/** A line for each requirement. */
export function printFindings(all: readonly Finding[], say: (line: string) => void): void {
  let step = 0;
  for (const finding of all) {
    if (finding.step !== step) {
      step = finding.step;
      say(`\nStep ${step}`);
    }
    say(`  ${finding.status.padEnd(8)}${format(finding.title)}: ${format(finding.evidence)}`);
  }
}

/** People of the assigned groups whom Kiro does not have, or has under another external ID. */
export function missingInKiro(snapshot: Snapshot): readonly string[] {
  const ids = new Set((valueOf(snapshot.scim)?.users ?? []).map((user) => user.externalId));
  return (valueOf(snapshot.groups) ?? [])
    .flatMap((group) => group.members)
    .filter((member) => member.type === 'user' && member.accountEnabled !== false && !ids.has(member.id))
    .map((member) => member.displayName);
}
