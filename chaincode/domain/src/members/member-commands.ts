import { isMspId } from '../shared/ids.js';
import { freeText, integer, object, oneOf, optional, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { Member, MemberStatus, Unit } from './member.js';
import { unitsShape } from './units.js';

/** A new member. The consortium office registers itself by initialising the registry. */
export interface RegisterMember {
  readonly mspId: string;
  readonly name: string;
  readonly kind: Exclude<Member['kind'], 'consortium'>;
  readonly units: readonly Unit[];
}

/** Changes of a member; what is left out stays. Units are given as a whole, and none that exists may be missing. */
export interface UpdateMember {
  readonly mspId: string;
  readonly expectedVersion: number;
  readonly name?: string;
  readonly status?: MemberStatus;
  readonly units?: readonly Unit[];
}

const mspId = text(isMspId);

/** Reads a new member. */
export const registerMemberShape: Shape<RegisterMember> = object<RegisterMember>({
  mspId,
  name: freeText(1, 120),
  kind: oneOf(['insurer', 'hospital', 'licensing-board']),
  units: unitsShape,
});

/** Reads changes of a member. */
export const updateMemberShape: Shape<UpdateMember> = object<UpdateMember>({
  mspId,
  expectedVersion: integer(1),
  name: optional(freeText(1, 120)),
  status: optional(oneOf(['ACTIVE', 'SUSPENDED', 'LEFT'])),
  units: optional(unitsShape),
});
