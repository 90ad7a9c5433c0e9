import assert from 'node:assert/strict';
import { known } from '../../../src/guide/snapshot.ts';
import { parseModel } from '../../../src/webview/messages.ts';
import { handOffModel } from '../../../src/ui/panels/handOffModel.ts';
import type { SampleName } from '../../webview-preview/samples.ts';
import { now, samples, verificationValue } from '../../webview-preview/samples.ts';

describe('model of the hand-off table', () => {
  it('is what the page accepts, in every state', () => {
    for (const name of Object.keys(samples) as SampleName[]) {
      const { model } = handOffModel(samples[name]);
      assert.deepEqual(parseModel(JSON.parse(JSON.stringify(model))), model, name);
    }
  });

  it('holds the four values of the guide in its order, and copies all but the token', () => {
    const { model, copies } = handOffModel(samples.busy);
    assert.deepEqual(
      model.values.map(({ id, copy }) => [id, copy && copies.get(copy.what)?.text]),
      [
        ['applicationId', '8b1f4c0e-2a71-4f0e-9d7b-5c2f3a9e6d11'],
        ['tenantId', '5f0c9a52-77c4-4f6c-8b8e-0f6f1c9c3a77'],
        ['scimEndpoint', 'https://scim.us-east-1.amazonaws.com/4hq7PqK2Xd9-5d1f/scim/v2'],
        ['scimToken', undefined],
      ],
    );
    const token = model.values[3];
    assert.equal(token?.value, undefined);
    assert.equal(token?.entry?.secret, true);
    assert.match(token?.state.words ?? '', /12/);
  });

  it('opens the fields of what only Kiro can give while it is missing', () => {
    const entries = (name: SampleName): (string | undefined)[] =>
      handOffModel(samples[name]).model.values.flatMap(({ entry }) => (entry ? [entry.reveal] : []));
    assert.deepEqual(entries('fresh'), [undefined, undefined]);
    assert.ok(entries('busy').every((reveal) => reveal !== undefined));
  });

  it('gives each domain its record as name and value, and as each provider takes it', () => {
    const { model, copies } = handOffModel(samples.busy);
    const [card, verified] = model.domains.cards;
    const [name, value, bind, route53 = '', azure, cloudflare] =
      card?.parts.map(({ copy }) => copies.get(copy.what)?.text) ?? [];
    assert.deepEqual(
      [name, value, bind],
      [
        'kiro-app-1.contoso.com',
        verificationValue,
        `kiro-app-1.contoso.com. 300 IN TXT "${verificationValue}"`,
      ],
    );
    const batch = JSON.parse(route53) as { Changes: { ResourceRecordSet: { ResourceRecords: unknown } }[] };
    assert.deepEqual(batch.Changes[0]?.ResourceRecordSet.ResourceRecords, [
      { Value: `"${verificationValue}"` },
    ]);
    for (const command of [azure, cloudflare]) assert.ok(command?.includes(verificationValue));
    assert.equal(card?.state.status, 'waiting');
    assert.equal(card?.clock?.until, now + 21 * 3_600_000);
    assert.equal(verified?.state.status, 'met');
    assert.equal(verified?.clock, undefined);
  });

  it('takes no eleventh domain', () => {
    const domains = Array.from({ length: 10 }, (_, index) => ({ name: `d${index}.example.com` }));
    const view = { ...samples.busy, kept: { ...samples.busy.kept, domains } };
    assert.equal(handOffModel(view).model.domains.add, undefined);
    assert.ok(handOffModel(samples.busy).model.domains.add);
  });

  it('keeps the actions that the documentation omits apart in a policy of their own', () => {
    const { copies } = handOffModel(samples.fresh);
    const documented = copies.get('paper:policyDocumented')?.text ?? '';
    const whole = copies.get('paper:policyWhole')?.text ?? '';
    assert.ok(documented.includes('q:CreateScimAccessToken') && !documented.includes('q:CreateAssignment'));
    assert.ok(whole.includes('q:CreateScimAccessToken') && whole.includes('q:CreateAssignment'));
    assert.doesNotThrow(() => void JSON.parse(whole));
  });

  it('writes the records into the message for the DNS team', () => {
    const { copies } = handOffModel(samples.busy);
    const message = copies.get('paper:dnsMessage')?.text ?? '';
    assert.ok(message.includes('kiro-app-1.contoso.com') && message.includes(verificationValue));
    assert.ok(!message.includes('contoso.co.uk'));
  });

  it('has the tenant ID and the texts for other people before there is an application', () => {
    const { snapshot, health } = samples.fresh.observation!;
    const { model, copies } = handOffModel({
      ...samples.fresh,
      state: 'noApplication',
      observation: { health, snapshot: { ...snapshot, application: known(undefined, now) } },
    });
    assert.equal(model.empty, undefined);
    assert.equal(model.values[0]?.state.status, 'later');
    assert.ok(copies.has('tenantId') && copies.has('paper:policyWhole') && !copies.has('applicationId'));
  });

  it('shows what to do instead of a table when nobody is signed in', () => {
    const { model, copies } = handOffModel(samples.signedOut);
    assert.deepEqual(
      model.empty?.actions.map(({ command }) => command),
      ['kiroConnect.signIn', 'kiroConnect.startSandbox'],
    );
    assert.equal(copies.size, 0);
  });
});
