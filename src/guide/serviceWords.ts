/** Characters of a service's words that a row has room for. */
const most = 200;

/** Names under which services say in a JSON answer what is wrong, the one for people first. */
const told: readonly string[] = ['detail', 'error_description', 'message', 'errorMessage'];

/**
 * What a service said, for people: of an HTTP answer in it only the sentence, never the JSON around it, and no more than fits.
 * Empty where it holds nothing but data.
 */
export function serviceWords(said: string): string {
  const at = said.search(/[[{]\s*["[{]/);
  const sentence = at < 0 ? said : (sentenceIn(said.slice(at)) ?? before(said.slice(0, at)));
  return cut(sentence.replace(/\s+/g, ' ').trim());
}

/** Read by pattern: an answer may be cut off in the middle. */
function sentenceIn(json: string): string | undefined {
  for (const name of told) {
    const value = new RegExp(`"${name}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)+)"`, 'i').exec(json)?.[1];
    if (value !== undefined) return value.replace(/\\[nrt]/g, ' ').replace(/\\(.)/g, '$1');
  }
  return undefined;
}

/** "Response Content:" and the like announce what is left out. */
function before(text: string): string {
  return text.replace(/[\w ]*[:=]\s*$/, '');
}

function cut(sentence: string): string {
  if (sentence.length <= most) return sentence;
  const end = sentence.lastIndexOf(' ', most - 1);
  return `${sentence.slice(0, end > most / 2 ? end : most - 1)}…`;
}
