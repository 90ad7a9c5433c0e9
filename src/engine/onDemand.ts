import {
  groupRequest,
  onDemandBlocked,
  onDemandPlan,
  personRequest,
  sortMembers,
  type OnDemandPlan,
} from '../guide/onDemand.ts';
import type { OnDemandPerson, OnDemandTarget } from '../guide/onDemandTarget.ts';
import {
  isRedundant,
  resultFor,
  type OnDemandAnswer,
  type OnDemandReport,
  type OnDemandResult,
} from '../guide/onDemandWords.ts';
import { onDemandMembers } from '../guide/kiro.ts';
import type { DirectoryMember, Snapshot } from '../guide/snapshot.ts';
import { assignedGroups, expectedPeople } from '../guide/steps/arrivals.ts';
import { isCredentialError } from '../guide/steps/job.ts';
import { text, type Text } from '../guide/text.ts';
import { groupMembers } from '../entra/groups.ts';
import { streamPages } from '../entra/streamPages.ts';
import { BadInput } from './badInput.ts';
import { onDemandWait } from './patience.ts';
import { openRun } from './pushedInRun.ts';
import type { OnDemand, OnDemandOptions } from './onDemandDesk.ts';
import { OnDemandStopped, sendOnDemand, type OnDemandSending } from './sendOnDemand.ts';

export interface OnDemandDeps extends OnDemandSending {
  readonly seen: () => Snapshot | undefined;
}

/** Provisioning on demand of one session, against what the last look saw. */
export function onDemand(deps: OnDemandDeps): OnDemand {
  const blocked = (target: OnDemandTarget): { readonly snapshot: Snapshot } => {
    const snapshot = deps.seen();
    const reason = snapshot
      ? onDemandBlocked(snapshot, target)
      : text('Nothing was looked at yet. Check now.');
    if (!snapshot || reason) throw new BadInput(reason ?? text('Nothing was looked at yet. Check now.'));
    return { snapshot };
  };
  return {
    async plan(target, { signal, again = false } = {}) {
      blocked(target);
      if (target.kind === 'person') {
        const plan = onDemandPlan(target, 1);
        return { target, people: [target.person], leftOut: [], before: 0, run: deps.newId(), plan };
      }
      const members: DirectoryMember[] = [];
      for await (const page of streamPages(deps.graph, groupMembers(target.group.id), {
        ...(signal && { signal }),
      })) {
        members.push(...page);
      }
      const { people, leftOut } = sortMembers(members);
      const open = again
        ? undefined
        : openRun(await deps.journal.entries(), target.group.id, deps.clock.now());
      const left = people.filter(({ id }) => open?.pushed.has(id) !== true);
      // Where everybody was pushed, asking once more means everybody.
      const goesOn = open !== undefined && left.length > 0;
      const chosen = goesOn ? left : people;
      return {
        target,
        people: chosen,
        leftOut,
        before: people.length - chosen.length,
        run: goesOn ? open.id : deps.newId(),
        plan: onDemandPlan(target, chosen.length),
      };
    },
    async push(plan, options = {}) {
      const { snapshot } = blocked(plan.target);
      return new Pushing(plan, snapshot, deps, options).all();
    },
  };
}

/** One run. */
class Pushing {
  readonly #plan: OnDemandPlan;
  readonly #snapshot: Snapshot;
  readonly #deps: OnDemandDeps;
  readonly #options: OnDemandOptions;
  readonly #results: OnDemandResult[];

  constructor(plan: OnDemandPlan, snapshot: Snapshot, deps: OnDemandDeps, options: OnDemandOptions) {
    this.#plan = plan;
    this.#snapshot = snapshot;
    this.#deps = deps;
    this.#options = options;
    this.#results = [...plan.leftOut];
  }

