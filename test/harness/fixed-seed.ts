import fc from 'fast-check';

/** `npm test` draws the same cases every time, so that a red run says something about the change; `SWITCHYARD_SEED` draws others. */
export const seed = Number(process.env.SWITCHYARD_SEED ?? 20261122);

fc.configureGlobal({ seed });
