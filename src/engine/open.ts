import { turnedTo } from '../guide/formerApplication.ts';
import { health } from '../guide/health.ts';
import type { Comparison } from '../guide/comparison.ts';
import type { Kept } from '../guide/kept.ts';
import { preflight } from '../guide/preflight.ts';
import { onDemandRate } from '../guide/kiro.ts';
import { makePlan } from '../guide/plan.ts';
import { checkScimToken } from '../guide/scimToken.ts';
import type { Snapshot } from '../guide/snapshot.ts';
import { createGraphClient } from '../entra/graphClient.ts';
import type { Meter } from '../entra/meter.ts';
import { completeChoices } from './completeChoices.ts';
import { BadInput } from './badInput.ts';
import { findCandidates, findGroups, recentEvents } from './browse.ts';
import { changing } from './changing.ts';
import { compareNow } from './compareNow.ts';
import type { Connection } from './connection.ts';
import { clockOf } from './followingClock.ts';
import { createJournal, journalFacts } from './journal.ts';
import { createKeptStore } from './keptStore.ts';
import { createListeners } from './listeners.ts';
import { observeDomains } from './observeDomains.ts';
import { driftWatch } from './drift.ts';
import { hintFrom, type Hints } from './namedReads.ts';
import { leaving } from './leaving/leaving.ts';
import { observeFormer } from './observeFormer.ts';
import { hintsFrom, observeGraph } from './observeGraph.ts';
import { observeKiro } from './observeKiro.ts';
import { callLimit } from './callLimit.ts';
import { onDemand } from './onDemand.ts';
import { isNewApplication } from './patience.ts';
import { peopleQuestions } from './peopleQuestions.ts';
import { peopleToProve } from './peopleToProve.ts';
import type { Clock, KeyValue, Lines, Log, Secrets, TokenSource } from './ports.ts';
import { hasToken, readCaller } from './readCaller.ts';
import { registerClient } from './registerClient.ts';
import { rescue } from './rescue/rescue.ts';
import { scimTokenKey } from './secretNames.ts';
import { recordCarriedOut } from './script/carriedOut.ts';
import { writeScript } from './script/writeScript.ts';
import type { Observation, Session } from './session.ts';
import { readUndoable } from './undo/readUndoable.ts';
import { graphUrlOf, kindOf, nameServersOf } from './whereTo.ts';
import { withoutSecretsIn } from './withoutSecrets.ts';

/** What a session needs of its surroundings; `extension.ts`, `rehearse` and the tests hand theirs in. */
export interface SessionDeps {
  readonly tokens: TokenSource;
  readonly secrets: Secrets;
  readonly keyValue: KeyValue;
  /** The journal of this connection. */
  readonly lines: Lines;
  readonly clock: Clock;
  readonly log: Log;
  /** Fresh GUIDs. */
  readonly newId: () => string;
  readonly meter?: Meter;
  /** The public DNS resolvers to ask, as the settings have them; absent: well-known ones. */
  readonly dnsResolvers?: () => readonly string[];
}

