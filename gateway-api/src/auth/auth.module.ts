import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { TokenVerifier } from './token-verifier.js';

/** Puts the access guard before every route of the application. */
@Module({ providers: [TokenVerifier, { provide: APP_GUARD, useClass: AccessGuard }] })
export class AuthModule {}
