import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { listenForAnswer } from '../../../src/entra/signIn/answerServer.ts';

const path = '/oauth/callback';

describe('the server that waits for a sign-in’s answer', () => {
  it('takes the one with its own state, and no other', async () => {
    const server = await listenForAnswer({ ports: [], path, state: 'ours' });
    try {
      const at = `http://127.0.0.1:${server.port}`;
      const statuses = [];
      for (const asked of ['/elsewhere?state=ours&code=1', `${path}?state=theirs&code=2`, `${path}?code=3`])
        statuses.push((await fetch(at + asked)).status);
      assert.deepEqual(statuses, [404, 400, 400]);
      const body = new URLSearchParams({ state: 'ours', code: '4' });
      assert.equal((await fetch(at + path, { method: 'POST', body })).status, 200);
      assert.equal((await server.answer).get('code'), '4');
    } finally {
      server.close();
    }
  });

  it('waits on when somebody hangs up in the middle', async () => {
    const lost: unknown[] = [];
    const note = (error: unknown): void => void lost.push(error);
    process.on('unhandledRejection', note);
    const server = await listenForAnswer({ ports: [], path, state: 'ours' });
    try {
      const half = connect(server.port, '127.0.0.1');
      const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 99`;
      half.write(`${head}\r\n\r\nstate=`);
      // The server says "continue" once it reads the body: only then is it in the middle of it.
      await once(half, 'data');
      half.resetAndDestroy();
      await once(half, 'close');
      await fetch(`http://127.0.0.1:${server.port}${path}?state=ours&code=1`);
      assert.equal((await server.answer).get('code'), '1');
      assert.deepEqual(lost, []);
    } finally {
      server.close();
      process.off('unhandledRejection', note);
    }
  });
});
