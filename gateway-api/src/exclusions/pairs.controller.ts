import { Controller, Get, Inject, Param } from '@nestjs/common';
import { opaqueId, parse } from '@medaccord/domain';
import { Query } from '../http/endpoint.decorators.js';
import { PairForReviewDto } from './dto/screening.dto.js';
import { ScreeningDesk } from './screening-desk.js';
import type { PairForReview } from './screening-desk.js';

/** A pair as the person sees it who decides it, beside what is recorded of it (credentialing). */
@Controller('v1/exclusion-matches')
export class PairsController {
  readonly #desk: ScreeningDesk;

  constructor(@Inject(ScreeningDesk) desk: ScreeningDesk) {
    this.#desk = desk;
  }

  @Get(':id/sides')
  @Query('screening.read', { summary: 'Clinician and row of a pair side by side', description: 'The clinician as the organisation named the person, the row as the newest file has it.', answer: PairForReviewDto, tag: 'exclusion-matches' })
  async sides(@Param('id') id: string): Promise<PairForReview> {
    return this.#desk.pair(parse(opaqueId, id));
  }
}
