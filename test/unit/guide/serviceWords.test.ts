import assert from 'node:assert/strict';
import { serviceWords } from '../../../src/guide/serviceWords.ts';

describe('what a service said', () => {
  const answer =
    'Received response from Web resource. Resource: https://scim.us-east-1.amazonaws.com/1/scim/v2/Users?filter=x Operation: GET Response Status Code: Unauthorized Response Content: ';
  const json =
    '{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"Request is \\"bad\\".","status":"401"}';
  const given: readonly (readonly [string, string, string])[] = [
    ['a plain sentence stays', 'No answer in time.', 'No answer in time.'],
    ['of an HTTP answer the sentence', answer + json, 'Request is "bad".'],
    ['of one that was cut off', `${answer}{"detail":"Not allowed.","status":"40`, 'Not allowed.'],
    [
      'what stands before data without a sentence',
      'It failed. Response Content: {"status":"500"}',
      'It failed.',
    ],
    ['nothing of nothing but data', '[{"a":1}]', ''],
  ];
  for (const [what, said, words] of given)
    it(what, () => {
      assert.equal(serviceWords(said), words);
    });

  it('is cut between words, and shows that it was', () => {
    const words = serviceWords('word '.repeat(100));
    assert.ok(words.length <= 200);
    assert.match(words, /word…$/);
  });
});
