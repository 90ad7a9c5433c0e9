import assert from 'node:assert/strict';
import { peopleIn } from '../../../src/engine/pushedPeople.ts';

describe('the people of a request of provisioning on demand', () => {
  const request = (subject: { readonly [key: string]: string | object }) =>
    JSON.parse(JSON.stringify({ parameters: [{ ruleId: 'rule', subjects: [subject] }] })) as object as never;

  it('are the person, or the members of the group and never the group', () => {
    assert.deepEqual(peopleIn(request({ objectId: 'ada', objectTypeName: 'User' })), ['ada']);
    const members = ['ada', 'grace'].map((objectId) => ({ objectId, objectTypeName: 'User' }));
    const group = request({ objectId: 'group', objectTypeName: 'Group', links: { members } });
    assert.deepEqual(peopleIn(group), ['ada', 'grace']);
  });

  it('are nobody in anything else', () => {
    for (const body of [undefined, null, 'ada', [], { parameters: 'ada' }, { parameters: [null] }])
      assert.deepEqual(peopleIn(body), []);
  });
});
