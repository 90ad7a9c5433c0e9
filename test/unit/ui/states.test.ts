import assert from 'node:assert/strict';
import { format } from '../../../src/guide/text.ts';
import { isCancelled, sentenceOf, textOf } from '../../../src/ui/errors.ts';
import { outline } from '../../../src/ui/apply/outline.ts';
import { steady } from '../../../src/ui/steady.ts';
import { domainOf, tickOf } from '../../../src/ui/tree/ticks.ts';

describe('The shown health', () => {
  it('keeps a blip between two good readings from turning red', () => {
    const blip = steady({ shown: 'healthy' }, 'failing');
    assert.deepEqual(blip, { shown: 'healthy', doubted: 'failing' });
    assert.deepEqual(steady(blip, 'healthy'), { shown: 'healthy' });
  });

  it('believes the second look, and the first when there was none before', () => {
    assert.deepEqual(steady({ shown: 'healthy', doubted: 'failing' }, 'failing'), { shown: 'failing' });
    assert.deepEqual(steady(undefined, 'failing'), { shown: 'failing' });
  });

  it('takes what is not alarming at once', () => {
    assert.deepEqual(steady({ shown: 'failing' }, 'todo'), { shown: 'todo' });
  });
});

describe('An error for the admin', () => {
  it('is one line, whatever was thrown', () => {
    assert.equal(sentenceOf({ code: 1 }, 'Otherwise.'), 'Otherwise.');
    assert.equal(sentenceOf(new Error('First.\nSecond.'), 'Otherwise.'), 'First.');
    assert.ok(sentenceOf('x'.repeat(2_000), 'Otherwise.').length <= 300);
  });

  it('says who can help when a sign-in was refused, with the number to search for', () => {
    const refused = (reason: string, code?: string) => {
      const said = textOf(Object.assign(new Error('AADSTS: …'), { name: 'SignInError', reason, code }));
      return said && format(said);
    };
    assert.match(refused('consent', 'AADSTS90094') ?? '', /Global Administrator.*AADSTS90094/);
    assert.match(refused('wrong-tenant', 'AADSTS700016') ?? '', /kiroConnect\.clientId/);
    assert.match(refused('blocked', 'AADSTS53003') ?? '', /Conditional Access/);
    assert.match(refused('network') ?? '', /network/);
    assert.equal(refused('service', 'AADSTS99999'), undefined);
  });

  it('is silent when somebody wished to stop', () => {
    assert.ok(isCancelled(Object.assign(new Error(), { name: 'SignInError', reason: 'cancelled' })));
    assert.ok(!isCancelled(Object.assign(new Error(), { name: 'SignInError', reason: 'consent' })));
    assert.ok(isCancelled(new DOMException('', 'AbortError')));
  });
});

describe('An outline', () => {
  it('writes nested values line by line', () => {
    assert.deepEqual(outline({ a: 1, b: ['x', { c: null, d: true }], e: [] }), [
      'a: 1',
      'b:',
      '  - x',
      '  - c: (none)',
      '    d: true',
      'e: (none)',
    ]);
  });
});

describe('A finding', () => {
  it('knows its tick and its domain, also when it is met', () => {
    assert.equal(tickOf({ id: 'profile.created' }), 'profile');
    const kept = { domains: [{ name: 'contoso.com' }, { name: 'sub.contoso.com' }], ticks: {} };
    assert.equal(domainOf({ id: 'profile.domain.sub.contoso.com.record' }, kept), 'sub.contoso.com');
    assert.equal(domainOf({ id: 'profile.domains' }, kept), undefined);
  });
});
