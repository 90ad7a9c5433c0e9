import { text, type Text } from './text.ts';

/** Hosts that one thing needs, for the network team's allow-list. */
export interface HostGroup {
  readonly purpose: Text;
  readonly hosts: readonly string[];
}

/** From Kiro's documentation "Firewalls, proxies", and what this tool itself calls. */
export const firewallHosts: readonly HostGroup[] = [
  {
    purpose: text('Sign-in to Kiro'),
    hosts: ['app.kiro.dev', 'assets.app.kiro.dev', 'login.microsoftonline.com'],
  },
  {
    purpose: text('Kiro IDE'),
    hosts: [
      'prod.us-east-1.auth.desktop.kiro.dev',
      'prod.us-east-1.telemetry.desktop.kiro.dev',
      'prod.download.desktop.kiro.dev',
      'q.us-east-1.amazonaws.com',
      'q.eu-central-1.amazonaws.com',
      'runtime.us-east-1.kiro.dev',
      'runtime.eu-central-1.kiro.dev',
      'management.us-east-1.kiro.dev',
      'management.eu-central-1.kiro.dev',
      'telemetry.us-east-1.kiro.dev',
      'telemetry.eu-central-1.kiro.dev',
    ],
  },
  {
    purpose: text('Kiro CLI'),
    hosts: ['cli.kiro.dev', 'prod.download.cli.kiro.dev', 'desktop-release.q.us-east-1.amazonaws.com'],
  },
  {
    purpose: text('Extensions and repositories (optional)'),
    hosts: ['open-vsx.org', 'openvsx.eclipsecontent.org', 'github.com', 'raw.githubusercontent.com'],
  },
  {
    purpose: text('This tool'),
    hosts: [
      'login.microsoftonline.com',
      'graph.microsoft.com',
      'scim.us-east-1.amazonaws.com',
      'scim.eu-central-1.amazonaws.com',
    ],
  },
];
