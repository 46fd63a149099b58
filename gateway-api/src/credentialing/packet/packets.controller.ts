import { Controller, Get, Inject, Param, StreamableFile } from '@nestjs/common';
import { canonicalJson } from '@medaccord/domain';
import { Query } from '../../http/endpoint.decorators.js';
import { ChainReader } from '../../ledger/chain-reader.js';
import { CredentialsClient } from '../../ledger/credentials-client.js';
import { RegistryClient } from '../../ledger/registry-client.js';
import { CredentialingReader } from '../credentialing-reader.js';
import { makePacket } from './make-packet.js';
import type { CredentialPacket } from './packet.js';
import { printPacket } from './print-packet.js';

const tag = 'credential-files';

/** What a surveyor is given of a credential file. */
@Controller('v1/credential-files/:id')
export class PacketsController {
  readonly #make: (fileId: string) => Promise<CredentialPacket>;

  constructor(@Inject(CredentialingReader) reader: CredentialingReader, @Inject(RegistryClient) registry: RegistryClient, @Inject(ChainReader) chain: ChainReader, @Inject(CredentialsClient) client: CredentialsClient) {
    this.#make = (fileId) => makePacket({ reader, registry, chain, mspId: client.mspId }, fileId);
  }

  @Get('packet')
  @Query('credentialing.read', {
    summary: 'The surveyor’s packet of a file',
    description: 'All versions of the file, its receipts and releases, and all that boards wrote about the clinician’s licences, as of the newest block. The verifier needs it byte by byte, the blocks (`/v1/blocks`) and the members’ root certificates. Of the data bank it tells number, type and day alone.',
    file: 'application/json',
    tag,
  })
  async packet(@Param('id') id: string): Promise<StreamableFile> {
    return new StreamableFile(Buffer.from(canonicalJson(await this.#make(id))));
  }

  @Get('packet.pdf')
  @Query('credentialing.read', { summary: 'The packet in print', description: 'Every page names the SHA-256 of the packet that the verifier reads.', file: 'application/pdf', tag })
  async pdf(@Param('id') id: string): Promise<StreamableFile> {
    return new StreamableFile(printPacket(await this.#make(id)));
  }
}
