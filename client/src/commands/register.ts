import * as vscode from 'vscode';
import type {
  ChangeFinding,
  CompareArguments,
  FlagView,
  RevealArguments,
  ShowReadsArguments,
  ShowRefusedArguments,
} from '../../../server/src/protocol/messages.ts';
import { leftAsTheyWere, offerRefused, peek, reveal } from '../places.ts';
import { cleanUpFlags } from './clean-up.ts';
import { createComparison } from './compare.ts';
import { copyFlagReport } from './copy-report.ts';
import { detectFlagShapes } from './detect-shapes.ts';
import { findFlag, showFlagReads } from './find-flag.ts';
import { openPolicy } from './open-policy.ts';
import type { Parts } from './parts.ts';
import { copyRemovalPlan, removeFlag } from './remove-flag.ts';
import { createReview } from './review.ts';
import { wrapInFlag } from './wrap-in-flag.ts';

/** Registers every command of `package.json`, and those that only views and code actions call. */
export function registerCommands(parts: Parts): vscode.Disposable {
  const review = createReview(parts);
  const comparison = createComparison(parts);
  const commands: Record<string, (...args: never[]) => unknown> = {
    'switchyard.cleanUpFlags': (given) => cleanUpFlags(parts, given),
    'switchyard.removeFlag': (given) => removeFlag(parts, given),
    'switchyard.copyRemovalPlan': (given) => copyRemovalPlan(parts, given),
    'switchyard.showLastRemoval': () => parts.lastRemoval.show(),
    'switchyard.wrapInFlag': (given) => wrapInFlag(parts, given),
    'switchyard.reviewChange': () => review.show(),
    'switchyard.copyReview': () => review.copy(),
    'switchyard.compareWithBase': (...given: Partial<CompareArguments>) => comparison.show(...given),
    'switchyard.compareFinding': ({ finding }: { finding: ChangeFinding }) =>
      comparison.show(finding.place.uri, finding.place.range),
    'switchyard.findFlag': () => findFlag(parts),
    'switchyard.detectShapes': (given) => detectFlagShapes(parts, given),
    'switchyard.copyFlagReport': () => copyFlagReport(parts),
    'switchyard.flags.copyKey': ({ flag }: { flag: FlagView }) => vscode.env.clipboard.writeText(flag.key),
    'switchyard.flags.showReads': showFlagReads,
    'switchyard.flags.openDefinition': ({ flag }: { flag: FlagView }) =>
      flag.definitions[0] && reveal(flag.definitions[0]),
    'switchyard.showFlags': () => vscode.commands.executeCommand('switchyard.flags.focus'),
    'switchyard.openPolicy': () => openPolicy(parts),
    'switchyard.restartServer': () => parts.server.restart(),
    'switchyard.showLog': () => parts.server.log.show(),
    'switchyard.fixFinding': fixFinding,
    'switchyard.reveal': (...[uri, range]: RevealArguments) => reveal({ uri, range }),
    'switchyard.showReads': (...[uri, from, reads]: ShowReadsArguments) => peek(uri, from, reads),
    'switchyard.showRefused': (...[places]: ShowRefusedArguments) =>
      offerRefused(places, leftAsTheyWere(places.length)),
  };
  const registered = Object.entries(commands).map(([id, run]) =>
    vscode.commands.registerCommand(id, guarded(parts, run)),
  );
  return vscode.Disposable.from(review.provider, comparison.provider, ...registered);
}

/** A command that fails tells the user so, in the sentence of the error, and offers the log. */
function guarded({ server }: Parts, run: (...args: never[]) => unknown) {
  return async (...args: unknown[]) => {
    try {
      return await run(...(args as never[]));
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      server.log.error(error instanceof Error ? error : sentence);
      void vscode.window.showErrorMessage(sentence, 'Show Log').then((choice) => {
        if (choice) server.log.show();
      });
      return undefined;
    }
  };
}

/** Opens a finding's place and the editor's own menu of its fixes. */
async function fixFinding({ finding }: { finding: ChangeFinding }): Promise<void> {
  await reveal(finding.place);
  await vscode.commands.executeCommand('editor.action.quickFix');
}
