import type { AccountLine, SandboxLine, TenantLine } from './line.ts';

/** What `npm run sandbox` says to a person: where things are, who can sign in, and what to do first. */
export function welcome(line: SandboxLine): string {
  const cloud = line.cloud === 'global' ? '' : `, cloud: ${line.cloud}`;
  return `${titleOf(line)} (preset: ${line.preset}${cloud}). Ctrl+C ends it.

  Kiro console     ${forBrowser(line.console)}
  Microsoft Graph  ${line.graph}
  Sign-in          ${line.login}
  Kiro SCIM        ${line.scim}
  DNS              ${line.dns.host} port ${line.dns.port}; public resolver at port ${line.resolver.port}
  Control          ${line.control}
  Tenant id        ${line.tenantId}${line.caFile ? `\n  CA certificate   ${line.caFile}` : ''}

Accounts that can sign in:
${accountsOf(line.accounts)}
${line.tenants.slice(1).map(tenantOf).join('')}
First things to do:
  1. Ask Graph something as the Global Administrator:
     curl ${line.caFile ? `--cacert ${line.caFile} ` : ''}-H "Authorization: Bearer ${line.accessToken}" ${line.graph}/groups
  2. Open the Kiro console in a browser: ${forBrowser(line.console)}
  3. Let time pass: curl -H "Content-Type: application/json" -d '{"advance": 2400000}' ${line.control}/clock
`;
}

function titleOf({ tenants }: SandboxLine): string {
  const names = tenants.map(({ displayName }) => displayName);
  if (names.length === 1) return `The sandbox tenant ${names.join('')} is running`;
  return `The sandbox tenants ${names.join(', ')} are running; what follows first is the first one’s`;
}

function accountsOf(accounts: readonly AccountLine[]): string {
  const wide = Math.max(...accounts.map((account) => account.userPrincipalName.length));
  const longest = Math.max(...accounts.map((account) => account.password.length));
  return accounts
    .map(({ userPrincipalName, password, roles }) => {
      const role = roles.join(', ') || 'no role';
      return `  ${userPrincipalName.padEnd(wide)}  ${password.padEnd(longest)}  ${role}`;
    })
    .join('\n');
}

function tenantOf(tenant: TenantLine): string {
  return `
${tenant.displayName}:
  Tenant id        ${tenant.tenantId}
  Kiro console     ${forBrowser(tenant.console)}
  Kiro SCIM        ${tenant.scim}
${accountsOf(tenant.accounts)}
`;
}

/** The name under which browsers keep the sandbox's cookies apart from other things on loopback. */
function forBrowser(origin: string): string {
  return origin.replace('127.0.0.1', 'sandbox.localhost');
}
