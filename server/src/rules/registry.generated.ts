import flagsConflictingDefaults from './flags/conflicting-defaults.ts';
import flagsConstant from './flags/constant.ts';
import flagsContradiction from './flags/contradiction.ts';
import flagsExpired from './flags/expired.ts';
import flagsIdenticalSides from './flags/identical-sides.ts';
import flagsMissingLifecycle from './flags/missing-lifecycle.ts';
import flagsMistypedKey from './flags/mistyped-key.ts';
import flagsNested from './flags/nested.ts';
import flagsPrefixCollision from './flags/prefix-collision.ts';
import flagsReadAtLoad from './flags/read-at-load.ts';
import flagsStale from './flags/stale.ts';
import flagsUnawaitedRead from './flags/unawaited-read.ts';
import flagsUndefinedRead from './flags/undefined-read.ts';
import flagsUnusedDefinition from './flags/unused-definition.ts';
import flagsWrongType from './flags/wrong-type.ts';
import riskAuthCheckRemoved from './risk/auth-check-removed.ts';
import riskAuthConditionWeakened from './risk/auth-condition-weakened.ts';
import riskBoundaryChanged from './risk/boundary-changed.ts';
import riskCatchEmptied from './risk/catch-emptied.ts';
import riskCatchRemoved from './risk/catch-removed.ts';
import riskChangeTooLarge from './risk/change-too-large.ts';
import riskCiGateWeakened from './risk/ci-gate-weakened.ts';
import riskCleanupRemoved from './risk/cleanup-removed.ts';
import riskConcurrencyChanged from './risk/concurrency-changed.ts';
import riskCorsCookieWeakened from './risk/cors-cookie-weakened.ts';
import riskCriticalPathUntagged from './risk/critical-path-untagged.ts';
import riskCryptoChanged from './risk/crypto-changed.ts';
import riskDefaultFlipped from './risk/default-flipped.ts';
import riskDepMajor from './risk/dep-major.ts';
import riskDuplicateAdded from './risk/duplicate-added.ts';
import riskEnumMemberRemoved from './risk/enum-member-removed.ts';
import riskEnvVarUndeclared from './risk/env-var-undeclared.ts';
import riskExportRemoved from './risk/export-removed.ts';
import riskFlagDefaultFlipped from './risk/flag-default-flipped.ts';
import riskHotspot from './risk/hotspot.ts';
import riskManifestSafety from './risk/manifest-safety.ts';
import riskMoneyArithmetic from './risk/money-arithmetic.ts';
import riskPromiseUnawaited from './risk/promise-unawaited.ts';
import riskRawSqlIntroduced from './risk/raw-sql-introduced.ts';
import riskResponseShape from './risk/response-shape.ts';
import riskRetryChanged from './risk/retry-changed.ts';
import riskRouteChanged from './risk/route-changed.ts';
import riskSignatureBreaking from './risk/signature-breaking.ts';
import riskSuppressionAdded from './risk/suppression-added.ts';
import riskTimeoutChanged from './risk/timeout-changed.ts';
import riskTlsVerifyOff from './risk/tls-verify-off.ts';
import riskTransactionRemoved from './risk/transaction-removed.ts';
import riskValidationRemoved from './risk/validation-removed.ts';
import riskWireNameChanged from './risk/wire-name-changed.ts';
import type { Rule } from './rule.ts';
import tagsBadDate from './tags/bad-date.ts';
import tagsCoversNothing from './tags/covers-nothing.ts';
import tagsExpired from './tags/expired.ts';
import tagsIdleSuppression from './tags/idle-suppression.ts';
import tagsNoReason from './tags/no-reason.ts';
import tagsUnknownKind from './tags/unknown-kind.ts';
import tagsUnknownRule from './tags/unknown-rule.ts';
import testsAssertWeakened from './tests/assert-weakened.ts';
import testsRemoved from './tests/removed.ts';
import testsSkipped from './tests/skipped.ts';
import testsThresholdLowered from './tests/threshold-lowered.ts';
import testsUntestedChange from './tests/untested-change.ts';

/** Every rule, by id. Generated from the folder: run `npm run generate`. */
export const rules: readonly Rule[] = [
  flagsConflictingDefaults,
  flagsConstant,
  flagsContradiction,
  flagsExpired,
  flagsIdenticalSides,
  flagsMissingLifecycle,
  flagsMistypedKey,
  flagsNested,
  flagsPrefixCollision,
  flagsReadAtLoad,
  flagsStale,
  flagsUnawaitedRead,
  flagsUndefinedRead,
  flagsUnusedDefinition,
  flagsWrongType,
  riskAuthCheckRemoved,
  riskAuthConditionWeakened,
  riskBoundaryChanged,
  riskCatchEmptied,
  riskCatchRemoved,
  riskChangeTooLarge,
  riskCiGateWeakened,
  riskCleanupRemoved,
  riskConcurrencyChanged,
  riskCorsCookieWeakened,
  riskCriticalPathUntagged,
  riskCryptoChanged,
  riskDefaultFlipped,
  riskDepMajor,
  riskDuplicateAdded,
  riskEnumMemberRemoved,
  riskEnvVarUndeclared,
  riskExportRemoved,
  riskFlagDefaultFlipped,
  riskHotspot,
  riskManifestSafety,
  riskMoneyArithmetic,
  riskPromiseUnawaited,
  riskRawSqlIntroduced,
  riskResponseShape,
  riskRetryChanged,
  riskRouteChanged,
  riskSignatureBreaking,
  riskSuppressionAdded,
  riskTimeoutChanged,
  riskTlsVerifyOff,
  riskTransactionRemoved,
  riskValidationRemoved,
  riskWireNameChanged,
  testsAssertWeakened,
  testsRemoved,
  testsSkipped,
  testsThresholdLowered,
  testsUntestedChange,
  tagsBadDate,
  tagsCoversNothing,
  tagsExpired,
  tagsIdleSuppression,
  tagsNoReason,
  tagsUnknownKind,
  tagsUnknownRule,
] as Rule[];
