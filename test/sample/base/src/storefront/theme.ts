import { features } from '../flags.ts';

/** The style sheet of the shop front. */
export async function styleSheet(country: string): Promise<string> {
  const theme = await features.getStringValue('holiday-theme', 'plain', { country });
  return `/styles/${theme}.css`;
}
