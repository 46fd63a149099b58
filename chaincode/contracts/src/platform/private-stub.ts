import type { ChaincodeStub } from 'fabric-shim-api';
import { DomainError } from '@medaccord/domain';

/** What would stand in the block for every member to read. */
const PUBLIC_WRITES: readonly string[] = ['putState', 'deleteState', 'setStateValidationParameter'];

/**
 * The same stub without public writes, whatever calls them: a chaincode whose documents are all private refuses them with
 * PUBLIC_WRITE_REFUSED. An event may have a name and no payload.
 */
export function withoutPublicWrites(stub: ChaincodeStub): ChaincodeStub {
  return new Proxy(stub, {
    get(target, name): unknown {
      if (typeof name === 'string' && PUBLIC_WRITES.includes(name)) return refuse;
      if (name === 'setEvent') return setEmptyEvent(target);
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

function refuse(): never {
  throw new DomainError('PUBLIC_WRITE_REFUSED');
}

function setEmptyEvent(stub: ChaincodeStub): ChaincodeStub['setEvent'] {
  return (name, payload) => {
    if (payload.length > 0) refuse();
    stub.setEvent(name, payload);
  };
}
