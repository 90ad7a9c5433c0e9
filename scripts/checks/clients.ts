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

/** Installs a resolver and `dig` from Debian, where this is root there. Answers as {@link prepareClients}. */
export async function prepareResolver(): Promise<readonly string[]> {
  const needed = { unbound: 'unbound', dig: 'bind9-dnsutils' } as const;
  const absent = () => (['unbound', 'dig'] as const).filter((program) => findProgram(program) === undefined);
  if (absent().length > 0) await installDebianPackages(...absent().map((program) => needed[program]));
  return absent().map((program) => `${program}: install it (on Debian: apt-get install ${needed[program]})`);
}
