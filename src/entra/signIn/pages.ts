/** What the browser shows when the sign-in has come back to this computer. */
export const signedInPage = page(
  'Signed in',
  'You are signed in. Close this tab and go back to your editor.',
);

/** What the browser shows when it came back without a sign-in. */
export const notSignedInPage = page(
  'Not signed in',
  'The sign-in did not go through. Close this tab; your editor says why.',
);

function page(title: string, sentence: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1.5rem; }
  h1 { font-size: 1.5rem; font-weight: 600; margin: 0 0 .5rem; }
  p { margin: 0; }
</style>
<main>
  <h1>${title}</h1>
  <p>${sentence}</p>
</main>
</html>
`;
}
