/** Wrong input by a person: the message is a sentence that names the place and the way out, and is shown without a stack. */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UserError';
  }
}
