import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs of other people that tests start. */
export type ProgramOnDisk =
  'unbound' | 'dig' | 'named' | 'knotd' | 'nsd' | 'dnssec-keygen' | 'dnssec-signzone';

/** Where a program of this machine is, looked for also where administrators' programs are; nothing when it is not there. */
export function findProgram(name: ProgramOnDisk): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
