import { Controller, Get, Inject, Param, Res, StreamableFile } from '@nestjs/common';
import { ATTESTATION_PURPOSES, DomainError } from '@medaccord/domain';
import type { Response } from 'express';
import { PublicQuery } from '../http/endpoint.decorators.js';
import { AttestationStore } from './attestation-store.js';
import { PublishedDid } from './published-did.js';
import { StatusLists } from './status-lists.js';

const tag = 'attestations';

/** What anyone needs in order to check an attestation. Nothing of it is about one clinician: nobody learns who is checked. */
@Controller()
export class PublishedController {
  readonly #did: PublishedDid;
  readonly #lists: StatusLists;
  readonly #store: AttestationStore;

  constructor(@Inject(PublishedDid) did: PublishedDid, @Inject(StatusLists) lists: StatusLists, @Inject(AttestationStore) store: AttestationStore) {
    this.#did = did;
    this.#lists = lists;
    this.#store = store;
  }

  @Get('.well-known/did.json')
  @PublicQuery('attestation-check', { summary: 'The board’s keys for attestations, old and revoked ones among them', file: 'application/json', tag })
  async did(@Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    return shown(response, 'application/json', 300, JSON.stringify(await this.#did.get()));
  }

  @Get('v1/status-lists/:list/:purpose')
  @PublicQuery('attestation-check', { summary: 'What became of attestations: a signed list of at least 131,072 bits', description: 'Bitstring Status List 1.0 for the purposes revocation, suspension and refresh.', file: 'application/vc+jwt', tag })
  async list(@Param('list') list: string, @Param('purpose') wanted: string, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    const purpose = ATTESTATION_PURPOSES.find((one) => one === wanted);
    if (purpose === undefined || !/^[1-9]\d{0,5}$/.test(list)) throw new DomainError('ROUTE_NOT_FOUND');

    return shown(response, 'application/vc+jwt', this.#lists.freshSeconds, await this.#lists.list(Number(list), purpose));
  }

  @Get('v1/earlier-attestations/:digest')
  @PublicQuery('attestation-check', { summary: 'Hashes of what a key signed before it was revoked', file: 'application/json', tag })
  async earlier(@Param('digest') digest: string, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    const content = await this.#store.earlier(digest);
    if (content === undefined) throw new DomainError('ROUTE_NOT_FOUND');

    return shown(response, 'application/json', 86_400, content);
  }
}

/** For caches everywhere, and for pages of any origin. */
function shown(response: Response, type: string, seconds: number, text: string): StreamableFile {
  response.set({ 'Cache-Control': `public, max-age=${seconds}`, 'Access-Control-Allow-Origin': '*' });

  return new StreamableFile(Buffer.from(text), { type });
}
