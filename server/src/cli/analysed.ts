import { UserError } from '../core/user-error.ts';
import type { Analysis } from '../session/analysis.ts';
import { at, placer } from '../session/places.ts';
import type { Face, OpenFolder } from './face.ts';

/**
 * The analysis of a folder, with progress on the way and what was learned kept for the next run.
 * @throws UserError for a policy that is not right: a command line has no last good one to go on with.
 */
export async function analysed(face: Face, folder: OpenFolder): Promise<Analysis> {
  const analysis = await folder.session.analyse(undefined, (done, all) => face.progress(done, all));
  face.progressDone();
  await folder.session.save();
  const wrong = policyProblems(analysis);
  if (wrong.length > 0) throw new UserError(wrong.join('\n'));
  for (const { rule, error } of analysis.failures)
    face.err(`The rule ${rule} failed and is left out: ${error instanceof Error ? error.message : String(error)}`);
  return analysis;
}

function policyProblems({ findings, world }: Analysis): string[] {
  const place = placer((path) => world.text(path));
  return findings
    .filter((finding) => finding.rule === 'policy/invalid')
    .map((finding) => `${at(place(finding.path, finding.range))}: ${finding.message}`);
}
