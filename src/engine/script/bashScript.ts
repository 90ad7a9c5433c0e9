import {
  laterLines,
  titleLines,
  tokenPlaceholder,
  type PlanScript,
  type ScriptRequest,
} from './planScript.ts';

/**
 * The plan for bash and curl. Tokens come from the environment and reach curl by a pipe, so that neither the script nor
 * the list of processes holds one; the first refusal ends it. `root` is Graph's address with its version.
 */
export function bashScript(script: PlanScript, root: string): string {
  return [
    '#!/usr/bin/env bash',
    `# Kiro Connect: step ${script.step}, ${script.requests.length} request(s) to Microsoft Graph.`,
    `# GRAPH_TOKEN: an access token for Microsoft Graph with ${script.scopes.join(' ')}`,
    ...(script.asksForToken ? ["# SCIM_TOKEN: the access token that Kiro's settings showed once"] : []),
    'set -euo pipefail',
    `root=\${GRAPH_ROOT:-${quoted(root)}}`,
    ': "${GRAPH_TOKEN:?Set GRAPH_TOKEN to an access token for Microsoft Graph}"',
    ...(script.asksForToken ? [': "${SCIM_TOKEN:?Set SCIM_TOKEN to the access token of Kiro}"'] : []),
    '',
    sender,
    '',
    ...script.requests.flatMap(request),
    ...laterLines(script),
    '',
  ].join('\n');
}

const sender = `# send METHOD PATH [curl's options]; the body comes from standard input
send() {
  local method=$1 path=$2 body scim
  shift 2
  echo "$method $path" >&2
  body=$(cat)
  scim=\${SCIM_TOKEN:-}
  scim=\${scim//\\\\/\\\\\\\\}
  scim=\${scim//'"'/'\\"'}
  printf '%s' "\${body//${tokenPlaceholder}/"$scim"}" |
    curl --silent --show-error --fail-with-body "$@" --request "$method" \\
      --header @<(printf 'Authorization: Bearer %s' "$GRAPH_TOKEN") \\
      --header 'Content-Type: application/json' --data-binary @- "$root$path"
  echo
}`;

function request(one: ScriptRequest): readonly string[] {
  const { method, path, body, repeatable } = one;
  const options = repeatable ? ' --retry 3' : '';
  return [
    ...titleLines(one),
    `send ${method} ${quoted(path)}${options} <<'KIRO_CONNECT'`,
    ...(body === undefined ? [] : [body]),
    'KIRO_CONNECT',
    '',
  ];
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
