import { TRANSIENT_COMMAND, commandHash, encodeOwnCommand } from '@medaccord/domain';
import type { CollectVerification, LicenceKey, OwnCommand, OwnCommandBody, OwnReceipt } from '@medaccord/domain';
import { sha256 } from '../../platform/sha256.js';
import type { Committed, ContractNetwork, Party } from '../../testing/contract-network.js';
import { assertValid, inRole, startFoundedNetwork } from '../../testing/founded-registry.js';
import { organisations } from '../../testing/organisations.js';

export const HOSPITAL = organisations.hospital.mspId;
export const NPI = '1234567893';
export const LICENCE: LicenceKey = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A1' };

/** What a test changes in a command before it is sent. */
export interface Envelope {
  readonly commandId?: string;
  readonly salt?: string;
  readonly ownerMsp?: string;
  readonly person?: string;
  readonly by?: Party;
  readonly endorsers?: readonly string[];
}

/** A founded network with one licensed clinician, and the hospital's people. */
export class StaffOffice {
  readonly network: ContractNetwork;
  #ids = 0;

  private constructor(network: ContractNetwork) {
    this.network = network;
  }

  static async start(): Promise<StaffOffice> {
    const office = new StaffOffice(await startFoundedNetwork(['registry', 'claims']));
    const admin = await inRole(office.network, 'office', 'member-admin');
    assertValid(await admin.submit('registry', 'advanceClock', { time: new Date().toISOString() }));
    await office.#license();
    return office;
  }

  person(role: string): Promise<Party> {
    return inRole(this.network, 'hospital', role);
  }

  /** Gives a command and waits until it is committed; its receipt. */
  async apply(role: string, body: OwnCommandBody, envelope: Envelope = {}): Promise<OwnReceipt> {
    const command = this.command(role, body, envelope);
    assertValid(await this.send(role, command, envelope));
    return (await (await this.person(role)).evaluate('claims', 'credentials:readReceipt', [command.commandId])) as OwnReceipt;
  }

  command(role: string, body: OwnCommandBody, { commandId, salt, ownerMsp, person }: Envelope = {}): OwnCommand {
    return {
      schema: 'credentials-command/v1', commandId: commandId ?? this.newId(), salt: salt ?? this.newId(), actor: { id: person ?? `person-${role}`, role },
      parties: { ownerMsp: ownerMsp ?? HOSPITAL }, body,
    };
  }

  async send(role: string, command: OwnCommand, { by, endorsers = [HOSPITAL] }: Envelope = {}): Promise<Committed> {
    const bytes = encodeOwnCommand(command);
    const sender = by ?? (await this.person(role));
    return sender.submit('claims', 'credentials:apply', commandHash(bytes, sha256), { transient: { [TRANSIENT_COMMAND]: bytes }, endorsers });
  }

  /** Has a command endorsed, lets something happen, and submits it then; Fabric's validation code. */
  async endorseThen(role: string, command: OwnCommand, meanwhile: () => Promise<unknown>): Promise<number> {
    const bytes = encodeOwnCommand(command);
    const options = { transient: { [TRANSIENT_COMMAND]: bytes }, endorsers: [HOSPITAL] };
    return (await this.person(role)).endorseThen('claims', 'credentials:apply', commandHash(bytes, sha256), options, meanwhile);
  }

  async read<T>(role: string, query: string, ...args: readonly string[]): Promise<T> {
    return (await (await this.person(role)).evaluate('claims', `credentials:${query}`, args)) as T;
  }

  /** A question to the registry about the clinician's licence, today. */
  licenceQuestion(verificationId: string): CollectVerification {
    return {
      verb: 'collectVerification', verificationId, npi: NPI, namesSearched: ['Byron, Ada'], element: 'licence', source: { name: 'ca-medical', type: 'primary' }, method: 'ledger-query',
      criteria: 'npi', asOf: new Date().toISOString().slice(0, 10), answer: { type: 'ask-registry', jurisdiction: 'CA' }, surname: 'Byron', system: 'gateway', systemVersion: '1',
    };
  }

  newId(): string {
    this.#ids += 1;
    return this.#ids.toString(16).padStart(32, '0');
  }

  stop(): Promise<void> {
    return this.network.stop();
  }

  async #license(): Promise<void> {
    const registrar = await inRole(this.network, 'board', 'registrar');
    const send = async (transaction: string, item: object): Promise<void> => {
      const { result } = await registrar.submit('registry', transaction, { items: [item] });
      if (/REFUSED/.test(result)) throw new Error(result);
    };
    await send('issueLicences', { actionId: this.newId(), licence: LICENCE, effectiveFrom: '2010-01-01', status: 'ACTIVE' });
    await send('registerProviders', { npi: NPI, type: 'individual', name: { family: 'Byron', given: 'Ada' }, taxonomies: ['207R00000X'] });
    await send('linkProviderLicences', { type: 'ASSERT', npi: NPI, licence: LICENCE });
  }
}
