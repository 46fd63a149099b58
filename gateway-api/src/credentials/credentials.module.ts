import { Module } from '@nestjs/common';
import { LicencesController } from './licences.controller.js';
import { ProvidersController } from './providers.controller.js';

/** Providers, licences, the links between them, and standing. */
@Module({ controllers: [ProvidersController, LicencesController] })
export class CredentialsModule {}
