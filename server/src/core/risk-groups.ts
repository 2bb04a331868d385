/** What a risk is about. The key is the word that a delivery tag names it by: `@risk(time): ...`; `part` heads it in lists. */
export const riskGroups = {
  errors: { part: 'Errors and time', what: 'failures that nobody handles any more' },
  time: { part: 'Errors and time', what: 'timeouts, retries, concurrency' },
  auth: { part: 'Access', what: 'who may do what' },
  validation: { part: 'Access', what: 'checks of what comes in' },
  crypto: { part: 'Access', what: 'cryptography, TLS, cookies, SQL' },
  contract: { part: 'Contracts', what: 'exports, signatures, routes, payloads, names on the wire' },
  default: { part: 'Defaults and numbers', what: 'values that hold where nobody says otherwise' },
  money: { part: 'Defaults and numbers', what: 'amounts, rounding, boundaries' },
  pipeline: { part: 'Pipeline', what: 'dependencies, CI, environment, manifests' },
  tests: { part: 'Tests', what: 'tests that say less than they did, or are missing' },
  habits: { part: 'Habits of hurried code', what: 'suppressions and copies' },
  size: { part: 'Size and place', what: 'how large the change is, and where it is' },
} as const;

export type RiskGroup = keyof typeof riskGroups;

/** The parts of a list of rules, in the order in which they are shown. */
export const riskParts: readonly string[] = [...new Set(Object.values(riskGroups).map(({ part }) => part))];
