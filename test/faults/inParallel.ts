/** How many at a time: half of what each does is waiting for another. */
const workers = 4;

/** Does the same to each, a few at a time; the answers come in the order of the list. */
export async function inParallel<T, R>(
  all: readonly T[],
  work: (one: T) => Promise<R>,
): Promise<readonly R[]> {
  const answers: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < all.length; index = next++) {
      const one = all[index];
      if (one !== undefined) answers[index] = await work(one);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return answers;
}
