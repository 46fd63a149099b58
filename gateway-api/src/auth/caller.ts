import type { Request } from 'express';
import { DomainError } from '@medaccord/domain';

/** Who sent a request, as the verified token says. */
export interface Caller {
  /** The token's subject: a person or system of the organisation. */
  readonly subject: string;
  /** MSP id of the caller's organisation. */
  readonly organisation: string;
  readonly roles: readonly string[];
  /** The unit (a board of an agency, a facility) that the caller is bound to; absent for the whole organisation. */
  readonly unit?: string;
}

/** Who acts in a request: the caller in the one role that the request's permission selected. */
export interface Actor {
  readonly id: string;
  readonly role: string;
  readonly unit?: string;
  /** The mandate by which the caller, an agent's person, acts. */
  readonly mandateId?: string;
}

const actors = new WeakMap<object, Actor>();
const callers = new WeakMap<object, Caller>();

/** Remembers the actor whom the guard admitted, and the caller in all roles. */
export function admit(request: Request, actor: Actor, caller: Caller): void {
  actors.set(request, actor);
  callers.set(request, caller);
}

/** The caller of an admitted request, for routes where what is asked decides the role; refuses where none was admitted. */
export function callerOf(request: Request): Caller {
  const caller = callers.get(request);
  if (caller === undefined) throw new DomainError('UNAUTHENTICATED');

  return caller;
}

/** The actor of an admitted request; refuses where no guard admitted one. */
export function actorOf(request: Request): Actor {
  const actor = actors.get(request);
  if (actor === undefined) throw new DomainError('UNAUTHENTICATED');

  return actor;
}
