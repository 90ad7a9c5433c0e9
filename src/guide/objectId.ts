/** Whether it is written as Entra writes an object ID; case does not count. */
export function isObjectId(value: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value);
}
