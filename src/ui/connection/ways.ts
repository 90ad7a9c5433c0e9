/** How an admin signs in: through the browser, with a device code, or with the account that VS Code knows. */
export const ways = ['browser', 'deviceCode', 'vscode'] as const;
export type Way = (typeof ways)[number];

export function isWay(value: unknown): value is Way {
  return ways.some((way) => way === value);
}
