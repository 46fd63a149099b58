import { Controller, Get, Inject, Param, Query as QueryParameter, StreamableFile } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { object, oneOf, optional, parse, policyOn, PROGRAMMES } from '@medaccord/domain';
import type { Programme, Shape, VerificationDocument } from '@medaccord/domain';
import { Query } from '../http/endpoint.decorators.js';
import { verificationResult } from '../interop/fhir/index.js';
import { CredentialsClient } from '../ledger/credentials-client.js';
import { SERVICE_ROLE } from '../ledger/ledger.js';
import { ReceiptSigner } from '../ledger/receipt-signer.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { CredentialingReader } from './credentialing-reader.js';

const question: Shape<{ readonly programme?: Programme }> = object<{ programme?: Programme }>({ programme: optional(oneOf(PROGRAMMES)) });

/** Receipts in the language of provider directories. */
@Controller('v1/verifications/:id/fhir')
export class VerificationFhirController {
  readonly #reader: CredentialingReader;
  readonly #registry: RegistryClient;
  readonly #signer: ReceiptSigner;
  readonly #mspId: string;

  constructor(@Inject(CredentialingReader) reader: CredentialingReader, @Inject(RegistryClient) registry: RegistryClient, @Inject(ReceiptSigner) signer: ReceiptSigner, @Inject(CredentialsClient) client: CredentialsClient) {
    this.#reader = reader;
    this.#registry = registry;
    this.#signer = signer;
    this.#mspId = client.mspId;
  }

  @Get()
  @ApiQuery({ name: 'programme', required: false, enum: PROGRAMMES, description: 'Under whose ages the receipt is judged; `ncqa-accreditation` where left out.' })
  @Query('credentialing.read', {
    summary: 'A verification as HL7 FHIR R4', description: 'VerificationResult after the profile of the National Directory (NDH), as it stands today. The organisation’s signature is over the receipt’s canonical bytes.', file: 'application/fhir+json', tag: 'verifications',
  })
  async read(@Param('id') id: string, @QueryParameter() query: Readonly<Record<string, unknown>>): Promise<StreamableFile> {
    const { programme = 'ncqa-accreditation' } = parse(question, query);
    const { newest } = await this.#reader.record<VerificationDocument>('verification', id);
    const organisation = await this.#registry.member(SERVICE_ROLE, this.#mspId);
    const at = new Date().toISOString();
    const today = at.slice(0, 10);
    const result = verificationResult(newest, { organisation, today, policy: policyOn(programme, today), signature: { ...this.#signer.sign(newest), at } });

    return new StreamableFile(Buffer.from(JSON.stringify(result)));
  }
}
