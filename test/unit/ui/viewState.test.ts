import assert from 'node:assert/strict';
import type { Observation } from '../../../src/engine/session.ts';
import type { Snapshot, UnknownReason } from '../../../src/guide/snapshot.ts';
import { known, unknown } from '../../../src/guide/snapshot.ts';
import { text } from '../../../src/guide/text.ts';
import { ranOut, reached, viewStateOf } from '../../../src/ui/viewState.ts';
import { samples } from '../../webview-preview/samples.ts';

const busy = samples.busy.observation!;

function seen(change: Partial<Snapshot>): Observation {
  return { ...busy, snapshot: { ...busy.snapshot, ...change } };
}

const unreadable = (reason: UnknownReason) => unknown(reason, text('Not read.'));

/** Nothing is connected yet: that much is known without asking anybody. */
const unconnected = { application: known(undefined, 0), kept: { domains: [], ticks: {} } };

describe('What the view is about', () => {
  it('is the tree once an application is connected', () => {
    assert.equal(viewStateOf(busy, busy), 'ready');
    assert.equal(viewStateOf(undefined, undefined), 'opening');
  });

  it('is the missing application only when the tenant was reached', () => {
    assert.equal(viewStateOf(seen(unconnected), undefined), 'noApplication');
    const look = (reason: UnknownReason) => seen({ ...unconnected, organization: unreadable(reason) });
    assert.ok(!reached(look('network')));
    assert.equal(viewStateOf(look('network'), undefined), 'offline');
    assert.equal(viewStateOf(look('permission'), undefined), 'noAccess');
    assert.equal(viewStateOf(look('signed-out'), undefined), 'runOut');
  });

  it('says why a connected application could not be read, when it never could', () => {
    const refused = seen({ application: unreadable('permission') });
    assert.equal(viewStateOf(refused, undefined), 'noAccess');
  });

  it('stays what it was while the tenant can’t be reached', () => {
    const lost = seen({ application: unreadable('network'), organization: unreadable('network') });
    assert.equal(viewStateOf(lost, busy), 'ready');
    assert.equal(viewStateOf(lost, seen(unconnected)), 'noApplication');
    assert.ok(!ranOut(lost));
    assert.ok(
      ranOut(seen({ application: unreadable('signed-out'), organization: unreadable('signed-out') })),
    );
  });
});
