import {
  addRedirectUris,
  addScopes,
  assign,
  change,
  consent,
  correctMappings,
  register,
  setIdUri,
  setUpProvisioning,
} from './entraSide.ts';
import type { Registered } from './entraSide.ts';
import { makeProfile, makeToken, revokeTokens } from './kiroSide.ts';
import type { PresetDeps } from './kiroSide.ts';
import { groupId, userId } from '../tenant/entries.ts';

const completions = 'codewhisperer:completions';
const conversations = 'codewhisperer:conversations';

const presets = {
  /** People and a licence; no application. */
  blank: async () => undefined,

  /** The application is there, with its ID URI and one of the two scopes, and no redirect URI. */
  'half-made': async (deps: PresetDeps) => {
    const kiro = register(deps.state, 'template');
    setIdUri(deps.state, kiro);
    addScopes(deps.state, kiro, [completions]);
  },

  /** Step 2 is right but for the two scopes and the consent to them. */
  'scopes-missing': async (deps: PresetDeps) => {
    const kiro = register(deps.state, 'template');
    setIdUri(deps.state, kiro);
    addRedirectUris(deps.state, kiro);
    change(deps.state, kiro, { api: { requestedAccessTokenVersion: 2 } });
  },

  /** Step 2 is right but for the version of access tokens; nothing further is done. */
  'wrong-token-version': async (deps: PresetDeps) => {
    stepTwo(deps, register(deps.state, 'template'), { tokenVersion: null });
  },

  /** Steps 1 to 3 and credentials; the job is paused with the template's mappings, nobody is assigned or pushed. */
  'mapping-mailNickname': async (deps: PresetDeps) => {
    const kiro = stepTwo(deps, register(deps.state, 'template'), { tokenVersion: 2 });
    await makeProfile(deps, kiro);
    setUpProvisioning(deps, kiro, makeToken(deps));
  },

  /** Everything was set and people arrived; then the token was revoked, and the job is in quarantine. */
  quarantine: async (deps: PresetDeps) => {
    const kiro = await everything(deps, { externalIdFrom: 'objectId', direct: [] });
    revokeTokens(deps);
    await deps.provisioning.runCycle(kiro.servicePrincipal.id);
  },

  /** The application was made under App registrations: it can never be provisioned. */
  'app-registration': async (deps: PresetDeps) => {
    stepTwo(deps, register(deps.state, 'appRegistration'), { tokenVersion: 2 });
  },

  /** Everything is set; besides the group, one person is assigned directly. */
  'direct-assignment': async (deps: PresetDeps) => {
    await everything(deps, { externalIdFrom: 'objectId', direct: ['adele'] });
  },

  /** Everything is set, but the job pushed people with `externalId` from `mailNickname`; Kiro keeps those for ever. */
  'wrong-external-id': async (deps: PresetDeps) => {
    await everything(deps, { externalIdFrom: 'mailNickname', direct: [] });
  },
} satisfies Record<string, (deps: PresetDeps) => Promise<void>>;

/** States that a sandbox can start from. */
export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets).filter((name): name is PresetName => name in presets);

/** Brings a fresh state into the one that the preset names. The servers must listen: some presets really provision. */
export function applyPreset(name: PresetName, deps: PresetDeps): Promise<void> {
  return presets[name](deps);
}

function stepTwo(deps: PresetDeps, kiro: Registered, options: { tokenVersion: 2 | null }): Registered {
  setIdUri(deps.state, kiro);
  addScopes(deps.state, kiro, [completions, conversations]);
  addRedirectUris(deps.state, kiro);
  change(deps.state, kiro, { api: { requestedAccessTokenVersion: options.tokenVersion } });
  consent(deps.state, kiro);
  return kiro;
}

async function everything(
  deps: PresetDeps,
  options: { externalIdFrom: string; direct: readonly string[] },
): Promise<Registered> {
  const kiro = stepTwo(deps, register(deps.state, 'template'), { tokenVersion: 2 });
  await makeProfile(deps, kiro);
  const job = setUpProvisioning(deps, kiro, makeToken(deps));
  correctMappings(job, options);
  assign(deps.state, kiro, groupId('Kiro users'));
  for (const name of options.direct) assign(deps.state, kiro, userId(name));
  deps.provisioning.start(kiro.servicePrincipal.id);
  await deps.provisioning.runCycle(kiro.servicePrincipal.id);
  return kiro;
}
