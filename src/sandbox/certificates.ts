import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { clouds } from './clouds.ts';

/** Key and certificate of a server, as PEM. */
export interface Certificate {
  readonly privateKey: string;
  readonly certificate: string;
}

/** A certificate authority of one sandbox, and the certificate that it gave the servers. */
export interface Authority {
  readonly server: Certificate;
  /** PEM file of the authority, for clients to trust. */
  readonly caFile: string;
  /** Removes the file. */
  remove(): Promise<void>;
}

const day = 24 * 60 * 60 * 1000;

/** Names that the servers answer to: their own, and the real services' for clients that have those built in. */
const dnsNames = [
  'localhost',
  'sandbox.localhost',
  ...Object.values(clouds).flatMap(({ graph, login }) => [new URL(graph).host, new URL(login).host]),
  'login.microsoft.com',
  'login.partner.microsoftonline.cn',
  'scim.us-east-1.amazonaws.com',
  'scim.eu-central-1.amazonaws.com',
];

/**
 * Makes a certificate authority and a server certificate, good for a week. The authority's key is dropped at once, so
 * that trusting its certificate trusts this one server only. This process trusts it too, since the provisioning service
 * calls the SCIM endpoint.
 */
export async function createAuthority(): Promise<Authority> {
  const { generate } = await import('selfsigned').catch(() => {
    throw new Error('--https needs the packages of the project itself. Run it from a clone, after npm ci.');
  });
  const now = Date.now();
  const common = {
    keyType: 'ec' as const,
    algorithm: 'sha256',
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now + 7 * day),
  };
  // A client that trusts the authorities of two sandboxes finds the right one by its name.
  const name = `Sandbox tenant authority ${randomBytes(4).toString('hex')}`;
  const ca = await generate([{ name: 'commonName', value: name }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'Sandbox tenant' }], {
    ...common,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...dnsNames.map((value) => ({ type: 2 as const, value })), { type: 7, ip: '127.0.0.1' }],
      },
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-tenant-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, ca.cert);
  setDefaultCACertificates([...getCACertificates('default'), ca.cert]);
  return {
    server: { privateKey: server.private, certificate: server.cert },
    caFile,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
