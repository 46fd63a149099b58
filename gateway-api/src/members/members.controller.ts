import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { advanceClockShape, initialiseShape, parse, registerMemberShape, updateMemberShape } from '@medaccord/domain';
import type { Clock, Member, RegistryConfiguration } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { withFields } from '../http/body-fields.js';
import { Command, Query } from '../http/endpoint.decorators.js';
import { CurrentWrite } from '../idempotency/current-write.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { RegistryClient } from '../ledger/registry-client.js';
import type { InitialisedRegistry, MemberOutcome, Recorded } from '../ledger/registry-client.js';
import { AdvanceClockDto, ClockDto, InitialisedDto, InitialiseDto, MemberDto, MemberOutcomeDto, RegisterMemberDto, RegistryConfigurationDto, TickDto, UpdateMemberDto } from './members.dto.js';

const tag = 'members';

/** The consortium's members, its founding and its clock. */
@Controller('v1')
export class MembersController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Post('registry')
  @Command('registry.initialise', { summary: 'Found the registry, once', description: 'The caller’s organisation becomes the consortium office.', body: InitialiseDto, answer: InitialisedDto, tag })
  async initialise(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<InitialisedRegistry>> {
    return this.#registry.initialise(write, parse(initialiseShape, body));
  }

  @Get('registry')
  @Query('members.read', { summary: 'What the founders agreed on', answer: RegistryConfigurationDto, tag })
  async configuration(@CurrentActor() actor: Actor): Promise<RegistryConfiguration> {
    return this.#registry.configuration(actor.role);
  }

  @Post('members')
  @Command('members.write', { summary: 'Admit a member', body: RegisterMemberDto, answer: MemberOutcomeDto, tag })
  async registerMember(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<MemberOutcome>> {
    return this.#registry.registerMember(write, parse(registerMemberShape, body));
  }

  @Get('members')
  @Query('members.read', { summary: 'All members', answer: [MemberDto], tag })
  async members(@CurrentActor() actor: Actor): Promise<readonly Member[]> {
    return this.#registry.members(actor.role);
  }

  @Get('members/:mspId')
  @Query('members.read', { summary: 'One member', answer: MemberDto, tag })
  async member(@Param('mspId') mspId: string, @CurrentActor() actor: Actor): Promise<Member> {
    return this.#registry.member(actor.role, mspId);
  }

  @Patch('members/:mspId')
  @Command('members.write', { summary: 'Change a member’s name, status or units', body: UpdateMemberDto, answer: MemberOutcomeDto, status: 200, tag })
  async updateMember(@Param('mspId') mspId: string, @Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<MemberOutcome>> {
    return this.#registry.updateMember(write, parse(updateMemberShape, withFields(body, { mspId })));
  }

  @Get('clock')
  @Query('clock.read', { summary: 'The last tick of the consortium’s clock', answer: ClockDto, tag })
  async clock(@CurrentActor() actor: Actor): Promise<Clock> {
    return this.#registry.clock(actor.role);
  }

  @Post('clock/ticks')
  @Command('clock.advance', { summary: 'Advance the clock by one tick', body: AdvanceClockDto, answer: TickDto, tag })
  async advanceClock(@Body() body: unknown, @CurrentWrite() write: WriteRequest): Promise<Recorded<Clock>> {
    return this.#registry.advanceClock(write, parse(advanceClockShape, body));
  }
}
