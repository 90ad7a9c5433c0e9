import { findProgram } from '../../test/conformance/programs.ts';
import { installPackages } from '../../test/conformance/install.ts';
import { installDebianPackages } from './debian.ts';

/** Installs other people's clients from npm. Answers with what is missing after that, each with what to do. */
export async function prepareClients(): Promise<readonly string[]> {
  try {
    await installPackages();
    return [];
  } catch (error) {
    return [`the packages of test/conformance/packages from npm: ${String(error)}`];
  }
}

/** Programs of other people's DNS, by the Debian package that has each. */
const packageOf = {
  unbound: 'unbound',
  dig: 'bind9-dnsutils',
  named: 'bind9',
  'dnssec-keygen': 'bind9-utils',
  'dnssec-signzone': 'bind9-utils',
  knotd: 'knot',
  nsd: 'nsd',
} as const;

/** Installs a resolver and `dig` from Debian, where this is root there. Answers as {@link prepareClients}. */
export function prepareResolver(): Promise<readonly string[]> {
  return installDns('unbound', 'dig');
}

/** The same for BIND, Knot, NSD and Unbound. */
export function prepareDnsServers(): Promise<readonly string[]> {
  return installDns('named', 'dnssec-keygen', 'dnssec-signzone', 'knotd', 'nsd', 'unbound');
}

async function installDns(...programs: readonly (keyof typeof packageOf)[]): Promise<readonly string[]> {
  const absent = () => programs.filter((program) => findProgram(program) === undefined);
  if (absent().length > 0)
    await installDebianPackages(...new Set(absent().map((program) => packageOf[program])));
  return absent().map(
    (program) => `${program}: install it (on Debian: apt-get install ${packageOf[program]})`,
  );
}
