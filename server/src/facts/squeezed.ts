/** Code without blanks that mean nothing, in one kind of quotes, without `?.` and `!`: equal texts say the same. */
export function squeezed(code: string): string {
  return code
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\w$ ]) ?/g, '$1')
    .replace(/["`]/g, "'")
    .replace(/\?\.(?!\d)/g, '.')
    .replace(/!(?=[.)\]])/g, '')
    .replace(/,(?=[)\]}])/g, '')
    .trim();
}
