import { canonicalJson } from '../shared/canonical-json.js';
import { DomainError } from '../shared/errors.js';
import type { Npi } from '../shared/ids.js';
import { eachItem } from '../shared/item-outcome.js';
import type { ItemOutcome } from '../shared/item-outcome.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { registerProviderShape } from './provider.js';
import type { Provider, RegisterProvider } from './provider.js';

/** The outcome of each item, and the new providers. */
export interface RegisteredProviders {
  readonly outcomes: readonly ItemOutcome<'REGISTERED'>[];
  readonly created: readonly Provider[];
}

/** Enters each provider of the batch that the directory does not have; `existing` holds those of the batch that it has. */
export function registerProviders(items: readonly unknown[], existing: ReadonlyMap<Npi, Provider>, execution: RegistryExecution): RegisteredProviders {
  const known = new Map(existing);
  const created: Provider[] = [];
  const outcomes = eachItem<RegisterProvider, 'REGISTERED'>(items, registerProviderShape, (item) => {
    const present = known.get(item.npi);
    if (present !== undefined) return recordedBefore(present, item);
    const provider: Provider = { schema: 'provider/v1', ...item, registeredBy: execution.actor.member.mspId, registeredAt: execution.now };
    known.set(item.npi, provider);
    created.push(provider);
    return { outcome: 'REGISTERED', id: item.npi };
  });
  return { outcomes, created };
}

/** The NPIs of the items that are well formed. */
export function providersNamedIn(items: readonly unknown[]): readonly Npi[] {
  const npis = new Set<Npi>();
  eachItem<RegisterProvider, 'REGISTERED'>(items, registerProviderShape, ({ npi }) => {
    npis.add(npi);
    return { outcome: 'REGISTERED', id: npi };
  });
  return [...npis];
}

function recordedBefore(present: Provider, item: RegisterProvider): ItemOutcome<'REGISTERED'> {
  const { npi, type, name, taxonomies } = present;
  if (canonicalJson({ npi, type, name, taxonomies }) !== canonicalJson(item)) throw new DomainError('PROVIDER_ALREADY_REGISTERED');
  return { outcome: 'ALREADY_RECORDED', id: item.npi };
}
