import { randomBytes, randomUUID } from 'node:crypto';

/** What a panel's page is made of. Addresses are those that the webview may load (`asWebviewUri`). */
export interface PageParts {
  readonly cspSource: string;
  readonly script: string;
  readonly styles: readonly string[];
  /** Language of VS Code, for screen readers and for relative times. */
  readonly language: string;
  readonly title: string;
  /** Start data: the model that the page draws before the first message. Never holds a secret. */
  readonly start: unknown;
}

/**
 * The page of a panel. Nothing loads but our own script by nonce and our own styles and font; start data is inert JSON
 * with `<` escaped, so that no value can end the block. `data-page` tells this page from any later one.
 */
export function panelHtml(parts: PageParts): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${parts.cspSource}`,
    `font-src ${parts.cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const styles = parts.styles.map((href) => `<link rel="stylesheet" href="${attribute(href)}" />`).join('\n');
  return `<!doctype html>
<html lang="${attribute(parts.language)}">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${attribute(parts.title)}</title>
${styles}
</head>
<body>
<main id="root"></main>
<div id="said" role="status" aria-live="polite"></div>
<div id="heard" class="unseen" role="status" aria-live="polite"></div>
<script type="application/json" data-page="${randomUUID()}" id="start">${inert(parts.start)}</script>
<script nonce="${nonce}" src="${attribute(parts.script)}"></script>
</body>
</html>`;
}

function attribute(value: string): string {
  return value.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function inert(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
