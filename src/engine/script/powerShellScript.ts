import {
  laterLines,
  titleLines,
  tokenPlaceholder,
  type PlanScript,
  type ScriptRequest,
} from './planScript.ts';

/** Names of Microsoft Graph PowerShell for the clouds (Microsoft Graph PowerShell: Connect-MgGraph, `-Environment`). */
const environments = { global: 'Global', usgov: 'USGov', dod: 'USGovDoD', china: 'China' } as const;

/**
 * The plan for Microsoft Graph PowerShell. The admin signs in to the tenant in it; Kiro's SCIM token is asked for,
 * masked, while it runs.
 */
export function powerShellScript(
  script: PlanScript,
  { tenantId, cloud }: { readonly tenantId: string; readonly cloud: keyof typeof environments },
): string {
  return [
    '#Requires -Modules Microsoft.Graph.Authentication',
    `# Kiro Connect: step ${script.step}, ${script.requests.length} request(s) to Microsoft Graph.`,
    "$ErrorActionPreference = 'Stop'",
    `Connect-MgGraph -Environment ${environments[cloud]} -TenantId ${quoted(tenantId)} -Scopes ${script.scopes.map(quoted).join(', ')} -NoWelcome`,
    ...(script.asksForToken
      ? [
          "$scimToken = Read-Host -AsSecureString -Prompt 'Access token of Kiro' | ConvertFrom-SecureString -AsPlainText",
          "$scimJson = ($scimToken | ConvertTo-Json).Trim('\"')",
        ]
      : []),
    '',
    ...script.requests.flatMap(request),
    ...laterLines(script),
    '',
  ].join('\n');
}

function request(one: ScriptRequest): readonly string[] {
  const { method, path, body } = one;
  const call = `Invoke-MgGraphRequest -Method ${method} -Uri ${quoted(`v1.0${path}`)}`;
  return [
    ...titleLines(one),
    ...(body === undefined
      ? [call]
      : [
          "$body = @'",
          body,
          "'@",
          `${call} -ContentType 'application/json' -Body $body${body.includes(tokenPlaceholder) ? `.Replace('${tokenPlaceholder}', $scimJson)` : ''}`,
        ]),
    '',
  ];
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "''")}'`;
}
