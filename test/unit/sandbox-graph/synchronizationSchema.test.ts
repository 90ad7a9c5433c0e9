import assert from 'node:assert/strict';
import { at, column, rows, startGraph, text, withJob } from './support.ts';
import type { Graph } from './support.ts';

type Json = Record<string, unknown>;
const source = (expression: string): Json => ({ type: 'Function', name: 'x', expression, parameters: [] });
const clause = (operatorName: string, sourceOperandName: string, values: unknown[]): Json => ({
  groups: [{ name: 'f', clauses: [{ operatorName, sourceOperandName, targetOperand: { values } }] }],
});

describe('sandbox Graph: synchronization schema', () => {
  let graph: Graph;
  let schema: string;
  let made: Awaited<ReturnType<typeof withJob>>;
  beforeEach(async () => {
    graph = await startGraph();
    made = await withJob(graph);
    schema = `${made.base}/jobs/${made.job}/schema`;
  });

  /** PUTs the schema with a change of its users' mapping. */
  async function put(
    change: (mapping: Json, rule: Json) => void,
  ): Promise<{ status: number; code: unknown }> {
    const { body } = await graph.call('GET', schema);
    const mappings = at(body, 'synchronizationRules/0/objectMappings') as Json[];
    change(
      mappings.find((one) => one['sourceObjectName'] === 'User')!,
      at(body, 'synchronizationRules/0') as Json,
    );
    const answer = await graph.call('PUT', schema, body);
    return { status: answer.status, code: at(answer.body, 'error/code') };
  }
  const first = (mapping: Json, target: string): Json =>
    (mapping['attributeMappings'] as Json[]).find((one) => one['targetAttributeName'] === target)!;

  it('takes its own schema back, annotations left out', async () => {
    assert.equal((await put(() => undefined)).status, 204);
    assert.equal('@odata.context' in graph.state.tenant.synchronization.get(made.sp)!.job!.schema, false);
  });

  const refused: Readonly<Record<string, (mapping: Json) => void>> = {
    'an expression that breaks off': (mapping) => (first(mapping, 'title')['source'] = source('Join(" "')),
    'an unknown function': (mapping) => (first(mapping, 'title')['source'] = source('Nonsense([mail])')),
    'an unknown attribute in an expression': (mapping) =>
      (first(mapping, 'title')['source'] = source('ToLower([shoeSize])')),
    'userType as a source': (mapping) =>
      (first(mapping, 'title')['source'] = {
        type: 'Attribute',
        name: 'userType',
        expression: '[userType]',
      }),
    'more than ten thousand characters': (mapping) =>
      (first(mapping, 'title')['source'] = source(`Append([mail], "${'x'.repeat(10_000)}")`)),
    'an unknown flow type': (mapping) => (first(mapping, 'title')['flowType'] = 'Sometimes'),
    'an unknown flow behavior': (mapping) => (first(mapping, 'title')['flowBehavior'] = 'FlowNever'),
    'a matching priority that is no number': (mapping) =>
      (first(mapping, 'title')['matchingPriority'] = 'first'),
    'unknown object flows': (mapping) => (mapping['flowTypes'] = 'Add, Destroy'),
    'no mapping to what is required': (mapping) => {
      first(mapping, 'externalId')['matchingPriority'] = 1;
      mapping['attributeMappings'] = (mapping['attributeMappings'] as Json[]).filter(
        (one) => one['targetAttributeName'] !== 'userName',
      );
    },
    'an unknown operator of a filter': (mapping) => (mapping['scope'] = clause('IsMemberOf', 'mail', ['x'])),
    'an unknown attribute of a filter': (mapping) => (mapping['scope'] = clause('EQUALS', 'shoeSize', ['x'])),
    'a filter by the manager': (mapping) => (mapping['scope'] = clause('EQUALS', 'manager', ['x'])),
    'a filter without a value': (mapping) => (mapping['scope'] = clause('EQUALS', 'mail', [])),
    'a filter with a broken pattern': (mapping) => (mapping['scope'] = clause('REGEX MATCH', 'mail', ['('])),
  };
  for (const [what, change] of Object.entries(refused))
    it(`refuses ${what}, and keeps what was`, async () => {
      const before = JSON.stringify((await graph.call('GET', schema)).body);
      assert.deepEqual(await put(change), { status: 400, code: 'InvalidSynchronizationSchema' });
      assert.equal(JSON.stringify((await graph.call('GET', schema)).body), before);
    });

  it('says 501 to what only the sandbox leaves out', async () => {
    const changes: ((mapping: Json, rule: Json) => void)[] = [
      (mapping) => (first(mapping, 'title')['source'] = source('SelectUniqueValue("a", "b")')),
      (mapping) => (first(mapping, 'title')['flowType'] = 'ValueAddOnly'),
      (_mapping, rule) => (rule['containerFilter'] = { includedContainers: ['OU=x'] }),
    ];
    for (const change of changes)
      assert.deepEqual(await put(change), { status: 501, code: 'NotImplemented' });
  });

  it('takes what it evaluates: filters, flow types and functions', async () => {
    const { status } = await put((mapping) => {
      mapping['scope'] = clause('IS NOT NULL', 'department', []);
      first(mapping, 'title')['flowType'] = 'ObjectAddOnly';
      first(mapping, 'title')['flowBehavior'] = 'FlowAlways';
      first(mapping, 'externalId')['source'] = source('Replace([objectId], "-", , , "", , )');
    });
    assert.equal(status, 204);
  });

  it('brings the template’s mappings back with DELETE, for a fresh initial cycle', async () => {
    const own = (mapping: Json) =>
      (mapping['attributeMappings'] = (mapping['attributeMappings'] as Json[]).slice(0, 3));
    assert.equal((await put(own)).status, 204);
    const job = graph.state.tenant.synchronization.get(made.sp)!.job!;
    job.initialCycleDue = false;
    assert.equal((await graph.call('DELETE', schema)).status, 204);
    const { body } = await graph.call('GET', schema);
    const mappings = at(body, 'synchronizationRules/0/objectMappings') as Json[];
    const user = mappings.find((one) => one['sourceObjectName'] === 'User');
    assert.equal((user?.['attributeMappings'] as Json[]).length, 22);
    assert.equal(job.initialCycleDue, true);
  });

  it('lists functions and operators below the schema of a job and of a template', async () => {
    const template = `/synchronization/templates/scim/schema`;
    for (const base of [
      schema,
      `/servicePrincipals/${made.sp}${template}`,
      `/applications/${made.id}${template}`,
    ])
      for (const brackets of ['', '()']) {
        const listed = await graph.call('GET', `${base}/functions${brackets}`);
        assert.ok(column(listed.body, 'id').includes('Switch'));
        const append = rows(listed.body).find((one) => one['id'] === 'Append');
        assert.deepEqual(append?.['parameters'], [
          { allowMultipleOccurrences: false, name: 'source', required: true, type: 'String' },
          { allowMultipleOccurrences: false, name: 'suffix', required: true, type: 'String' },
        ]);
        const operators = await graph.call('GET', `${base}/filterOperators${brackets}`);
        assert.deepEqual(at(operators.body, 'value/0/arity'), 'Binary');
        assert.ok(column(operators.body, 'id').includes('REGEX MATCH'));
      }
    assert.equal((await graph.call('GET', `${made.base}/jobs/scim.x.y/schema/functions`)).status, 404);
  });

  it('parses an expression, evaluates it with test values, and tells inside what is wrong', async () => {
    const path = `${schema}/parseExpression`;
    const good = await graph.call('POST', path, {
      expression: 'Replace([preferredLanguage], "-", , , "_", , )',
      targetAttributeDefinition: null,
      testInputObject: { definition: null, properties: [{ key: 'preferredLanguage', value: 'EN-US' }] },
    });
    assert.equal(good.status, 200);
    assert.deepEqual(
      [at(good.body, 'parsingSucceeded'), at(good.body, 'evaluationSucceeded'), at(good.body, 'error')],
      [true, true, null],
    );
    assert.deepEqual(at(good.body, 'evaluationResult'), ['EN_US']);
    assert.equal(text(good.body, 'parsedExpression/name'), 'Replace');
    assert.equal(text(good.body, 'parsedExpression/parameters/0/value/type'), 'Attribute');
    assert.equal(text(good.body, 'parsedExpression/parameters/2/value/name'), '_');
    const bad = await graph.call('POST', path, { expression: 'Replace(' });
    assert.deepEqual([bad.status, at(bad.body, 'parsingSucceeded')], [200, false]);
    assert.equal(text(bad.body, 'error/code'), 'InvalidExpression');
    assert.equal((await graph.call('POST', path, { expression: 'Guid()' })).status, 501);
  });
});
