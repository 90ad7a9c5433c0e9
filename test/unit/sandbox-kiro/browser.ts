import assert from 'node:assert/strict';

/** A form of a page, as a browser without script sees it. */
export interface Form {
  readonly action: string;
  readonly fields: URLSearchParams;
  readonly html: string;
}

/** Every form of a page with its input fields; buttons' names are left out. */
export function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = '', inside = '']) => ({
    action: unescape(/action="([^"]*)"/.exec(attributes)?.[1] ?? ''),
    html: inside,
    fields: new URLSearchParams(
      [...inside.matchAll(/<input\b([^>]*)>/g)].flatMap(([, input = '']) => {
        const name = /name="([^"]*)"/.exec(input)?.[1];
        return name === undefined || /type="checkbox"/.test(input)
          ? []
          : [[unescape(name), unescape(/value="([^"]*)"/.exec(input)?.[1] ?? '')] as [string, string]];
      }),
    ),
  }));
}

/** The only form that holds this text. */
export function formWith(html: string, text: string): Form {
  const found = formsOf(html).filter((form) => form.html.includes(text));
  assert.equal(found.length, 1, `forms with ${text} in ${html.replace(/<style>.*<\/style>/s, '')}`);
  return found[0]!;
}

/** Submits a form from a page at this address. */
export async function submit(
  page: string,
  form: Form,
  more: Record<string, string> = {},
): Promise<{ status: number; html: string; location: string | null }> {
  const body = new URLSearchParams(form.fields);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  const response = await fetch(new URL(form.action || page, page), {
    method: 'POST',
    body,
    redirect: 'manual',
  });
  return { status: response.status, html: await response.text(), location: response.headers.get('location') };
}

function unescape(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
