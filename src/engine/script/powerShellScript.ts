import { tokenPlaceholder, type PlanScript, type ScriptRequest } from './planScript.ts';

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
    ...later(script),
    '',
  ].join('\n');
}

function request({ title, method, path, body, readAnswer }: ScriptRequest): readonly string[] {
  const call = `Invoke-MgGraphRequest -Method ${method} -Uri ${quoted(`v1.0${path}`)}`;
  return [
    `# ${title}`,
    ...(readAnswer
      ? ['# It answers 200 whatever happened: read in the answer whether the person was exported.']
      : []),
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

function later({ later: titles }: PlanScript): readonly string[] {
  if (titles.length === 0) return [];
  return [
    '# Not here yet, since it needs the answers to the above. Check again in Kiro Connect, then export the next script:',
    ...titles.map((title) => `# - ${title}`),
  ];
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "''")}'`;
}
