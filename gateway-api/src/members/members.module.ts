import { Module } from '@nestjs/common';
import { ClockTicker } from './clock-ticker.js';
import { MembersController } from './members.controller.js';

/** Members, the registry's founding and its clock. */
@Module({ controllers: [MembersController], providers: [ClockTicker] })
export class MembersModule {}
