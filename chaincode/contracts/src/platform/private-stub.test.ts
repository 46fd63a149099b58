import { ClaimsContext } from '../claims/claims-context.js';
import { ContractNetwork, refusalOf } from '../testing/contract-network.js';
import { organisations } from '../testing/organisations.js';
import { chaincodeError } from './chaincode-error.js';
import { Contract, Transaction } from './contract-api.js';
import { serveChaincode } from './server/chaincode-server.js';

/** What a careless change of the claims chaincode might do, in the context that it has. */
class Careless extends Contract {
  constructor() {
    super('claims');
  }

  override createContext(): ClaimsContext {
    return new ClaimsContext();
  }

  @Transaction()
  putState(ctx: ClaimsContext): Promise<void> {
    return refusing(ctx, () => ctx.stub.putState('patient', new TextEncoder().encode('Doe')));
  }

  @Transaction()
  deleteState(ctx: ClaimsContext): Promise<void> {
    return refusing(ctx, () => ctx.stub.deleteState('patient'));
  }

  @Transaction()
  setPolicy(ctx: ClaimsContext): Promise<void> {
    return refusing(ctx, () => ctx.stub.setStateValidationParameter('patient', new Uint8Array([1])));
  }

  @Transaction()
  tell(ctx: ClaimsContext): Promise<void> {
    return refusing(ctx, () => {
      ctx.stub.setEvent('claims.changed.v1', new TextEncoder().encode('Doe'));
    });
  }

  @Transaction()
  putPrivate(ctx: ClaimsContext): Promise<void> {
    return refusing(ctx, () => ctx.stub.putPrivateData('_implicit_org_GeneralMSP', 'key', new TextEncoder().encode('Doe')));
  }
}

async function refusing(ctx: ClaimsContext, write: () => unknown): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw chaincodeError(error, ctx.stub.getTxID());
  }
}

describe('in the claims chaincode', () => {
  let network: ContractNetwork;
  const { hospital } = organisations;

  beforeAll(async () => {
    network = await ContractNetwork.start([hospital], ['claims']);
    const server = await serveChaincode({ chaincodeId: 'claims:0.1.0', address: 'localhost:0', mspId: hospital.mspId, contracts: [Careless], title: 'careless', version: '0' });
    network.closeLater(server.stop);
    network.serveInstead(hospital.mspId, 'claims', server.address);
  }, 120_000);

  afterAll(async () => {
    await network.stop();
  });

  test.each(['putState', 'deleteState', 'setPolicy', 'tell'])('%s is refused, whatever calls it', async (transaction) => {
    const someone = await network.as(hospital.mspId, 'someone');
    expect((await refusalOf(someone.submit('claims', transaction, undefined))).code).toBe('PUBLIC_WRITE_REFUSED');
  });

  test('private data can be written', async () => {
    const someone = await network.as(hospital.mspId, 'someone');
    expect(await someone.submit('claims', 'putPrivate', undefined)).toMatchObject({ code: 0 });
  });
});
