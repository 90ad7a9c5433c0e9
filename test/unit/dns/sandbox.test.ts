import assert from 'node:assert/strict';
import { lookUpDomain } from '../../../src/dns/lookUpDomain.ts';
import { startSandboxProcess } from '../entra/sandboxProcess.ts';

describe('DNS as the sandbox speaks it', () => {
  it('tells what is there, what is not, and what is nobody’s', async () => {
    const sandbox = await startSandboxProcess();
    try {
      const { host, port } = sandbox.line.dns;
      const look = async (name: string) => {
        const server = { role: 'authoritative', name: 'sandbox', address: host, port } as const;
        const { answers } = await lookUpDomain({ name, servers: [server], now: Date.now });
        return answers.map(({ queried, outcome, negativeTtl }) => ({
          queried,
          outcome,
          keeps: negativeTtl !== undefined,
        }));
      };
      const [domain, record] = await look('contoso.com');
      assert.ok(['found', 'nodata'].includes(domain!.outcome), domain!.outcome);
      assert.deepEqual(record, { queried: 'kiro-app-1.contoso.com', outcome: 'nxdomain', keeps: true });
      const [foreign] = await look('example.org');
      assert.equal(foreign!.outcome, 'refused');
    } finally {
      await sandbox.end();
    }
  });
});
