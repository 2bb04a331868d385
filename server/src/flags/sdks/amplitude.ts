import type { Sdk } from './sdk.ts';

/**
 * Amplitude Experiment: a variant's `value` is what was decided, its `payload` hangs on that. Sources: `types/client.d.ts` of
 * @amplitude/experiment-js-client 1.23 and @amplitude/experiment-react-native-client 1.8, `remote/client.d.ts` and `local/client.d.ts`
 * of @amplitude/experiment-node-server 1.13.
 */
export const amplitude: Sdk = {
  name: 'Amplitude',
  families: [
    {
      packages: ['@amplitude/experiment-js-client', '@amplitude/experiment-react-native-client'],
      shapes: [
        { form: 'call', names: ['variant'], key: 0, default: 1, field: 'value', type: 'string' },
        { form: 'record', names: ['all'], spelling: 'as-is', field: 'value' },
        { form: 'call', names: ['exposure'], key: 0, effect: 'listen', type: 'string' },
      ],
    },
    {
      packages: ['@amplitude/experiment-node-server'],
      shapes: [
        { form: 'record', names: ['fetchV2'], spelling: 'as-is', field: 'value', holder: 'promise' },
        { form: 'record', names: ['evaluateV2'], spelling: 'as-is', field: 'value' },
        { form: 'record', names: ['evaluate'], spelling: 'as-is', field: 'value', holder: 'promise' },
      ],
    },
  ],
};
