/**
 * A sandbox page as browsers are sent to it: VS Code in the browser turns `127.0.0.1` and `localhost` into addresses of its
 * own, `sandbox.localhost` it leaves alone, and browsers resolve it to this machine by themselves.
 */
export function forBrowser(address: string): string {
  const url = new URL(address);
  url.hostname = 'sandbox.localhost';
  return url.href;
}
