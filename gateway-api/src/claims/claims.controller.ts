import { Body, Controller, Get, Inject, Param, Post, Query as QueryText } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { parse } from '@medaccord/domain';
import type { ClaimFile, OpenClaimPage, Receipt, DocumentCopy } from '@medaccord/domain';
import { Command, Paged, Query } from '../http/endpoint.decorators.js';
import { CurrentUpload } from '../http/upload.js';
import type { Upload } from '../http/upload.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import { copiesOf, healClaim } from './claim-copies.js';
import type { CommandAnswer } from './claim-copies.js';
import { importClaims } from './claim-import.js';
import type { ImportResult } from './claim-import.js';
import { submitClaims } from './claim-submission.js';
import type { Submission } from './claim-submission.js';
import { ClaimFileDto } from './dto/adjudication.dto.js';
import { CopiesDto, HealDto } from './dto/copies.dto.js';
import { OpenClaimPageDto } from './dto/documents.dto.js';
import { ReceiptDto } from './dto/receipt.dto.js';
import { CommandAnswerDto, ImportDto, SubmissionDto, SubmitClaimsDto } from './dto/submission.dto.js';
import { pageOf } from '../http/page.js';
import { healRequest, importRequest, submitClaimsRequest } from './requests.js';

const tag = 'claims';

/** Claims: submitted by hospitals, waiting for insurers, read by both. */
@Controller('v1')
export class ClaimsController {
  readonly #client: ClaimsClient;

  constructor(@Inject(ClaimsClient) client: ClaimsClient) {
    this.#client = client;
  }

  @Post('claims')
  @Command('claims.submit', {
    summary: 'Submit claims to an insurer',
    description: 'Each claim is accepted or rejected by itself. A hundred claims stand in one transaction.',
    body: SubmitClaimsDto,
    answer: SubmissionDto,
    tag,
  })
  async submit(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Submission> {
    return submitClaims(this.#client, write, parse(submitClaimsRequest, body));
  }

  @Post('claims/import')
  @ApiQuery({ name: 'insurer', description: 'MSP id of the insurer.', example: 'InsurerMSP' })
  @ApiQuery({ name: 'mode', required: false, enum: ['lenient', 'strict'], description: 'lenient (the default) reads what can be understood and warns; strict refuses a transaction that is not as the standard wants it.' })
  @Command('claims.submit', {
    summary: 'Submit the claims of an 837P file',
    description: 'The answer accounts for every CLM segment: accepted, rejected with reasons, or unreadable with the segment at fault. Sent again under the same key, an interrupted import goes on where it stopped.',
    upload: 'application/edi-x12',
    answer: ImportDto,
    tag,
  })
  async import(
    @CurrentUpload() upload: Upload, @QueryText('insurer') insurer: string | undefined, @QueryText('mode') mode: string | undefined, @CurrentWrite() write: WriteRequest,
  ): Promise<ImportResult> {
    const request = parse(importRequest, { insurer, mode: mode ?? 'lenient' });

    return importClaims(this.#client, write, upload, { insurerMsp: request.insurer, mode: request.mode });
  }

  @Get('claims')
  @ApiQuery({ name: 'state', enum: ['open'], description: 'What waits for a decision.' })
  @Paged()
  @Query('claims.read', { summary: 'Claims that wait', description: 'In the order of their ids.', answer: OpenClaimPageDto, tag })
  async open(@QueryText() query: Record<string, unknown>): Promise<OpenClaimPage> {
    const { after, limit } = pageOf(query, { state: ['open'] });

    return this.#client.openClaims(after, limit);
  }

  @Get('claims/:claimId')
  @Query('claims.read', { summary: 'All that there is about a claim', description: 'From this organisation’s own collection.', answer: ClaimFileDto, tag })
  async read(@Param('claimId') claimId: string): Promise<ClaimFile> {
    return this.#client.claim(claimId);
  }

  @Get('claims/:claimId/copies')
  @Query('claims.read', { summary: 'This organisation’s copies of a claim’s documents, byte by byte', description: 'The other party can heal its own copies by them.', answer: CopiesDto, tag })
  async copies(@Param('claimId') claimId: string): Promise<{ readonly items: readonly DocumentCopy[] }> {
    return { items: copiesOf(await this.#client.claim(claimId)) };
  }

  @Post('claims/:claimId/heal')
  @Command('claims.heal', {
    summary: 'Make this organisation’s copies equal to the other party’s',
    description: 'The ledger accepts only bytes whose hash is that of the other party’s copy.',
    body: HealDto,
    answer: CommandAnswerDto,
    status: 200,
    tag,
  })
  async heal(@Param('claimId') claimId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<CommandAnswer> {
    return healClaim(this.#client, write, claimId, parse(healRequest, body));
  }

  @Get('receipts/:commandId')
  @Query('claims.read', { summary: 'What a command did', answer: ReceiptDto, tag })
  async receipt(@Param('commandId') commandId: string): Promise<Receipt> {
    return this.#client.receipt(commandId);
  }
}
