import type { SandboxLine } from './line.ts';

/** What `npm run sandbox` says to a person: where things are, who can sign in, and what to do first. */
export function welcome(line: SandboxLine): string {
  const wide = Math.max(...line.accounts.map((account) => account.userPrincipalName.length));
  const longest = Math.max(...line.accounts.map((account) => account.password.length));
  const accounts = line.accounts.map(({ userPrincipalName, password, roles }) => {
    const role = roles.join(', ') || 'no role';
    return `  ${userPrincipalName.padEnd(wide)}  ${password.padEnd(longest)}  ${role}`;
  });
  return `The sandbox tenant Contoso is running (preset: ${line.preset}). Ctrl+C ends it.

  Kiro console     ${forBrowser(line.console)}
  Microsoft Graph  ${line.graph}
  Sign-in          ${line.login}
  Kiro SCIM        ${line.scim}
  DNS              ${line.dns.host} port ${line.dns.port}; public resolver at port ${line.resolver.port}
  Control          ${line.control}
  Tenant id        ${line.tenantId}${line.caFile ? `\n  CA certificate   ${line.caFile}` : ''}

Accounts that can sign in:
${accounts.join('\n')}

First things to do:
  1. Ask Graph something as the Global Administrator:
     curl ${line.caFile ? `--cacert ${line.caFile} ` : ''}-H "Authorization: Bearer ${line.accessToken}" ${line.graph}/groups
  2. Open the Kiro console in a browser: ${forBrowser(line.console)}
  3. Let time pass: curl -H "Content-Type: application/json" -d '{"advance": 2400000}' ${line.control}/clock
`;
}

/** The name under which browsers keep the sandbox's cookies apart from other things on loopback. */
function forBrowser(origin: string): string {
  return origin.replace('127.0.0.1', 'sandbox.localhost');
}