/** Opens a session on a connection. Sends nothing. */
export async function openSession(deps: SessionDeps, connection: Connection): Promise<Session> {
  const { secrets } = deps;
  const clock = clockOf(connection, deps.clock);
  const store = createKeptStore(deps.keyValue, connection.key);
  const journal = createJournal(deps.lines);
  const listeners = createListeners(deps.log);
  const graph = createGraphClient({
    baseUrl: graphUrlOf(connection),
    accessToken: (scopes, options) => deps.tokens.accessToken(scopes, options),
    log: deps.log,
    ...(deps.meter && { meter: deps.meter }),
  });
  const scimToken = (): Promise<string | undefined> => secrets.get(scimTokenKey(connection.key));
  const kiro = { ...kindOf(connection), now: () => clock.now(), token: scimToken };
  const watch = driftWatch(graph, {
    keyValue: deps.keyValue,
    key: connection.key,
    journal,
    now: () => clock.now(),
  });
  let kept = store.read();
  let current: Observation | undefined;
  let comparison: Comparison | undefined;
  let hints: Hints = { groupIds: [] };
  let looking: Promise<Observation> | undefined;
  let lookingFor: Kept | undefined;
  let lookingAsks = false;
  let turns = 0;
  let shown = 0;

  const judge = (snapshot: Snapshot): Observation => ({ snapshot, health: health(snapshot) });

  async function look(signal: AbortSignal | undefined, interactive: boolean): Promise<Observation> {
    const turn = ++turns;
    const now = (): number => clock.now();
    const options = { now, ...(signal && { signal }) };
    await clock.follow(signal);
    const reading = observeGraph(graph, kept.application, hints, {
      ...options,
      interactive,
      cloud: connection.cloud,
    });
    const [graphPart, former, domains, scim, entries] = await Promise.all([
      reading,
      observeFormer(graph, kept.formerApplication, { ...options, interactive }),
      observeDomains(kept.domains, {
        ...options,
        servers: nameServersOf(connection, deps.dnsResolvers?.()),
        ...(current && { before: current.snapshot.domains }),
      }),
      observeKiro(
        kept.scim?.endpoint,
        {
          ...kindOf(connection),
          now,
          token: scimToken,
          people: async () => peopleToProve(await reading, journalFacts(await journal.entries())),
        },
        signal,
      ),
      journal.entries(),
    ]);
    const seen = judge({
      at: now(),
      cloud: connection.cloud,
      ...kindOf(connection),
      ...graphPart,
      ...(former && { former }),
      domains,
      scim,
      kept,
      journal: journalFacts(entries),
    });
    // Looks may overlap: one that began earlier never takes the place of one that began later.
    if (turn > shown) {
      shown = turn;
      current = seen;
      hints = hintsFrom(seen.snapshot);
      listeners.tell();
    }
    return seen;
  }

  async function remember(update: (kept: Kept) => Kept): Promise<void> {
    kept = update(kept);
    await store.write(kept);
  }

  async function keep(update: (kept: Kept) => Kept): Promise<void> {
    await remember(update);
    if (current) current = judge({ ...current.snapshot, kept, at: clock.now() });
    listeners.tell();
  }

  const changes = changing({
    graph,
    journal,
    clock,
    newId: deps.newId,
    connection,
    scimToken,
    noticed: (request, answered) => (hints = hintFrom(hints, request, answered)),
    // Whoever applies is there to be asked, should Entra want a stronger sign-in in the middle.
    look: () => look(undefined, true),
    seen: () => current,
    kept: () => kept,
    keep,
  });
  const session: Session = {
    connection,
    now: () => clock.now(),
    get kept() {
      return kept;
    },
    get current() {
      return current;
    },
    onDidChange: listeners.add,
    observe({ signal, interactive = false } = {}) {
      // A look that began before something was entered does not know it, and one that nobody waits for asks nobody.
      if (looking && lookingFor === kept && (lookingAsks || !interactive)) return looking;
      lookingFor = kept;
      lookingAsks = interactive;
      const started = look(signal, interactive).finally(() => {
        if (looking === started) looking = undefined;
      });
      looking = started;
      return started;
    },
    plan(step, { choices, only }) {
      if (!current) throw new Error('A plan needs a look first.');
      return makePlan(current.snapshot, step, completeChoices(choices, deps.newId), only);
    },
    async preflight(plan, options = {}) {
      if (!current || plan.changes.length === 0) return [];
      const caller = await readCaller(graph, { ...options, now: () => clock.now() });
      return preflight(plan, current.snapshot, caller, connection.tenantId);
    },
    async permissionsToAsk({ changes }) {
      const scopes = [...new Set(changes.flatMap((change) => change.scopes))];
      const granted = await Promise.all(scopes.map((scope) => hasToken(deps.tokens, scope)));
      return scopes.filter((_scope, index) => granted[index] !== true);
    },
    apply: (plan, options) => changes.apply(plan, options),
    script: (plan, shell) => writeScript(plan, shell, connection),
    scriptRan: (plan) => {
      const now = clock.now();
      return recordCarriedOut(plan, { journal, now, newId: deps.newId, account: connection.account });
    },
    keep,
    async keepScimToken(token, madeAt) {
      const checked = checkScimToken(token);
      if (!checked.ok) throw new BadInput(checked.reason);
      await secrets.set(scimTokenKey(connection.key), checked.token);
      await keep((before) => ({
        ...before,
        scim: {
          ...before.scim,
          tokenStored: true,
          tokenEnteredAt: clock.now(),
          ...(madeAt !== undefined && { tokenMadeAt: madeAt }),
        },
      }));
    },
    candidates: (options) => findCandidates(graph, connection.cloud.nonGalleryTemplateId, options),
    adopt: ({ appId, applicationId, servicePrincipalId }) =>
      // Not judged by what was seen before: of this application that holds nothing.
      remember((before) => turnedTo(before, { appId, applicationId, servicePrincipalId }, current?.snapshot)),
    searchGroups: (start, options) => findGroups(graph, start, options),
    people: peopleQuestions({
      graph,
      kiro,
      observe: () => session.observe(),
      seen: () => current?.snapshot,
    }),
    onDemand: changes.exclusive(
      onDemand({
        graph,
        journal,
        clock,
        newId: deps.newId,
        account: connection.account,
        isNew: () => isNewApplication(current?.snapshot, clock.now()),
        limit: callLimit(clock, onDemandRate),
        seen: () => current?.snapshot,
      }),
    ),
    get rescue() {
      return rescue({
        kiro,
        journal,
        clock,
        newId: deps.newId,
        account: connection.account,
        onDemand: session.onDemand,
        compare: (options) => session.comparePeople(options),
        seen: () => current?.snapshot,
      });
    },
    get leaving() {
      return leaving({
        graph,
        root: graphUrlOf(connection),
        kiro,
        journal,
        clock,
        newId: deps.newId,
        account: connection.account,
        onDemand: session.onDemand,
        observe: (options) => session.observe(options),
        seen: () => current?.snapshot,
        send: (plan, options) => changes.inOrder(plan, options),
        keep,
      });
    },
    get comparison() {
      return comparison;
    },
    async comparePeople(options) {
      comparison = await compareNow(graph, current?.snapshot, kiro, options);
      listeners.tell();
      return comparison;
    },
    provisioningEvents: (options) => recentEvents(graph, current?.snapshot, options),
    registerClient: (permissions, options) => {
      const { newId } = deps;
      return registerClient(
        permissions,
        { graph, journal, clock, newId, account: connection.account },
        options,
      );
    },
    undoable: async () => readUndoable(await journal.entries()),
    undo: (plan, options) => changes.undo(plan, options),
    drift: async () => (current === undefined ? undefined : watch.compare(current)),
    journal: () => journal.entries(),
    withoutSecrets: async (document) => withoutSecretsIn(document, await scimToken()),
    async forget() {
      await secrets.delete(scimTokenKey(connection.key));
      await store.clear();
      await watch.clear();
      kept = store.read();
      current = undefined;
      comparison = undefined;
      listeners.tell();
    },
  };
  return session;
}
