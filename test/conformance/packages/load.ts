/**
 * Loads a package that is installed beside this file. Its types are not known while the project is checked, since it need
 * not be installed then: the caller says which part of it is used.
 */
export async function loadPackage<T>(name: string): Promise<T> {
  return (await import(name)) as T;
}
