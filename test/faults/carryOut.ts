import type { Session } from '../../src/engine/session.ts';
import { findings } from '../../src/guide/findings.ts';
import { adopt, enterConsole, enterUsedToken } from './admin.ts';
import { findCauses } from './causes.ts';
import type { Cause, Fault } from './fault.ts';
import { openPlace, type Place } from './place.ts';
import { repair } from './repair.ts';

export interface Outcome {
  readonly fault: Fault;
  readonly causes: readonly Cause[];
  /** Place of the expected cause among those named, from 1; 0 where it is not named. */
  readonly rank: number;
  /** The tool offers to mend the expected cause. */
  readonly repairable: boolean;
  /** After the repair every requirement is met. */
  readonly repaired: boolean;
  /** Why not, where it was tried. */
  readonly left: string;
  readonly seconds: number;
}

/** Breaks a set-up, lets the tool name the cause, and lets it mend what it offers to mend. Never rejects. */
export async function carryOut(fault: Fault): Promise<Outcome> {
  const began = performance.now();
  try {
    return { ...(await breakAndMend(fault)), seconds: (performance.now() - began) / 1000 };
  } catch (error) {
    const cause = {
      id: 'failed',
      title: fault.name,
      evidence: error instanceof Error ? error.message : String(error),
    };
    return { fault, causes: [cause], rank: 0, repairable: false, repaired: false, left: '', seconds: 0 };
  }
}

async function breakAndMend(fault: Fault): Promise<Omit<Outcome, 'seconds'>> {
  const place = await openPlace(fault.from ?? {});
  const { session } = place;
  try {
    // The tool was there before: it knows the application and the token of the set-up as it was.
    const used = place.sandbox.state.kiro.profile?.tokens.at(-1)?.secret;
    await adopt(session, place.endpoints);
    for (const step of fault.broken) await place.carryOut(step);
    await enter(place, used);
    const { told } = fault;
    if (told) await session.keep((kept) => told(kept, session.now()));
    const pause = (): Promise<void> => place.carryOut({ minutes: 0.2 });
    const groups = await chosen(session, fault.choose);
    const causes = await findCauses(session, {
      pause,
      choices: { groups },
      ...(fault.person !== undefined && { person: fault.person }),
    });
    const rank = causes.findIndex(({ id }) => id === fault.cause) + 1;
    const named = causes[rank - 1];
    const offered = named?.repair !== undefined;
    const before = { fault, causes, rank };
    const byHand = { ...before, repairable: false, repaired: false, left: '' };
    if (!offered && fault.byHand === undefined) return byHand;
    const { changes, said } = await repair(place, fault, { groups, ...(named && { named }) });
    // What a person mended alone is no repair of the tool.
    if (!offered && changes === 0) return byHand;
    const { snapshot } = await session.observe();
    const unmet = findings(snapshot).filter(({ status }) => status !== 'met');
    const still = named?.cure ? await findCauses(session, { pause }) : [];
    const left = [
      ...said,
      ...unmet.map(({ id, status }) => `${id} ${status}`),
      ...still.map(({ id }) => `${id} still`),
    ].join(', ');
    return { ...before, repairable: true, repaired: unmet.length === 0 && still.length === 0, left };
  } finally {
    await place.sandbox.close();
  }
}

async function enter(place: Place, used: string | undefined): Promise<void> {
  await enterConsole(place.session, place.endpoints);
  if (used !== undefined) await enterUsedToken(place.session, used);
}

async function chosen(
  session: Session,
  name: string | undefined,
): Promise<readonly { id: string; displayName: string }[]> {
  if (name === undefined) return [];
  return (await session.searchGroups(name))
    .filter(({ displayName }) => displayName === name)
    .map(({ id, displayName }) => ({ id, displayName }));
}
