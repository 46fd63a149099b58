import { buffer } from 'node:stream/consumers';
import { Controller, Inject, Param, PayloadTooLargeException, Post, Query as QueryText } from '@nestjs/common';
import { ApiParam, ApiQuery } from '@nestjs/swagger';
import { isSalt, object, oneOf, orderDocumentQueryShape, parse, text } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { LICENCE_PATH, licenceKeyOf, LicenceParams } from '../credentials/licence-path.js';
import type { LicenceParameters } from '../credentials/licence-path.js';
import { Command } from '../http/endpoint.decorators.js';
import { withInteger } from '../http/query-integer.js';
import { CurrentUpload } from '../http/upload.js';
import type { Upload } from '../http/upload.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { DOCUMENT_MEDIA_TYPES } from './board-records.js';
import { DoneDto } from './dto/board-exports.dto.js';
import type { Done } from './dto/board-exports.dto.js';
import { PublicationDesk } from './publication-desk.js';
import type { DocumentName } from './publication-desk.js';
import type { Parameters } from './requests.js';

const tag = 'boards';
const mostBytes = 20 * 1024 * 1024;
const uploaded = object<{ salt: string; mediaType: 'application/pdf' | 'text/plain' }>({ salt: text(isSalt), mediaType: oneOf(['application/pdf', 'text/plain']) });

/** Documents of the own board's orders that everybody may have. */
@Controller(`v1/${LICENCE_PATH}/events/:sequence/publication`)
@ApiParam({ name: 'sequence', type: Number, example: 2 })
export class OrderPublicationsController {
  readonly #desk: PublicationDesk;

  constructor(@Inject(PublicationDesk) desk: PublicationDesk) {
    this.#desk = desk;
  }

  @Post()
  @LicenceParams()
  @Command('order-documents.publish', { summary: 'Publish the narrative of an order, as the board keeps it', description: 'With its salt, so that anyone verifies it against the hash that the order names. A seal takes it back.', answer: DoneDto, tag })
  async narrative(@Param() path: LicenceParameters, @CurrentWrite() write: WriteRequest): Promise<Done> {
    await this.#desk.publishNarrative(nameOf(path), write.actor);

    return { outcome: 'PUBLISHED' };
  }

  @Post('file')
  @LicenceParams()
  @ApiQuery({ name: 'mediaType', enum: ['application/pdf', 'text/plain'] })
  @ApiQuery({ name: 'salt', description: 'At least 16 random bytes in hexadecimal, by which the order’s `documentHash` was made: SHA-256 over salt and file.' })
  @Command('order-documents.publish', { summary: 'Publish the document of an order as a file', description: 'At most 20 MB. 422 where its hash is not the one that the order names.', upload: 'application/pdf or text/plain', answer: DoneDto, tag })
  async file(@Param() path: LicenceParameters, @QueryText() query: Parameters, @CurrentUpload() upload: Upload, @CurrentWrite() write: WriteRequest): Promise<Done> {
    const { salt, mediaType } = parse(uploaded, query);
    if (upload.bytes > mostBytes) throw new PayloadTooLargeException();
    const content = await buffer(upload.open());
    await this.#desk.publish(nameOf(path), { mediaType: mediaType === 'application/pdf' ? DOCUMENT_MEDIA_TYPES[0] : DOCUMENT_MEDIA_TYPES[1], salt, content }, write.actor);

    return { outcome: 'PUBLISHED' };
  }

  @Post('withdrawal')
  @LicenceParams()
  @Command('order-documents.publish', { summary: 'Take a published document back', status: 200, answer: DoneDto, tag })
  async withdraw(@Param() path: LicenceParameters, @CurrentActor() actor: Actor): Promise<Done> {
    await this.#desk.withdraw(nameOf(path), actor);

    return { outcome: 'WITHDRAWN' };
  }
}

/** The event that a route names. */
export function nameOf(path: LicenceParameters): DocumentName {
  return parse(orderDocumentQueryShape, withInteger({ licence: licenceKeyOf(path), sequence: path['sequence'] }, 'sequence'));
}
