import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Health } from '../../../src/guide/health.ts';
import { text } from '../../../src/guide/text.ts';
import { Refresh, type WatchedStore } from '../../../src/ui/refresh.ts';
import { samples } from '../../webview-preview/samples.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Health in which something waits so long, or nothing does. */
function waits(until?: number): Health {
  const base = samples.healthy.observation!.health;
  const [step, ...others] = base.steps;
  assert.ok(step);
  const finding = {
    id: 'profile.domain',
    step: 3 as const,
    title: text('Domain'),
    why: text('Kiro asks.'),
    severity: 'required' as const,
    status: 'waiting' as const,
    label: text('waiting'),
    evidence: text('Waiting.'),
    waiting: { for: text('Kiro'), until: until ?? 0 },
  };
  return { ...base, steps: [{ ...step, findings: until === undefined ? [] : [finding] }, ...others] };
}

/** VS Code's own class is not here; nothing but `dispose` is called. */
const subscription = { dispose: () => undefined };

function watched(health: Health) {
  let passed = 0;
  const stage = {
    visible: true,
    health,
    doubted: false,
    looks: [] as number[],
    /** Lets time pass, in small steps, with everything that is due in it. */
    async pass(milliseconds: number): Promise<void> {
      for (const end = passed + milliseconds; passed < end; passed += 1_000) {
        mock.timers.tick(1_000);
        // A look and what follows it are promises that are kept at once.
        for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
      }
    },
  };
  const store: WatchedStore = {
    checking: false,
    get steady() {
      return stage.doubted
        ? ({ shown: 'healthy', doubted: 'failing' } as const)
        : ({ shown: 'healthy' } as const);
    },
    onDidChange: () => subscription,
    session: {
      now: () => passed,
      get current() {
        return { health: stage.health };
      },
    },
    look: async () => void stage.looks.push(passed),
  };
  const refresh = new Refresh(store, () => stage.visible);
  refresh.restart();
  return { stage, refresh };
}

describe('the watch', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('goes on for a day while something waits, at intervals that grow to five minutes', async () => {
    const { stage, refresh } = watched(waits(day));
    await stage.pass(day - minute);
    const last = stage.looks.slice(-50);
    const gaps = last.slice(1).map((at, index) => at - (last[index] ?? 0));
    assert.ok(gaps.every((gap) => gap >= 4 * minute && gap <= 6 * minute));
    assert.ok(stage.looks.length > 280 && stage.looks.length < 300, String(stage.looks.length));
    assert.ok(day - (stage.looks.at(-1) ?? 0) < 7 * minute);
    refresh.dispose();
  });

  it('asks nothing at rest', async () => {
    const { stage, refresh } = watched(waits());
    await stage.pass(6 * 60 * minute);
    assert.deepEqual(stage.looks, []);
    refresh.dispose();
  });

  it('asks nothing while hidden, not even for a reading that is doubtful, and goes on when seen', async () => {
    const { stage, refresh } = watched(waits(day));
    await stage.pass(10 * minute);
    const before = stage.looks.length;
    assert.ok(before > 0);
    stage.visible = false;
    stage.doubted = true;
    refresh.restart();
    await stage.pass(60 * minute);
    assert.equal(stage.looks.length, before);
    stage.visible = true;
    refresh.restart();
    await stage.pass(5_000);
    assert.ok(stage.looks.length > before);
    refresh.dispose();
  });

  it('looks soon again when a reading is doubtful, also at rest', async () => {
    const { stage, refresh } = watched(waits());
    stage.doubted = true;
    refresh.restart();
    await stage.pass(4_000);
    assert.equal(stage.looks.length, 1);
    refresh.dispose();
  });
});
