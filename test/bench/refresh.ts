import { walkFiveSteps } from '../../scripts/rehearse/fiveSteps.ts';
import { openOnSandbox } from '../../scripts/rehearse/openOnSandbox.ts';
import { createPerson } from '../../scripts/rehearse/person.ts';
import { startSandboxProcess } from '../../scripts/rehearse/sandboxProcess.ts';
import type { Session } from '../../src/engine/session.ts';
import { valueOf } from '../../src/guide/snapshot.ts';

/** HTTP requests to Microsoft Graph that one whole look costs; a `$batch` is one. */
export interface Refresh {
  readonly requests: number;
  readonly groups: number;
  readonly largestGroup: number;
}

/** The group of the sandbox that holds all the people whom `--users` adds, and four that are always there. */
const groupNames = ['Staff', 'Engineering', 'Platform team', 'Kiro contractors', 'Kiro users'];
const staff = 999;

/** Counts the requests of a refresh after the five steps are done and five groups are assigned. */
export async function measureRefresh(): Promise<Refresh> {
  const sandbox = await startSandboxProcess(['--users', String(staff)]);
  try {
    const { endpoints } = sandbox;
    const { session, meter } = await openOnSandbox(endpoints);
    await session.observe();
    await walkFiveSteps({ session, person: createPerson(endpoints), say: () => undefined });
    await assignMore(session);
    const before = meter.requests;
    const { snapshot } = await session.observe();
    const groups = valueOf(snapshot.groups) ?? [];
    const sizes = groups.map(({ members }) => members.length);
    return { requests: meter.requests - before, groups: groups.length, largestGroup: Math.max(...sizes) };
  } finally {
    await sandbox.stop();
  }
}

async function assignMore(session: Session): Promise<void> {
  const all = await session.searchGroups('');
  const groups = all.filter(({ displayName }) => groupNames.includes(displayName));
  const { result } = await session.apply(session.plan(5, { choices: { groups } }), {});
  if (result !== 'done') throw new Error(`Assigning the groups ended as ${result}`);
}
