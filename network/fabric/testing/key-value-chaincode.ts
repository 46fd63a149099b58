import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { ChaincodeInterface, ChaincodeResponse, ChaincodeStub } from 'fabric-shim';
import type { ChaincodeServerAssignment, ChaincodeStarter } from '../chaincode/chaincode-server.js';

// The shim reads its log level once, when it is loaded, so it is loaded when the level is set and not before.
process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ??= 'CRITICAL';
const shim = createRequire(import.meta.url)('fabric-shim') as typeof import('fabric-shim');

/** A chaincode that knows nothing of anybody's business; its answer to `version` tells which server was asked. */
class KeyValueChaincode implements ChaincodeInterface {
  constructor(private readonly chaincodeId: string) {}

  async Init(): Promise<ChaincodeResponse> {
    return Promise.resolve(shim.Shim.success());
  }

  async Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse> {
    try {
      return await this.run(stub);
    } catch (error) {
      return shim.Shim.error(error instanceof Error ? error.message : 'failed');
    }
  }

  private async run(stub: ChaincodeStub): Promise<ChaincodeResponse> {
    const [name = '', first = '', second = ''] = stub.getArgs();
    switch (name) {
      case 'put':
        await stub.putState(first, Buffer.from(second));
        return shim.Shim.success();
      case 'get':
        return shim.Shim.success(Buffer.from(await stub.getState(first)));
      case 'putPrivate':
        await stub.putPrivateData(first, second, stub.getTransient().get('value') ?? Buffer.alloc(0));
        return shim.Shim.success();
      case 'getPrivate':
        return shim.Shim.success(Buffer.from(await stub.getPrivateData(first, second)));
      case 'version':
        return shim.Shim.success(Buffer.from(this.chaincodeId));
      default:
        return shim.Shim.error(`no function ${name}`);
    }
  }
}

interface Listening {
  readonly _server: { forceShutdown(): void };
}

/** Serves the chaincode in this process. */
export const serveKeyValue: ChaincodeStarter = async ({ chaincodeId, address, tls }: ChaincodeServerAssignment) => {
  const server = shim.Shim.server(new KeyValueChaincode(chaincodeId), {
    ccid: chaincodeId,
    address,
    tlsProps: { key: await readFile(tls.privateKey), cert: await readFile(tls.certificate), clientCACerts: await readFile(tls.caCertificate) },
  });
  await server.start();
  return {
    stop: async () => {
      (server as unknown as Listening)._server.forceShutdown();
      return Promise.resolve();
    },
  };
};
