import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { instant, issuerKeyQueryShape, object, parse } from '@medaccord/domain';
import type { Instant, Shape } from '@medaccord/domain';
import { Command } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { IssuerKeyOutcome, Recorded } from '../ledger/registry-client.js';
import { AttestationDesk, attestationRequestShape } from './attestation-desk.js';
import type { IssuedAttestation } from './attestation-desk.js';
import { AttestationRequestDto, IssuedAttestationDto, IssuerKeyOutcomeDto, RevokeKeyDto } from './attestations.dto.js';

const tag = 'attestations';
const revocationShape: Shape<{ readonly from: Instant }> = object<{ from: Instant }>({ from: instant });

/** A board's word for readers outside the network, and the keys that sign it. */
@Controller('v1')
export class AttestationsController {
  readonly #desk: AttestationDesk;

  constructor(@Inject(AttestationDesk) desk: AttestationDesk) {
    this.#desk = desk;
  }

  @Post('attestations')
  @Command('attestations.issue', {
    summary: 'Attest what a licence of the own board permits today', description: 'For whoever asks the board: the holder, a court, another state. Members ask the ledger itself. Of a licence that gives no authority nothing is attested.',
    body: AttestationRequestDto, answer: IssuedAttestationDto, tag,
  })
  async attest(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<IssuedAttestation> {
    return this.#desk.attest(write, parse(attestationRequestShape, body));
  }

  @Post('attestation-keys')
  @Command('attestation-keys.introduce', { summary: 'Introduce this gateway’s key for attestations on the ledger', description: 'A new key where there is none yet, or where the one before is revoked.', answer: IssuerKeyOutcomeDto, tag })
  async introduce(@CurrentWrite() write: WriteRequest): Promise<Recorded<IssuerKeyOutcome>> {
    return this.#desk.introduceKey(write);
  }

  @Post('attestation-keys/:keyId/revocation')
  @Command('attestation-keys.revoke', {
    summary: 'Make suspect what a key signed from an instant on, for ever', description: 'What it signed before stays good, as listed by then: a thief can write any date.', status: 200, body: RevokeKeyDto, answer: IssuerKeyOutcomeDto, tag,
  })
  async revoke(@Param('keyId') keyId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<IssuerKeyOutcome>> {
    return this.#desk.revokeKey(write, parse(issuerKeyQueryShape, { keyId }).keyId, parse(revocationShape, body).from);
  }
}
