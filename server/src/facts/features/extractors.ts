import { auth, procedures } from './auth.ts';
import { authCondition } from './auth-condition.ts';
import { boundaryExtractor } from './boundary.ts';
import { catches } from './catch.ts';
import { cleanups } from './cleanup.ts';
import { limits, loops } from './concurrency.ts';
import { cookie } from './cookie.ts';
import { crypto } from './crypto.ts';
import { defaults } from './default.ts';
import { envVarExtractor } from './env-var.ts';
import type { Extractor } from './extractor.ts';
import { flagDefaultExtractor } from './flag-default.ts';
import { guard } from './guard.ts';
import { members } from './member.ts';
import { moneyExtractor } from './money.ts';
import { responses } from './response.ts';
import { retries } from './retry.ts';
import { routes } from './route.ts';
import { routeAccess } from './route-access.ts';
import { schema } from './schema.ts';
import { sql } from './sql.ts';
import { statuses } from './status.ts';
import { tested } from './tested.ts';
import { thresholdExtractor } from './threshold.ts';
import { timeouts } from './timeout.ts';
import { tls } from './tls.ts';
import { transactions } from './transaction.ts';
import { validation } from './validation.ts';
import { wireNames } from './wire-name.ts';

/** Every extractor. One line each: adding a kind of feature is a file and a line here. */
export const extractors: readonly Extractor[] = [
  catches,
  timeouts,
  auth,
  procedures,
  defaults,
  authCondition,
  boundaryExtractor,
  cleanups,
  limits,
  loops,
  cookie,
  crypto,
  envVarExtractor,
  flagDefaultExtractor,
  guard,
  members,
  moneyExtractor,
  responses,
  retries,
  routeAccess,
  routes,
  schema,
  sql,
  statuses,
  tested,
  thresholdExtractor,
  tls,
  transactions,
  validation,
  wireNames,
];
