/** Makes the sample anew in a folder, which is emptied first: a git repository on the branch `checkout-rework`. */
export function makeSample(folder: string): Promise<void>;
