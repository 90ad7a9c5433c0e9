import { tokenOf } from './accessToken.ts';
import type { LoginKeys } from './login/tokens.ts';
import type { PresetName } from './presets/presets.ts';
import type { SandboxState } from './state.ts';

/** What a sandbox tells about itself on its first line. No address ends in a slash. */
export interface SandboxLine {
  /** Ends in `/v1.0`. */
  readonly graph: string;
  /** The authority without tenant. */
  readonly login: string;
  /** Ends in `/scim/v2`. */
  readonly scim: string;
  readonly console: string;
  readonly control: string;
  readonly dns: { readonly host: string; readonly port: number };
  readonly tenantId: string;
  readonly accounts: readonly {
    readonly userPrincipalName: string;
    readonly password: string;
    readonly roles: readonly string[];
  }[];
  /** Delegated token of the Global Administrator for Microsoft Graph, valid a day. */
  readonly accessToken: string;
  /** What the tenant once started from. */
  readonly preset: PresetName;
  /** Certificate authority as PEM, with `--https`. */
  readonly caFile?: string;
}

/** The line of a sandbox whose servers listen. */
export async function lineOf(options: {
  readonly state: SandboxState;
  readonly keys: LoginKeys;
  readonly dns: SandboxLine['dns'];
  readonly preset: PresetName;
  readonly caFile: string | undefined;
}): Promise<SandboxLine> {
  const { state, keys, dns, preset, caFile } = options;
  const { origins, tenant } = state;
  return {
    graph: `${origins.graph}/v1.0`,
    login: origins.login,
    scim: `${origins.scim}/${state.kiro.scimTenant}/scim/v2`,
    console: origins.kiro,
    control: origins.control,
    dns,
    tenantId: tenant.id,
    accounts: tenant.accounts.map(({ userPrincipalName, password, roles }) => ({
      userPrincipalName,
      password,
      roles,
    })),
    accessToken: await tokenOf('Global Administrator', { state, keys }),
    preset,
    ...(caFile === undefined ? {} : { caFile }),
  };
}
