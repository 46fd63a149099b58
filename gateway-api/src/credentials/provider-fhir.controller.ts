import { Controller, Get, Inject, Param, StreamableFile } from '@nestjs/common';
import { licenceId, npiShape, object, parse } from '@medaccord/domain';
import type { LicenceKey, LicenceView, Npi, ProviderStanding } from '@medaccord/domain';
import { CurrentActor } from '../auth/access.decorators.js';
import type { Actor } from '../auth/caller.js';
import { Query } from '../http/endpoint.decorators.js';
import { practitioner } from '../interop/fhir/index.js';
import type { HeldLicence } from '../interop/fhir/index.js';
import { RegistryClient } from '../ledger/registry-client.js';

/** The directory in the language of provider directories. */
@Controller('v1/providers/:npi/fhir')
export class ProviderFhirController {
  readonly #registry: RegistryClient;

  constructor(@Inject(RegistryClient) registry: RegistryClient) {
    this.#registry = registry;
  }

  @Get()
  @Query('licences.read', {
    summary: 'A provider with its licences as HL7 FHIR R4', description: 'Practitioner after the profile of the National Directory (NDH): each confirmed licence as a qualification, with its standing today and any discipline as an extension.', file: 'application/fhir+json', tag: 'providers',
  })
  async read(@Param('npi') asked: string, @CurrentActor() { role }: Actor): Promise<StreamableFile> {
    const { npi } = parse(object<{ npi: Npi }>({ npi: npiShape }), { npi: asked });
    const { provider, links } = await this.#registry.provider(role, npi);
    const today = new Date().toISOString().slice(0, 10);
    const queries = links.map(({ jurisdiction }) => ({ npi, jurisdiction, from: today, thru: today }));
    const { standings } = await this.#registry.standingsForClaims(role, { members: [], standings: queries });
    const views = await this.#registry.licences(role, licencesIn(standings), today);
    const licences = views.filter((view) => view !== null).map((view) => heldLicence(view, standings));

    return new StreamableFile(Buffer.from(JSON.stringify(practitioner(provider, licences))));
  }
}

function heldLicence({ licence: { licence }, issuedOn, validThru }: LicenceView, standings: readonly ProviderStanding[]): HeldLicence {
  const places = standings.flatMap(({ jurisdiction, licences }) => licences.filter((one) => licenceId(one.licence) === licenceId(licence)).map(({ periods: [period] }) => ({ jurisdiction, period })));
  const scopes = places.flatMap(({ jurisdiction, period }) => (period === undefined ? [] : [{ ...period, jurisdiction }]));

  return { licence, ...(issuedOn !== undefined && { from: issuedOn }), ...(validThru !== undefined && { thru: validThru }), scopes };
}

/** In the order of their ids. */
function licencesIn(standings: readonly ProviderStanding[]): readonly LicenceKey[] {
  const all = standings.flatMap(({ licences }) => licences.map(({ licence }) => [licenceId(licence), licence] as const));

  return [...new Map(all).entries()].toSorted(([first], [second]) => (first < second ? -1 : 1)).map(([, licence]) => licence);
}
