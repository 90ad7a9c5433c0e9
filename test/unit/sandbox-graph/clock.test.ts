import assert from 'node:assert/strict';
import { createClock } from '../../../src/sandbox/clock.ts';

describe('sandbox clock', () => {
  it('runs what is due in order, each at its moment, and what that brings about', async () => {
    const clock = createClock();
    const start = clock.now();
    const ran: [string, boolean][] = [];
    const note = (name: string, at: number) => () => {
      ran.push([name, clock.now() >= at]);
    };
    clock.at(start + 2000, note('second', start + 2000));
    clock.at(start + 1000, async () => {
      note('first', start + 1000)();
      await Promise.resolve();
      clock.at(start + 1500, note('between', start + 1500));
    });
    const takeBack = clock.at(start + 1200, note('never', 0));
    clock.at(start + 9000, note('later', 0));
    takeBack();
    await clock.advance(3000);
    assert.deepEqual(ran, [
      ['first', true],
      ['between', true],
      ['second', true],
    ]);
    assert.ok(clock.now() - start >= 3000);
    clock.stop();
  });

  it('runs tasks by itself when their moment comes', async () => {
    const clock = createClock({ rate: 1000 });
    // The clock keeps no process alive: the test does.
    const keepAlive = setInterval(() => undefined, 1000);
    await new Promise<void>((resolve) => {
      clock.at(clock.now() + 5000, resolve);
    });
    clearInterval(keepAlive);
    clock.stop();
  });

  it('goes on after a task that fails', async () => {
    const clock = createClock();
    const warned = new Promise((resolve) => process.once('warning', resolve));
    let ran = false;
    clock.at(clock.now() + 1, () => {
      throw new Error('on purpose');
    });
    clock.at(clock.now() + 2, () => {
      ran = true;
    });
    await clock.advance(10);
    assert.ok(ran);
    assert.match(String(await warned), /on purpose/);
    clock.stop();
  });
});
