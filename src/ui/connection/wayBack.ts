import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';

/** How many ports are tried before the browser is given up: another program there may have the first. */
const tries = 3;

/** Whether the browser runs on another machine than this extension may: a remote window, or VS Code in a browser. */
export function mayBeElsewhere(): boolean {
  return vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web;
}

/**
 * A loopback port to which the admin's browser can come back; `undefined` where there is none. In a remote window VS Code
 * forwards the port, and only the same port at `http://localhost` will do: it is what the redirect URI says.
 */
export async function reachablePort(): Promise<number | undefined> {
  for (let tried = 0; tried < tries; tried++) {
    const port = await freePort();
    if (!mayBeElsewhere()) return port;
    const here = vscode.Uri.parse(`http://localhost:${port}/`, true);
    const there = await vscode.env.asExternalUri(here);
    if (there.scheme === 'http' && there.authority === here.authority && there.path === here.path)
      return port;
  }
  return undefined;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
