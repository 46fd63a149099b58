import 'reflect-metadata';
import fabric, { Context, Contract } from 'fabric-contract-api';

// A value import of Context: the contract API finds it among the parameters' types at run time.
const { Info, Transaction, Returns } = fabric;

/** The baseline of every figure: a minimal contract that writes one key per transaction, as the public samples do. */
@Info({ title: 'Baseline', description: 'One key per transaction' })
export class BaselineContract extends Contract {
  constructor() {
    super('Baseline');
  }

  @Transaction()
  async put(context: Context, key: string, value: string): Promise<void> {
    await context.stub.putState(key, new TextEncoder().encode(value));
  }

  @Transaction(false)
  @Returns('string')
  async get(context: Context, key: string): Promise<string> {
    return new TextDecoder().decode(await context.stub.getState(key));
  }
}
