// node_modules, compared with package-lock.json.
import fs from 'node:fs';
import path from 'node:path';
import { npm } from '../lib/npm.mjs';
import { root } from '../lib/paths.mjs';
import { Problem, step } from '../lib/step.mjs';

/** Installs the locked packages unless every one of them is there in its locked version. */
export async function installModules(folder = root) {
  const difference = firstDifference(folder);
  if (difference === undefined) return;
  await step(`installing packages (${difference})`, () =>
    // No install script is needed here, and those of optional packages ask for compilers and downloads.
    npm(['ci', '--include=dev', '--include=optional', '--ignore-scripts'], folder, 'the packages of this project'),
  );
  const left = firstDifference(folder);
  if (left !== undefined)
    throw new Problem(
      `npm ci ended well and yet ${left}: remove ${path.join(folder, 'node_modules')} and run this again.`,
    );
}

/** What is missing or other than locked, in words; undefined when all is in place. */
export function firstDifference(folder) {
  const locked = readPackages(path.join(folder, 'package-lock.json'));
  if (locked === undefined) throw new Problem(`${folder} has no readable package-lock.json: restore it from git.`);
  const installed = readPackages(path.join(folder, 'node_modules/.package-lock.json'));
  if (installed === undefined) return 'nothing is installed yet';
  for (const [place, wanted] of Object.entries(locked)) {
    if (place === '') continue;
    const found = installed[place];
    if (found === undefined) {
      if (wanted.optional) continue;
      return `${name(place)} is missing`;
    }
    if (found.version !== wanted.version || found.integrity !== wanted.integrity)
      return `${name(place)} is ${found.version}, not ${wanted.version}`;
    if (!fs.existsSync(path.join(folder, place, 'package.json'))) return `${name(place)} is missing`;
  }
  return undefined;
}

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function name(place) {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
