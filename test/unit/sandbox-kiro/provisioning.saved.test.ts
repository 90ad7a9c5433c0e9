import assert from 'node:assert/strict';
import * as v from 'valibot';
import { createProvisioning } from '../../../src/sandbox/provisioning/service.ts';
import { jsonPieces } from '../../../src/sandbox/saved/jsonPieces.ts';
import { savedTenantSchema } from '../../../src/sandbox/saved/savedTenant.ts';
import { principal, setUp } from './provisioningSetup.ts';
import type { Setup } from './provisioningSetup.ts';

describe('sandbox provisioning: what a saved state keeps', () => {
  let setup: Setup;
  beforeEach(async () => {
    setup = await setUp();
  });
  afterEach(() => setup.stub.close());

  it('keeps watermark, escrows, awaited references and the rest, and goes on from there', async () => {
    const { provisioning, state, stub, user } = setup;
    stub.answer = ({ method, body }) =>
      method === 'POST' && body['userName'] === user(2).userPrincipalName
        ? new Response('{}', { status: 500 })
        : undefined;
    await setup.firstCycle();
    provisioning.pause(principal);
    const memories = v.parse(
      savedTenantSchema.entries.memories,
      JSON.parse([...jsonPieces(provisioning.memories(), new Set())].join('')) as unknown,
    );
    assert.deepEqual(memories, provisioning.memories());
    const memory = memories.get(principal)!;
    assert.equal(memory.watermark, state.clock.now());
    assert.equal(memory.escrows.size, 1);
    assert.deepEqual([...memory.references.values()], [new Set([user(2).id])]);

    const again = createProvisioning(state, memories);
    again.start(principal);
    stub.requests.length = 0;
    await state.clock.advance(1000);
    assert.equal(stub.requests.length, 2, 'nothing changed, and the escrow is not due');
    stub.answer = () => undefined;
    await setup.nextCycle();
    assert.equal(stub.users.size, 2);
    assert.equal(stub.operations('/Groups').length, 1, 'the membership that was awaited follows');
  });
});
