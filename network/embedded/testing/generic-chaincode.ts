import type { ChaincodeInterface, ChaincodeResponse, ChaincodeStub } from 'fabric-shim';

type Operation = (stub: ChaincodeStub, args: readonly string[]) => Promise<string | Uint8Array> | string | Uint8Array;

const operations: Readonly<Record<string, Operation>> = {
  put: async (stub, [key = '', value = '']) => {
    await stub.putState(key, Buffer.from(value));
    stub.setEvent('put', Buffer.from(key));
    return key;
  },
  get: async (stub, [key = '']) => stub.getState(key),
  /** Reads one key and writes another: its result depends on the state it saw. */
  copy: async (stub, [from = '', to = '']) => {
    await stub.putState(to, await stub.getState(from));
    return '';
  },
  fail: (_stub, [message = '']) => {
    throw new Error(message);
  },
  /** Different at every organisation. */
  whereAmI: async (stub) => {
    const here = process.hrtime.bigint().toString();
    await stub.putState('where', Buffer.from(here));
    return here;
  },
  putPrivate: async (stub, [collection = '', key = '']) => {
    await stub.putPrivateData(collection, key, stub.getTransient().get('value') ?? Buffer.from('none'));
    return '';
  },
  /** The same value into two collections. */
  putPrivateTwice: async (stub, [first = '', second = '', key = '']) => {
    const value = stub.getTransient().get('value') ?? Buffer.from('none');
    await stub.putPrivateData(first, key, value);
    await stub.putPrivateData(second, key, value);
    return '';
  },
  getPrivate: async (stub, [collection = '', key = '']) => stub.getPrivateData(collection, key),
  guard: async (stub, [key = '', policy = '']) => {
    await stub.setStateValidationParameter(key, Buffer.from(policy, 'base64'));
    return '';
  },
  call: async (stub, [chaincode = '', channel = '', ...args]) => {
    const response = await stub.invokeChaincode(chaincode, args, channel);
    return response.payload ?? '';
  },
  large: (_stub, [megabytes = '1']) => Buffer.alloc(Number(megabytes) * 1024 * 1024, 'x'),
};

/** A chaincode that does one thing per function, for tests of the network around it. */
export class GenericChaincode implements ChaincodeInterface {
  Init(): Promise<ChaincodeResponse> {
    return Promise.resolve(succeeded(''));
  }

  async Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse> {
    const { fcn, params } = stub.getFunctionAndParameters();
    const operation = operations[fcn];
    if (!operation) return failed(`no function ${fcn}`);
    try {
      return succeeded(await operation(stub, params));
    } catch (cause) {
      return failed(cause instanceof Error ? cause.message : String(cause));
    }
  }
}

function succeeded(result: string | Uint8Array): ChaincodeResponse {
  return { status: 200, message: '', payload: Buffer.from(result) };
}

function failed(message: string): ChaincodeResponse {
  return { status: 500, message, payload: Buffer.alloc(0) };
}
