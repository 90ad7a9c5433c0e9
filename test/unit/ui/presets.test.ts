import assert from 'node:assert/strict';
import { presetNames } from '../../../src/sandbox/presets/presets.ts';
import { presetArg, presets } from '../../../src/ui/inputs/presets.ts';

describe('The presets that a sandbox tenant can start from', () => {
  it('are those of the sandbox, which shares no list with the extension', () => {
    assert.deepEqual(presets.map(({ name }) => name).sort(), [...presetNames].sort());
  });

  it('are read from a link, and nothing else is', () => {
    assert.equal(presetArg('quarantine'), 'quarantine');
    assert.equal(presetArg('--state'), undefined);
    assert.equal(presetArg(undefined), undefined);
  });
});
