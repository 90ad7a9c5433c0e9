import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The parts of the manifest that the tests compare with what the host knows. */
export interface Manifest {
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string; readonly category?: string }[];
    readonly views?: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
    readonly viewsContainers?: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome?: readonly { readonly view: string; readonly contents: string }[];
    readonly menus?: Readonly<
      Record<string, readonly { readonly command?: string; readonly when?: string }[]>
    >;
    readonly configuration?: { readonly properties: Readonly<Record<string, unknown>> };
    readonly walkthroughs?: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly completionEvents?: readonly string[];
        readonly media: Readonly<Record<string, unknown>>;
      }[];
    }[];
  };
}

/** The extension under test, as the host has it. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('kiro-connect.kiro-connect-entra');
  assert.ok(found, 'the host does not know the extension');
  return found;
}

/** Its manifest, with the texts of package.nls.json put in by the host. */
export function manifest(): Manifest {
  return extension().packageJSON as Manifest;
}
