/** Files whose changes on disk the editor tells: code, templates, what may define flags, and where git says that a branch moved. */
export const watchedFiles = [
  { globPattern: '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro,html,json,jsonc,json5,flagd,yaml,yml,split}' },
  { globPattern: '**/{.env.*,env.example,env.sample,env.template}' },
  { globPattern: '**/.git/{HEAD,index,packed-refs}' },
  { globPattern: '**/.git/refs/heads/**' },
];