  async all(): Promise<OnDemandReport> {
    const { people, target } = this.#plan;
    try {
      for (let from = 0; from < people.length; from += onDemandMembers) {
        this.#options.signal?.throwIfAborted();
        const some = people.slice(from, from + onDemandMembers);
        this.#options.onProgress?.({
          done: from,
          total: people.length,
          next: some.map(({ displayName }) => displayName).join(', '),
        });
        if (target.kind === 'group') await this.#members(target.group.id, some);
        else await this.#person(target.person);
      }
      return this.#report('all');
    } catch (error) {
      if (this.#options.signal?.aborted) return this.#report('cancelled');
      if (error instanceof OnDemandStopped) return this.#report('stopped', error.text);
      throw error;
    }
  }

  /** A call tells one result for all whom it names; where it failed, each is tried alone, so that each has their own. */
  async #members(groupId: string, people: readonly OnDemandPerson[]): Promise<void> {
    const answer = await this.#group(groupId, people);
    if (isGood(answer)) {
      this.#results.push(...people.map((person) => resultFor(person, answer)));
      return;
    }
    const alone: OnDemandResult[] = [];
    for (const person of people) {
      const own = await this.#alone(person);
      // A refused token or endpoint fails for everybody: the others are spared.
      if (isCredentialError(own.errorCode)) throw new OnDemandStopped(resultFor(person, own).said);
      if (isGood(own)) alone.push(resultFor(person, own));
      else this.#results.push(resultFor(person, own));
    }
    if (alone.length === 0) return;
    const again = await this.#group(
      groupId,
      alone.map(({ person }) => person),
    );
    this.#results.push(...alone.map((result) => (isGood(again) ? result : withoutGroup(result, again))));
  }

  /** The person, tried once more where it failed, then their membership in the groups that give a seat. */
  async #person(person: OnDemandPerson): Promise<void> {
    const { clock } = this.#deps;
    const expected = expectedPeople(this.#snapshot).some(({ id }) => id === person.id);
    let answer = await this.#alone(person);
    for (let attempt = 0; !isGood(answer); attempt += 1) {
      const wait = onDemandWait(expected ? answer.errorCode : undefined, attempt);
      if (wait === undefined) break;
      await clock.sleep(wait, this.#options.signal);
      answer = await this.#alone(person);
    }
    const result = resultFor(person, answer);
    if (!isGood(answer)) {
      this.#results.push(result);
      return;
    }
    for (const { id, members, securityEnabled } of assignedGroups(this.#snapshot)) {
      if (!securityEnabled || !members.some((member) => member.id === person.id)) continue;
      const membership = await this.#group(id, [person]);
      if (isGood(membership)) continue;
      this.#results.push(withoutGroup(result, membership));
      return;
    }
    this.#results.push(result);
  }

  #group(groupId: string, people: readonly OnDemandPerson[]): Promise<OnDemandAnswer> {
    const names = people.map(({ displayName }) => displayName).join(', ');
    const { target, run: id } = this.#plan;
    const run = target.kind === 'group' ? { run: { id, group: groupId } } : {};
    const title = text('Provision {0} on demand', names);
    return this.#send(groupRequest(this.#snapshot, groupId, people), { title, ...run });
  }

  #alone(person: OnDemandPerson): Promise<OnDemandAnswer> {
    const title = text('Provision {0} on demand', person.displayName);
    // Not marked as of a group's run: who is in Kiro, but not in the group, is not done.
    return this.#send(personRequest(this.#snapshot, person), { title });
  }

  async #send(
    request: ReturnType<typeof personRequest>,
    what: Parameters<typeof sendOnDemand>[1],
  ): Promise<OnDemandAnswer> {
    // `onDemandBlocked` has seen the rule that the request is made from.
    if (!request) return { result: 'failure' };
    return sendOnDemand(request, what, this.#deps, this.#options.signal);
  }

  #report(ended: OnDemandReport['ended'], why?: Text): OnDemandReport {
    const { target, people, leftOut } = this.#plan;
    const left = people.length - (this.#results.length - leftOut.length);
    return { target, results: this.#results, left, ended, ...(why && { why }) };
  }
}

function isGood(answer: OnDemandAnswer): boolean {
  return answer.result === 'success' || isRedundant(answer);
}

function withoutGroup(result: OnDemandResult, answer: OnDemandAnswer): OnDemandResult {
  const { said, cure, code } = resultFor(result.person, answer);
  return {
    person: result.person,
    outcome: 'failed',
    said: text('in Kiro, but not in the group: {0}', said),
    ...(cure && { cure }),
    ...(code !== undefined && { code }),
  };
}
