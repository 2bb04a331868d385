import { OpenFeature } from '@openfeature/server-sdk';

/** The flags of this service. They are defined in flags.flagd.json. */
export const features = OpenFeature.getClient('shop');
