/** The style sheet of the shop front. */
export async function styleSheet(country: string): Promise<string> {
  return country === 'no' ? '/styles/nordic.css' : '/styles/plain.css';
}
