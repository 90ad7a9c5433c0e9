import type { Choices } from '../../src/guide/change.ts';
import { lacksOnDemand } from '../../src/guide/cloudLimits.ts';
import type { TickId } from '../../src/guide/kept.ts';
import type { StepNumber } from '../../src/guide/requirement.ts';
import { format } from '../../src/guide/text.ts';
import { valueOf } from '../../src/guide/snapshot.ts';
import type { Session } from '../../src/engine/session.ts';
import type { Person } from './person.ts';

export interface FiveSteps {
  readonly session: Session;
  readonly person: Person;
  readonly say: (line: string) => void;
}

/** The group that the rehearsal gives Kiro to, and the domain that people sign in with. */
const groupName = 'Kiro users';
const domainName = 'contoso.com';

/** Walks the five steps as an admin does who has both consoles open. Stops with an `Error` where an apply is refused. */
export async function walkFiveSteps(walk: FiveSteps): Promise<void> {
  await apply(walk, 1);
  await apply(walk, 2);
  await stepThree(walk);
  const entered = await enterCredentials(walk);
  await apply(walk, 4);
  await stepFourByHand(walk, entered);
  await stepFive(walk);
}

async function apply(
  { session, say }: FiveSteps,
  step: StepNumber,
  choices: Partial<Choices> = {},
): Promise<void> {
  const plan = session.plan(step, { choices });
  for (const change of plan.changes) say(`  step ${step}: ${format(change.title)}`);
  const outcome = await session.apply(plan, {});
  const summary = format(outcome.summary);
  if (outcome.result !== 'done') throw new Error(`Step ${step} ended early: ${summary}`);
  say(`  step ${step}: ${summary}`);
}

/** What is applied by its own row only. */
async function applyAlone({ session, say }: FiveSteps): Promise<void> {
  const { health } = await session.observe();
  const alone = health.steps
    .flatMap(({ findings }) => findings)
    .filter(({ action }) => action?.kind === 'applyAlone');
  for (const { id, step } of alone) {
    const plan = session.plan(step, { choices: {}, only: [id] });
    for (const change of plan.changes) say(`  step ${step}: ${format(change.title)}`);
    const { result, summary } = await session.apply(plan, {});
    if (result !== 'done') throw new Error(`Step ${step} ended early: ${format(summary)}`);
  }
}

async function stepThree({ session, person, say }: FiveSteps): Promise<void> {
  const appId = session.kept.application?.appId ?? '';
  if (!(await person.look()).profile) await person.makeProfile(appId, session.connection.tenantId);
  const { verificationValue, verified } = await person.verifyDomain(domainName);
  say(`  step 3: Kiro profile made, ${domainName} ${verified ? 'verified' : 'still pending'}`);
  const at = now(session);
  await session.keep((kept) => ({
    ...kept,
    region: 'us-east-1',
    domains: [{ name: domainName, verificationValue, addedAt: at, ...(verified && { verifiedAt: at }) }],
    ticks: { ...kept.ticks, profile: at },
  }));
}

async function enterCredentials({ session, person, say }: FiveSteps): Promise<Entered> {
  const { secret, endpoint } = await person.makeToken();
  await session.keep((kept) => ({ ...kept, scim: { tokenStored: false, ...kept.scim, endpoint } }));
  await session.keepScimToken(secret, now(session));
  const tokenCount = (await person.look()).profile?.tokens.length ?? 1;
  await session.keep((kept) => ({
    ...kept,
    ...(kept.scim && { scim: { ...kept.scim, tokenCount } }),
    ticks: { ...kept.ticks, tokenCount: now(session) },
  }));
  say('  step 4: SCIM endpoint and access token entered');
  return { secret, endpoint };
}

interface Entered {
  readonly secret: string;
  readonly endpoint: string;
}

/** Where Microsoft Graph of the cloud can't, the admin does as the findings say, and ticks it. */
async function stepFourByHand(
  { session, person, say }: FiveSteps,
  { endpoint, secret }: Entered,
): Promise<void> {
  const { lacks } = session.connection.cloud;
  if (lacks.includes('secrets')) {
    await person.saveCredentials(endpoint, secret);
    say('  step 4, by hand: credentials saved in the admin center');
    await tick(session, 'credentialsSaved');
  }
  if (lacks.includes('schema')) {
    await person.correctMapping();
    say('  step 4, by hand: attribute mapping corrected in the admin center');
    await tick(session, 'mappingCorrected');
  }
}

async function tick(session: Session, id: TickId): Promise<void> {
  const at = now(session);
  await session.keep((kept) => ({ ...kept, ticks: { ...kept.ticks, [id]: at } }));
}

async function stepFive(walk: FiveSteps): Promise<void> {
  const { session, person, say } = walk;
  const assigned = session.current && valueOf(session.current.snapshot.groups);
  const groups = assigned?.length ? [] : [await findGroup(session)];
  await apply(walk, 5, { groups });
  if (lacksOnDemand(session.connection.cloud)) {
    await person.startProvisioning();
    say('  step 5, by hand: provisioning started in the admin center');
  }
  await applyAlone(walk);
  // Entra's cycle, then Kiro's: the person would wait, the rehearsal steps both clocks.
  for (const minutes of [41, 6 * 60 + 1]) {
    await person.waitMinutes(minutes);
    if (minutes === 41) await person.subscribeGroup(groupName);
  }
  await person.activateSeats();
  const at = now(session);
  await session.keep((kept) => ({
    ...kept,
    ticks: { ...kept.ticks, groupSubscription: at, subscriptionActivated: at, seatsReviewed: at },
  }));
  say('  step 5: cycles of Entra and Kiro passed, group subscribed, seats activated and reviewed');
  await applyAlone(walk);
}

async function findGroup(session: Session): Promise<Choices['groups'][number]> {
  const found = (await session.searchGroups(groupName)).find((group) => group.displayName === groupName);
  if (!found) throw new Error(`The tenant has no group named “${groupName}”.`);
  return { id: found.id, displayName: found.displayName };
}

/** The sandbox's time, as the last look had it. */
function now(session: Session): number {
  return session.current?.snapshot.at ?? Date.now();
}
