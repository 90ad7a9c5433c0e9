import type { LoginContext } from '../login/context.ts';
import type { ProvisioningService } from '../provisioning/service.ts';
import type { SandboxState } from '../state.ts';

/** Something that answers requests; `env` carries the connection. */
export interface App {
  fetch(request: Request, env?: unknown): Response | Promise<Response>;
}

/** A tenant as the login server knows it. */
export interface LoginTenancy {
  readonly state: SandboxState;
  readonly login: LoginContext;
  readonly loginApp: App;
}

/** One of the sandbox's tenants, with what serves it alone. */
export interface Tenancy extends LoginTenancy {
  readonly scimApp: App;
  readonly provisioning: ProvisioningService;
  readonly graphApp: App;
}
