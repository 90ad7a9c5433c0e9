import { html, raw } from 'hono/html';
import type { Tenant } from '../../state.ts';

export type Html = ReturnType<typeof html> | Promise<ReturnType<typeof html>>;

const style = `
:root { color-scheme: light dark; --ink: #1b1b1b; --soft: #5d5d5d; --line: #d6d6d6; --paper: #fff; --ground: #eef1f6;
  --accent: #0f6cbd; --on-accent: #fff; --hover: #f3f6fb; --bad: #b10e1c; }
@media (prefers-color-scheme: dark) { :root { --ink: #f2f2f2; --soft: #b4b4b4; --line: #4a4a4a; --paper: #232323;
  --ground: #161616; --accent: #62abf5; --on-accent: #10202f; --hover: #2e2e2e; --bad: #ff99a4; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: start center; padding: 6vh 16px; background: var(--ground);
  color: var(--ink); font: 15px/1.45 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', sans-serif; }
main { width: 100%; max-width: 460px; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 32px 36px; }
.ribbon { margin: 0 0 20px; color: var(--soft); font-size: 13px; }
h1 { margin: 0 0 4px; font-size: 22px; font-weight: 600; }
p { margin: 0 0 16px; } .soft { color: var(--soft); } .bad { color: var(--bad); }
ul { list-style: none; margin: 0 0 20px; padding: 0; }
.accounts li { border-bottom: 1px solid var(--line); }
.accounts button { width: 100%; text-align: left; padding: 12px 8px; border: 0; border-radius: 4px; background: none; color: inherit; }
.accounts button:hover { background: var(--hover); }
.accounts strong { display: block; font-weight: 600; } .accounts span { display: block; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
.scopes li { padding: 8px 0; border-bottom: 1px solid var(--line); } .scopes code { color: var(--soft); font-size: 12px; overflow-wrap: anywhere; }
button, input { font: inherit; } button { cursor: pointer; }
label { display: block; margin: 0 0 12px; } label.inline { display: flex; gap: 8px; align-items: start; }
input[type=text], input[type=password] { display: block; width: 100%; margin-top: 4px; padding: 8px; border: 1px solid var(--soft);
  border-radius: 4px; background: var(--paper); color: inherit; }
.row { display: flex; flex-wrap: wrap; gap: 8px; justify-content: flex-end; }
.sandbox { margin-top: 20px; padding-top: 12px; border-top: 1px dashed var(--line); font-size: 13px; }
.accounts form { margin: 0; }
.row button, .link { padding: 7px 18px; border: 1px solid var(--soft); border-radius: 4px; background: none; color: inherit; }
.link { display: inline-block; } .row button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
details summary { cursor: pointer; } :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

/** The frame of every page: no script, nothing from elsewhere. */
export function page(tenant: Tenant, title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <p class="ribbon">Sandbox of Microsoft Entra ID · ${tenant.displayName}</p>
          ${body}
        </main>
      </body>
    </html>`;
}

/** The fields that every form of a flow carries. */
export function stepFields(flowId: string, step: string): Html {
  return html`<input type="hidden" name="flow" value="${flowId}" />
    <input type="hidden" name="step" value="${step}" />`;
}

/** What went wrong, for screen readers at once. */
export function alert(error: string | undefined): Html | string {
  return error === undefined ? '' : html`<p class="bad" role="alert" data-testid="error">${error}</p>`;
}

/** Buttons that lead back and away, below whatever the page is about. */
export function wayOut(flowId: string, options: { readonly back: boolean }): Html {
  return html`<form method="post" class="row">
    <input type="hidden" name="flow" value="${flowId}" />
    ${options.back ? html`<button name="step" value="back" data-testid="back">Back</button>` : ''}
    <button name="step" value="cancel" data-testid="cancel">Cancel</button>
  </form>`;
}

/**
 * Sends a page. Forms may lead to the login server, to a loopback address or to an application's own scheme, so
 * `form-action` names no host.
 */
export async function show(content: Html, status = 200, scriptNonce?: string): Promise<Response> {
  const script = scriptNonce === undefined ? '' : ` script-src 'nonce-${scriptNonce}';`;
  return new Response((await content).toString(), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline';${script} frame-ancestors 'none'; base-uri 'none'`,
    },
  });
}
