import assert from 'node:assert/strict';
import { text } from '../../../src/guide/text.ts';
import { commandIds } from '../../../src/ui/commandIds.ts';
import { callOf, statusBarState } from '../../../src/ui/statusBarState.ts';
import type { StatusBarInput } from '../../../src/ui/statusBarState.ts';
import { samples } from '../../webview-preview/samples.ts';

type Sample = keyof typeof samples;

function stateOf(name: Sample, change: Partial<StatusBarInput> = {}) {
  const { observation } = samples[name];
  const steady = observation && { shown: observation.health.overall };
  return statusBarState({ state: 'ready', observation, steady, checking: false, ...change });
}

describe('The status bar', () => {
  it('says one word of health', () => {
    assert.equal(stateOf('healthy').kind, 'healthy');
    assert.equal(stateOf('broken').kind, 'failing');
    assert.equal(stateOf('healthy', { steady: { shown: 'waiting' } }).kind, 'waiting');
    assert.equal(stateOf('healthy', { steady: { shown: 'todo' } }).kind, 'todo');
  });

  it('shows what was believed before, while a bad reading is doubted', () => {
    assert.equal(stateOf('broken', { steady: { shown: 'healthy', doubted: 'failing' } }).kind, 'healthy');
  });

  it('never claims health that nobody could look at', () => {
    assert.equal(stateOf('healthy', { state: 'offline' }).kind, 'unknown');
    assert.equal(stateOf('healthy', { state: 'noAccess' }).kind, 'unknown');
    assert.equal(stateOf('healthy', { observation: undefined, steady: undefined }).kind, 'unknown');
    assert.equal(stateOf('healthy', { state: 'opening', observation: undefined }).kind, 'checking');
  });

  it('asks to set up while there is nothing to be healthy', () => {
    for (const state of ['signedOut', 'sandboxReady', 'noApplication'] as const)
      assert.equal(stateOf('healthy', { state }).kind, 'setUp');
    assert.equal(stateOf('healthy', { state: 'sandboxStopped' }).kind, 'sandboxStopped');
  });

  it('waits for what ends last', () => {
    const [health] = [samples.busy.observation!.health];
    const wait = (id: string, until: number) => ({
      ...health.steps[4]!.findings[0]!,
      id,
      status: 'waiting' as const,
      waiting: { for: text('Entra'), until },
    });
    const findings = [wait('soon', 1), wait('late', 3), wait('between', 2)];
    const steps = [{ ...health.steps[4]!, findings }];
    const observation = { ...samples.busy.observation!, health: { ...health, steps } };
    const shown = stateOf('busy', { observation, steady: { shown: 'waiting' } });
    assert.equal(shown.kind === 'waiting' && shown.finding?.id, 'late');
  });

  it('leads with a click to what carries the next finding out', () => {
    const [finding] = samples.busy.observation!.health.steps.flatMap((step) => step.findings);
    assert.deepEqual(callOf({ kind: 'apply' }, finding!), {
      command: commandIds.applyStep,
      args: [finding!.step],
    });
    assert.deepEqual(callOf({ kind: 'confirmVerified', domain: 'contoso.com' }, finding!).args, [
      'contoso.com',
    ]);
    assert.deepEqual(callOf({ kind: 'applyStep', step: 4 }, finding!).args, [4]);
    assert.deepEqual(callOf({ kind: 'provisionNow', person: 'ada' }, finding!), {
      command: commandIds.provisionNow,
      args: ['ada'],
    });
    assert.deepEqual(callOf({ kind: 'applyAlone' }, finding!), {
      command: commandIds.applyRequirement,
      args: [finding!.id],
    });
    assert.deepEqual(callOf({ kind: 'leaveOutAttributes', person: 'ada' }, finding!), {
      command: commandIds.leaveOutAttributes,
      args: ['ada'],
    });
    assert.equal(callOf({ kind: 'repairExternalIds' }, finding!).command, commandIds.repairExternalIds);
    assert.equal(callOf({ kind: 'tick', tick: 'profile' }, finding!).command, commandIds.openHandOff);
  });
});
