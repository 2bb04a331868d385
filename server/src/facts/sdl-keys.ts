/** Fields by type of a schema in GraphQL's own language; what a query asks for, and what is sent in, is none. */
export function keysOfSdl(text: string): { readonly type: string; readonly keys: readonly string[] }[] {
  const plain = text.replace(/"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*/g, '');
  return [...plain.matchAll(/\b(?:extend\s+)?(?:type|interface)\s+(\w+)[^{}]*\{([^{}]*)\}/g)].map((match) => ({
    type: match[1]!,
    keys: [...match[2]!.replace(/\([^()]*\)/g, '').matchAll(/(\w+)\s*:/g)].map((field) => field[1]!),
  }));
}
