import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createScimApp } from '../../../src/sandbox/scim/server.ts';
import { listen, testState, withProfile } from './fixture.ts';

interface Page {
  readonly totalResults?: number;
  readonly nextCursor?: string;
  readonly Resources: readonly { readonly id: string; readonly userName: string }[];
}

/** Kiro's endpoint over HTTP with so many people, all of them in one group. */
async function served(people: number) {
  const state = testState();
  const token = withProfile(state);
  const profile = state.kiro.profile!;
  for (let n = 0; n < people; n++) {
    const id = randomUUID();
    const resource = { userName: `person${n}@contoso.com`, externalId: randomUUID(), active: true };
    profile.users.set(id, { id, active: true, resource });
  }
  const group = {
    id: 'everybody',
    resource: { displayName: 'Everybody' },
    members: new Set(profile.users.keys()),
  };
  profile.groups.set(group.id, group);
  const server = await listen(createScimApp(state));
  const get = async (path: string): Promise<Page> => {
    const response = await fetch(`${server.origin}/${profile.scimTenant}/scim/v2${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(response.status, 200);
    return (await response.json()) as Page;
  };
  return { profile, get, close: () => server.close() };
}

/** Milliseconds of processor time that this process has had: other processes on a busy machine don't count. */
function busy(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

type Get = (path: string) => Promise<Page>;

/** One page after another, and when there are no more the first again; tells what each took. */
function reader(get: Get, filter: string) {
  let cursor = '';
  const read = { seen: new Set<string>(), ended: false, times: [] as number[] };
  const next = async (): Promise<void> => {
    const start = busy();
    const page = await get(`/Users?count=100&cursor=${encodeURIComponent(cursor)}${filter}`);
    read.times.push(busy() - start);
    for (const { id } of page.Resources) read.seen.add(id);
    read.ended ||= page.nextCursor === undefined;
    cursor = page.nextCursor ?? '';
  };
  return { read, next };
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
}

describe('sandbox SCIM endpoint of Kiro with 100,000 people', () => {
  const people = 100_000;
  let large: Awaited<ReturnType<typeof served>>;
  let small: Awaited<ReturnType<typeof served>>;

  before(async () => {
    [large, small] = [await served(people), await served(1000)];
  });
  after(async () => {
    await large.close();
    await small.close();
  });

  it('hands everybody out by cursor, a page as quickly as with a thousand', async () => {
    const everybody = `&filter=${encodeURIComponent('groups.value eq "everybody"')}`;
    for (const [filter, pages] of [
      ['', people / 100],
      [everybody, 100],
    ] as const) {
      const [many, few] = [reader(large.get, filter), reader(small.get, filter)];
      for (let n = 0; n < pages; n++) {
        await many.next();
        // In turn, so that whatever else this machine does slows both.
        if (n % 5 === 0) await few.next();
      }
      assert.deepEqual([many.read.seen.size, many.read.ended], [pages * 100, filter === '']);
      const [slow, quick] = [median(many.read.times), median(few.read.times)];
      assert.ok(slow < 2 * quick + 2, `${slow} ms a page against ${quick} ms`);
    }
  }).timeout(60_000);

  it('finds one of them without a walk, also after changes by other hands', async () => {
    const { profile, get } = large;
    const find = (name: string) => get(`/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`);
    assert.equal((await find('PERSON77777@contoso.com')).totalResults, 1);
    profile.users.set('0', { id: '0', active: true, resource: { userName: 'late@contoso.com' } });
    assert.equal((await find('late@contoso.com')).Resources[0]?.id, '0');
    const start = busy();
    for (let n = 0; n < 100; n++) await find(`person${n * 7}@contoso.com`);
    const each = (busy() - start) / 100;
    assert.ok(each < 8, `${each} ms a look-up`);
  }).timeout(60_000);
});
