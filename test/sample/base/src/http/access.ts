import type { Session } from '../types.ts';

export class Forbidden extends Error {}

/** Lets pass only who may do it. */
export function requirePermission(session: Session, permission: string): void {
  if (!session.permissions.includes(permission)) throw new Forbidden(`${session.user} lacks ${permission}`);
}
