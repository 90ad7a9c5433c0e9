import assert from 'node:assert/strict';
import { userId } from '../../../src/sandbox/tenant/entries.ts';
import { aliases, documented, open } from './permissionRows.ts';
import type { Row } from './permissionRows.ts';
import { at, startGraph } from './support.ts';
import type { Answer, Graph } from './support.ts';

/** Roles of which no operation makes anything. */
const otherRole = ['Directory Writers', 'Reports Reader', 'User Administrator', 'Application Administrator'];

describe('sandbox Graph: what each operation asks of its caller', () => {
  let graph: Graph;
  before(async () => {
    graph = await startGraph();
  });

  const ask = async (
    operation: string,
    holder: { scopes: readonly string[]; roles?: readonly string[]; userId?: string },
  ) => {
    const [method = '', pattern = ''] = operation.split(' ');
    const path = pattern
      .replace('/:on', "(on='principal')")
      .replace(/:\w+/g, '00000000-0000-4000-8000-000000000000');
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};
    return graph.call(method, path, body, { token: await graph.token(holder) });
  };
  const assertRefused = (row: Row, answer: Answer, why: string) => {
    assert.equal(answer.status, row.refusal === 'synchronization' ? 401 : 403, why);
    const codes =
      row.refusal === 'synchronization'
        ? ['Unauthorized']
        : ['Authorization_RequestDenied', 'Authentication_MSGraphPermissionMissing'];
    assert.ok(codes.includes(String(at(answer.body, 'error/code'))), why);
    if (row.refusal === 'synchronization') assert.equal(at(answer.body, 'error/message'), '', why);
  };
  const assertPasses = (answer: Answer, why: string) => {
    assert.ok(![401, 403].includes(answer.status), `${why}: ${JSON.stringify(answer.body)}`);
  };

  it('has a documented row for every operation', () => {
    const known = new Set([...documented.flatMap(({ operations }) => operations), ...open, ...aliases]);
    assert.deepEqual(
      graph.operations.filter((operation) => !known.has(operation)),
      [],
      'Add each of these to permissionRows.ts, with what its page in the Microsoft Graph reference asks.',
    );
    assert.deepEqual(
      [...known].filter((operation) => !graph.operations.includes(operation)),
      [],
    );
  });

  for (const row of documented)
    describe(`${row.least.join(' + ')} (${row.source})`, () => {
      const role = row.roles?.[0];
      const roles = role === undefined ? [] : [role];
      for (const operation of row.operations) {
        it(`${operation}: refused with another permission`, async () => {
          for (const scopes of [
            row.nearMiss,
            ...row.least.map((one) => row.least.filter((other) => other !== one)),
          ])
            assertRefused(
              row,
              await ask(operation, { scopes: scopes.length > 0 ? scopes : ['Mail.Read'], roles }),
              `with ${scopes.join(' ')}`,
            );
        });

        it(`${operation}: passes with the least permission`, async () => {
          for (const one of row.roles ?? [undefined])
            assertPasses(
              await ask(operation, { scopes: row.least, roles: one === undefined ? [] : [one] }),
              `as ${one ?? 'a person without a role'}`,
            );
        });

        if (row.roles)
          it(`${operation}: refused to a person without the role`, async () => {
            for (const wrong of [[], otherRole.filter((one) => !row.roles?.includes(one))])
              assertRefused(
                row,
                await ask(operation, { scopes: row.least, roles: wrong }),
                `as ${wrong.join(', ') || 'a person without a role'}`,
              );
          });
        else
          it(`${operation}: ${row.guests === false ? 'refused' : 'open'} to guests`, async () => {
            const answer = await ask(operation, { scopes: row.least, userId: userId('linus') });
            if (row.guests === false) assertRefused(row, answer, 'as a guest');
            else assertPasses(answer, 'as a guest');
          });
      }
    });

  it('gives guests what members have where the authorization policy says so', async () => {
    const own = await startGraph();
    const scopes = ['User.ReadBasic.All'];
    const asGuest = { token: await own.token({ scopes, userId: userId('linus') }) };
    assert.equal((await own.call('GET', '/users', undefined, asGuest)).status, 403);
    const guestUserRoleId = 'a0b1b346-4d3e-4e8b-98f8-753987be4970';
    assert.equal((await own.call('PATCH', '/policies/authorizationPolicy', { guestUserRoleId })).status, 204);
    assert.equal((await own.call('GET', '/users', undefined, asGuest)).status, 200);
  });

  it('names the missing permission of a report', async () => {
    const answer = await ask('GET /auditLogs/signIns', { scopes: ['User.Read'], roles: ['Reports Reader'] });
    assert.equal(at(answer.body, 'error/code'), 'Authentication_MSGraphPermissionMissing');
    assert.match(String(at(answer.body, 'error/message')), /AuditLog\.Read\.All/);
  });
});
