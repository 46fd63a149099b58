import { Body, Controller, Get, Inject, Param, Post, Query as QueryParameter } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { batchShape, DomainError, parse, standingQueryShape } from '@medaccord/domain';
import type { IdentityOutcome, ItemOutcome, LinkOutcome, ProviderStanding } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { BatchOutcomeDto } from '../http/batch.dto.js';
import { withFields } from '../http/body-fields.js';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { RegistryClient } from '../ledger/registry-client.js';
import type { BatchOutcome, ProviderRecord, Recorded } from '../ledger/registry-client.js';
import { LinkProviderLicencesDto, ProviderRecordDto, ProviderStandingDto, RecordIdentitiesDto, RegisterProvidersDto } from './providers.dto.js';

const tag = 'providers';
const mostItems = 1000;

/** The provider directory, and which provider holds which licence. */
@Controller('v1')
export class ProvidersController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Post('providers')
  @Command('providers.write', { summary: 'Enter providers in the directory', description: 'A result per item; at most 1,000 items.', body: RegisterProvidersDto, answer: BatchOutcomeDto, tag })
  async register(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<BatchOutcome<ItemOutcome<'REGISTERED'>>>> {
    return this.#registry.registerProviders(write, parse(batchShape(mostItems), body));
  }

  @Get('providers/:npi')
  @Query('providers.read', { summary: 'A provider, its links to licences, and what was said about who it is', answer: ProviderRecordDto, tag })
  async provider(@Param('npi') npi: string, @CurrentActor() actor: Actor): Promise<ProviderRecord> {
    return this.#registry.provider(actor.role, npi);
  }

  @Get('providers/:npi/standing')
  @Query('licences.read', { summary: 'What a provider might do in a jurisdiction on each day of a period', answer: ProviderStandingDto, tag })
  @ApiQuery({ name: 'jurisdiction', example: 'CA' })
  @ApiQuery({ name: 'from', example: '2026-03-01' })
  @ApiQuery({ name: 'thru', example: '2026-03-31' })
  async standing(@Param('npi') npi: string, @QueryParameter() query: Readonly<Record<string, unknown>>, @CurrentActor() actor: Actor): Promise<ProviderStanding> {
    const asked = parse(standingQueryShape, withFields(query, { npi }));
    const { standings } = await this.#registry.standingsForClaims(actor.role, { members: [], standings: [asked] });
    if (standings[0] === undefined) throw new DomainError('PROVIDER_NOT_FOUND');

    return standings[0];
  }

  @Post('provider-licence-links')
  @Command('links.write', { summary: 'Assert, propose, confirm or dispute that providers hold licences', description: 'A result per item; at most 1,000 items.', body: LinkProviderLicencesDto, answer: BatchOutcomeDto, tag })
  async link(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<BatchOutcome<LinkOutcome>>> {
    return this.#registry.linkProviderLicences(write, parse(batchShape(mostItems), body));
  }

  @Post('provider-identities')
  @Command('identities.write', {
    summary: 'Say who stands behind numbers: propose, confirm, dispute or void',
    description: 'Replaced, deactivated and reactivated numbers, numbers of one person, names, death, retirement. Nothing counts before a second organisation agrees. A result per item; at most 1,000 items.',
    body: RecordIdentitiesDto,
    answer: BatchOutcomeDto,
    tag,
  })
  async identify(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<BatchOutcome<IdentityOutcome>>> {
    return this.#registry.recordIdentities(write, parse(batchShape(mostItems), body));
  }
}
