/** How members of a registry are spelled, told from the ones that are there. */
type Spelling = (words: readonly string[]) => string;

const spellings: readonly Spelling[] = [
  (words) => words.map(capital).join(''),
  (words) => words.map((word, index) => (index === 0 ? word : capital(word))).join(''),
  (words) => words.map((word) => word.toUpperCase()).join('_'),
  (words) => words.join('_'),
  (words) => words.join('-'),
];

/** A name for a new key in the spelling that most siblings have; PascalCase when none fits. */
export function memberName(key: string, siblings: readonly { readonly name: string; readonly key: string }[]): string {
  const votes = spellings.map(
    (spelling) =>
      siblings.filter((one) => spelling(wordsOf(one.key)) === one.name || spelling(wordsOf(one.name)) === one.name)
        .length,
  );
  const spelling = spellings[votes.indexOf(Math.max(...votes))]!;
  const prefix = commonPrefix(siblings, spelling);
  const name = prefix + spelling(wordsOf(key));
  return /^\p{N}/u.test(name) ? `_${name}` : name;
}

/** A prefix such as `FLAG_` or `FF_` that every member carries and no key does. */
function commonPrefix(
  siblings: readonly { readonly name: string; readonly key: string }[],
  spelling: Spelling,
): string {
  const prefixes = siblings.map(({ name, key }) => {
    const plain = spelling(wordsOf(key));
    return name.endsWith(plain) ? name.slice(0, name.length - plain.length) : '';
  });
  return prefixes.every((prefix) => prefix === prefixes[0]) ? (prefixes[0] ?? '') : '';
}

/** The lower-case words of a key or name: split at what is no letter or digit, and where humps start. */
function wordsOf(text: string): string[] {
  return text
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
