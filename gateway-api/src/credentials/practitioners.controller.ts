import { createHash } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { introducePractitionerShape, parse, practitionerActBytes, practitionerActShape, practitionerQueryShape } from '@medaccord/domain';
import type { PractitionerCertificate } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { RegistryClient } from '../ledger/registry-client.js';
import type { PractitionerOutcome, Recorded } from '../ledger/registry-client.js';
import { BytesToSignDto, IntroducePractitionerDto, PractitionerActDto, PractitionerCertificateDto, PractitionerOutcomeDto } from './practitioners.dto.js';

const tag = 'practitioners';

/** What a practitioner is to sign: the bytes in Base64, their SHA-256 in hexadecimal. */
export interface BytesToSign {
  readonly bytes: string;
  readonly sha256: string;
}

/** Practitioners' own certificates, and what they sign with them. The keys stay with the practitioners: no gateway ever has one. */
@Controller('v1')
export class PractitionersController {
  readonly #registry: RegistryClient;
  readonly #config: GatewayConfig;

  constructor(@Inject(RegistryClient) registry: RegistryClient, @Inject(GATEWAY_CONFIG) config: GatewayConfig) {
    this.#registry = registry;
    this.#config = config;
  }

  @Post('practitioner-certificates')
  @Command('practitioners.introduce', {
    summary: 'Introduce the own certificate of a practitioner who holds a licence of the board',
    description: 'Role `practitioner` and the NPI stand in the certificate, which the board’s own authority has issued; `possession` is the practitioner’s signature over the bytes of the act `possession`.',
    body: IntroducePractitionerDto,
    answer: PractitionerOutcomeDto,
    tag,
  })
  async introduce(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<PractitionerOutcome>> {
    return this.#registry.introducePractitioner(write, parse(introducePractitionerShape, body));
  }

  @Get('practitioner-certificates/:npi')
  @Query('practitioners.read', { summary: 'A practitioner’s own certificates', answer: [PractitionerCertificateDto], tag })
  async certificates(@Param('npi') npi: string, @CurrentActor() actor: Actor): Promise<readonly PractitionerCertificate[]> {
    return this.#registry.practitioners(actor.role, npi);
  }

  @Post('practitioner-certificates/:npi/:fingerprint/withdrawal')
  @Command('practitioners.withdraw', { summary: 'End the use of a practitioner’s certificate, for ever', description: 'What it signed before stays signed.', status: 200, answer: PractitionerOutcomeDto, tag })
  async withdraw(@Param('npi') npi: string, @Param('fingerprint') fingerprint: string, @CurrentWrite() write: WriteRequest): Promise<Recorded<PractitionerOutcome>> {
    return this.#registry.withdrawPractitioner(write, parse(practitionerQueryShape, { npi, fingerprint }));
  }

  @Post('practitioner-acts/bytes')
  @HttpCode(200)
  @Query('practitioner-acts.read', {
    summary: 'The bytes that a practitioner signs for an act towards this organisation',
    description: 'ECDSA over SHA-256 in DER, or Ed25519. Nothing is recorded: the signature goes with the release, the withdrawal, the attestation or the introduction.',
    answer: BytesToSignDto,
    tag,
  })
  @ApiBody({ type: PractitionerActDto })
  bytes(@Body() body: unknown): BytesToSign {
    const bytes = practitionerActBytes(this.#config.ledger.channel, this.#config.mspId, parse(practitionerActShape, body));

    return { bytes: Buffer.from(bytes).toString('base64'), sha256: createHash('sha256').update(bytes).digest('hex') };
  }
}
