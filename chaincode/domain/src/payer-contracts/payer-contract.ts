import { networkShape } from '../coverage/benefit-plan.js';
import { recorded } from '../coverage/record-statements.js';
import { documentShape, joint, opaqueId } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { freeText, integer, list, npiShape, object, oneOf, optional, plainDate, text, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** Who is paid under a contract. */
export interface ContractPayee {
  readonly name: string;
  /** Employer identification number, as claims bill it. */
  readonly taxId: string;
  readonly npi?: Npi;
}

/** What an insurer and a hospital agreed beside the prices. */
export interface PayerContractBody {
  readonly payee: ContractPayee;
  readonly networks: readonly string[];
  /** Plans that it holds for; empty: every plan of its networks. */
  readonly products: readonly OpaqueId[];
  readonly from: PlainDate;
  readonly thru?: PlainDate;
  /** How long a party waits for the other one's signature before it may write alone. */
  readonly aloneAfterHours: number;
}

/** A recorded contract, joint and chained. */
export type PayerContractDocument = PrivateDocument<'payer-contract', PayerContractBody> & { readonly parties: JointParties };

/** A clinician who takes part in a network for a biller. Without an end, until further notice. */
export interface ParticipationBody {
  readonly npi: Npi;
  readonly taxId: string;
  readonly network: string;
  readonly from: PlainDate;
  readonly thru?: PlainDate;
}

/** A recorded participation, joint and chained. */
export type ParticipationDocument = PrivateDocument<'participation', ParticipationBody> & { readonly parties: JointParties };

/** A new version of a contract or participation: 1, or one more than the newest. */
export interface Agreed<Body> {
  readonly id: OpaqueId;
  readonly version: number;
  readonly body: Body;
}

/** Insurer: plan-admin; both sign. */
export interface RecordContracts {
  readonly verb: 'recordContracts';
  readonly items: readonly Agreed<PayerContractBody>[];
}

/** Insurer: plan-admin; both sign. */
export interface RecordParticipations {
  readonly verb: 'recordParticipations';
  readonly items: readonly Agreed<ParticipationBody>[];
}

const taxId = text(/^\d{9}$/);
const notBackwards = ({ from, thru }: { readonly from: PlainDate; readonly thru?: PlainDate }): boolean => thru === undefined || thru >= from;

/** Reads a contract. */
export const payerContractShape: Shape<PayerContractBody> = where(object<PayerContractBody>({
  payee: object<ContractPayee>({ name: freeText(1, 120), taxId, npi: optional(npiShape) }),
  networks: list(networkShape, 1, 50),
  products: list(opaqueId, 0, 100),
  from: plainDate,
  thru: optional(plainDate),
  aloneAfterHours: integer(0, 720),
}), notBackwards, 'INCONSISTENT');

/** Reads a participation. */
export const participationShape: Shape<ParticipationBody> = where(
  object<ParticipationBody>({ npi: npiShape, taxId, network: networkShape, from: plainDate, thru: optional(plainDate) }), notBackwards, 'INCONSISTENT',
);

/** Reads a recorded contract. */
export const payerContractDocumentShape: Shape<PayerContractDocument> = joint(documentShape('payer-contract', payerContractShape));

/** Reads contracts to record. */
export const recordContractsShape: Shape<RecordContracts> = object<RecordContracts>({
  verb: oneOf(['recordContracts']),
  items: list(object<Agreed<PayerContractBody>>({ id: opaqueId, version: integer(1), body: payerContractShape }), 1, 100),
});

/** Reads participations to record. */
export const recordParticipationsShape: Shape<RecordParticipations> = object<RecordParticipations>({
  verb: oneOf(['recordParticipations']),
  items: list(object<Agreed<ParticipationBody>>({ id: opaqueId, version: integer(1), body: participationShape }), 1, 500),
});

/** Records contracts, each as the version that the command names. */
export function recordContracts({ items }: RecordContracts, parties: JointParties, execution: Execution): Effects {
  return recorded(items.map((item) => newDocument(execution, 'payer-contract', item, parties, item.body)));
}

/** Records participations, each as the version that the command names. */
export function recordParticipations({ items }: RecordParticipations, parties: JointParties, execution: Execution): Effects {
  return recorded(items.map((item) => newDocument(execution, 'participation', item, parties, item.body)));
}

/** True where a clinician takes part in a network for a biller on a day. */
export function participates(participations: readonly ParticipationBody[], asked: { readonly npi: Npi; readonly taxId: string; readonly network: string; readonly on: PlainDate }): boolean {
  return participations.some((one) => one.npi === asked.npi && one.taxId === asked.taxId && one.network === asked.network && covers(one, asked.on));
}
