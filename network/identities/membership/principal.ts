import { msp } from '@hyperledger/fabric-protos';
import type { NodeRole } from '../authority/issuer.js';

/** What a principal may ask of an identity: any valid one of the organisation, or one classified as such. */
export type PrincipalRole = 'member' | NodeRole;

/** A policy's principal, read once. `unknown` is satisfied by nobody. */
export type Principal =
  | { readonly kind: 'role'; readonly mspId: string; readonly role: PrincipalRole }
  | { readonly kind: 'unit'; readonly mspId: string; readonly unit: string; readonly certifiersId: Uint8Array }
  | { readonly kind: 'identity'; readonly serialized: Uint8Array }
  | { readonly kind: 'anonymity'; readonly nominal: boolean }
  | { readonly kind: 'combined'; readonly all: readonly Principal[] }
  | { readonly kind: 'unknown' };

const { Classification } = msp.MSPPrincipal;
const { MSPRoleType } = msp.MSPRole;

const ROLE_NUMBERS = {
  member: MSPRoleType.MEMBER,
  admin: MSPRoleType.ADMIN,
  client: MSPRoleType.CLIENT,
  peer: MSPRoleType.PEER,
  orderer: MSPRoleType.ORDERER,
} as const satisfies Record<PrincipalRole, number>;

const ROLES: ReadonlyMap<number, PrincipalRole> = new Map(
  Object.entries(ROLE_NUMBERS).map(([role, number]) => [number, role as PrincipalRole]),
);

const known = new WeakMap<msp.MSPPrincipal, Principal>();

/** Reads `msp.MSPPrincipal`, once per object; bytes that do not decode become `unknown`. */
export function readPrincipal(principal: msp.MSPPrincipal): Principal {
  let result = known.get(principal);
  if (result === undefined) {
    result = decodeOrUnknown(principal);
    known.set(principal, result);
  }
  return result;
}

function decodeOrUnknown(principal: msp.MSPPrincipal): Principal {
  try {
    return decode(principal.getPrincipalClassification(), principal.getPrincipal_asU8());
  } catch {
    // Fabric takes a principal that does not decode as one that nobody satisfies.
    return { kind: 'unknown' };
  }
}

function decode(classification: number, bytes: Uint8Array): Principal {
  switch (classification) {
    case Classification.ROLE:
      return decodeRole(msp.MSPRole.deserializeBinary(bytes));
    case Classification.ORGANIZATION_UNIT: {
      const unit = msp.OrganizationUnit.deserializeBinary(bytes);
      return { kind: 'unit', mspId: unit.getMspIdentifier(), unit: unit.getOrganizationalUnitIdentifier(), certifiersId: unit.getCertifiersIdentifier_asU8() };
    }
    case Classification.IDENTITY:
      return { kind: 'identity', serialized: bytes };
    case Classification.ANONYMITY:
      return { kind: 'anonymity', nominal: msp.MSPIdentityAnonymity.deserializeBinary(bytes).getAnonymityType() === msp.MSPIdentityAnonymity.MSPIdentityAnonymityType.NOMINAL };
    case Classification.COMBINED: {
      const all = msp.CombinedPrincipal.deserializeBinary(bytes).getPrincipalsList();
      return all.length === 0 ? { kind: 'unknown' } : { kind: 'combined', all: all.map(readPrincipal) };
    }
    default:
      return { kind: 'unknown' };
  }
}

function decodeRole(role: msp.MSPRole): Principal {
  const name = ROLES.get(role.getRole());
  return name === undefined ? { kind: 'unknown' } : { kind: 'role', mspId: role.getMspIdentifier(), role: name };
}

/** The principal `<mspId>.<role>` of a signature policy. */
export function rolePrincipal(mspId: string, role: PrincipalRole): msp.MSPPrincipal {
  const content = new msp.MSPRole();
  content.setMspIdentifier(mspId);
  content.setRole(ROLE_NUMBERS[role]);
  const principal = new msp.MSPPrincipal();
  principal.setPrincipalClassification(Classification.ROLE);
  principal.setPrincipal(content.serializeBinary());
  return principal;
}
