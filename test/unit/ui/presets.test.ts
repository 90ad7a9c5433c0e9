import assert from 'node:assert/strict';
import { presetSummaries } from '../../../src/sandbox/presets/presets.ts';
import { presetArg, presets } from '../../../src/ui/inputs/presets.ts';

describe('The presets that a sandbox tenant can start from', () => {
  it('are all of the sandbox but those that ask for a number of people, and shared as no list', () => {
    const all = presetSummaries.map(([name]) => name).filter((name) => !name.endsWith(':N'));
    assert.deepEqual(presets.map(({ name }) => name).sort(), all.sort());
  });

  it('are read from a link, and nothing else is', () => {
    assert.equal(presetArg('quarantine'), 'quarantine');
    assert.equal(presetArg('--state'), undefined);
    assert.equal(presetArg(undefined), undefined);
  });
});
