import type { SdkCase } from './case.ts';
import { configCat } from './configcat.ts';
import { growthBook } from './growthbook.ts';
import { harness } from './harness.ts';
import { launchDarkly } from './launchdarkly.ts';
import { openFeature } from './openfeature.ts';
import { pairs, strangers } from './pairs.ts';
import { postHog } from './posthog.ts';
import { rest } from './rest.ts';
import { split } from './split.ts';
import { statsig } from './statsig.ts';
import { unleash } from './unleash.ts';

/** By vendor; more of them in `more-vendors.ts`. */
export const vendors: Readonly<Record<string, readonly SdkCase[]>> = {
  launchDarkly,
  openFeature,
  unleash,
  growthBook,
  configCat,
  split,
  harness,
  statsig,
  postHog,
  rest,
  pairs,
  strangers,
};
