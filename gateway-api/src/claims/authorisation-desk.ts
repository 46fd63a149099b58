import { present } from '@medaccord/domain';
import type { AuthorisationDocument, AuthorisationRequest, CommandBody, DecideAuthorisation, OpaqueId, Parties } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import { opaqueIdOf } from '../ledger/claims-client.js';
import type { ClaimsClient } from '../ledger/claims-client.js';
import { answerOf } from './claim-copies.js';
import type { CommandAnswer } from './claim-copies.js';
import { personKeyOf } from './insured-ids.js';
import type { InsuredPerson } from './insured-ids.js';

/** Services that a hospital asks an insurer to approve. */
export interface AuthorisationToRequest extends Omit<AuthorisationRequest, 'personKey'>, InsuredPerson {
  readonly insurerMsp: string;
}

const STEP = 'authorisation';

/** Asks for authorisation; its number is what claims name. */
export async function requestAuthorisation(client: ClaimsClient, write: WriteRequest, { insurerMsp, memberId, dependant, ...services }: AuthorisationToRequest): Promise<CommandAnswer> {
  const request = { ...services, personKey: personKeyOf({ memberId, ...present('dependant', dependant) }) };
  const body: CommandBody = { verb: 'requestAuthorisation', authorisationId: opaqueIdOf(write.derive('authorisation id')), request };

  return answerOf(await client.apply(write, STEP, { parties: { insurerMsp, hospitalMsp: client.mspId }, body }));
}

/** Approves units, or none with a reason. */
export async function decideAuthorisation(
  client: ClaimsClient, write: WriteRequest, authorisationId: OpaqueId, decision: Pick<DecideAuthorisation, 'unitsApproved' | 'reason'>,
): Promise<CommandAnswer> {
  return changed(client, write, authorisationId, (authorisation) => ({ verb: 'decideAuthorisation', authorisation, ...decision }));
}

/** Takes a request, or what is left of an approval, back. */
export async function cancelAuthorisation(client: ClaimsClient, write: WriteRequest, authorisationId: OpaqueId, reason: string): Promise<CommandAnswer> {
  return changed(client, write, authorisationId, (authorisation) => ({ verb: 'cancelAuthorisation', authorisation, reason }));
}

async function changed(client: ClaimsClient, write: WriteRequest, id: OpaqueId, command: (authorisation: AuthorisationDocument) => CommandBody): Promise<CommandAnswer> {
  return answerOf(await client.applyOnce(write, STEP, async () => {
    const authorisation = await client.newest<AuthorisationDocument>('authorisation', id);
    const parties: Parties = authorisation.parties;

    return { parties, body: command(authorisation) };
  }));
}
