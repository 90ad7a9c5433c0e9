import { join } from 'node:path';
import type { SandboxEndpoints } from '../../engine/connection.ts';
import type { KeyValue, Secrets } from '../../engine/ports.ts';
import { fileLines, journalName } from '../ports/lines.ts';
import type { ConnectionStore } from './connectionStore.ts';
import type { SandboxHolder } from './sandboxHolder.ts';
import type { ConnectionPorts } from './sandboxStore.ts';

/** Where connections of one kind live: real tenants, or the running sandbox. Nothing of one reaches the other. */
export interface Place {
  /** Of the running sandbox. */
  readonly endpoints?: SandboxEndpoints;
  readonly remembered: ConnectionStore;
  readonly secrets: Secrets;
  portsOf(connectionKey: string): ConnectionPorts;
}

export function tenantPlace(options: {
  readonly remembered: ConnectionStore;
  readonly secrets: Secrets;
  readonly keyValue: KeyValue;
  /** Folder of the extension's own files. */
  readonly storagePath: string;
}): Place {
  const { remembered, secrets, keyValue, storagePath } = options;
  return {
    remembered,
    secrets,
    portsOf(connectionKey) {
      const lines = fileLines(join(storagePath, 'journal', journalName(connectionKey)));
      return { secrets, keyValue, lines };
    },
  };
}

/** The running sandbox; `undefined` while none runs. */
export function sandboxPlace(sandbox: SandboxHolder): Place | undefined {
  const { endpoints, remembered, ports } = sandbox;
  const portsOf = (connectionKey: string): ConnectionPorts => ({
    ...ports,
    lines: sandbox.linesOf(connectionKey),
  });
  return endpoints && { endpoints, remembered, secrets: ports.secrets, portsOf };
}
