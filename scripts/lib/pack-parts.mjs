import fs from 'node:fs';

/**
 * Packs the parts of a program behind its starter, in a comment, so that it is one file and only the parts that are asked for are parsed:
 * `server/src/host/compiled-parts.ts` reads them.
 * @param {string} bundle the path of the starter, which is written anew
 * @param {Record<string, string>} parts texts by name
 */
export function packParts(bundle, parts) {
  let text = `${fs.readFileSync(bundle, 'utf8').trimEnd()}\n/*`;
  let length = Buffer.byteLength(text);
  /** @type {Record<string, [start: number, end: number]>} in bytes */
  const places = {};
  for (const [name, part] of Object.entries(parts)) {
    const packed = part.replaceAll('*/', '*\0/');
    const end = length + Buffer.byteLength(packed);
    places[name] = [length, end];
    text += packed;
    length = end;
  }
  fs.writeFileSync(bundle, `${text}*/\n//${JSON.stringify(places)}`);
}
