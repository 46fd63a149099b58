export { ConfigurationError, type ConfigurationIssue, type ConfigurationIssueCode } from './configuration-error.js';
export type { ChaincodeConfig, CollectionConfig, ConsortiumConfig, OrderingConfig, OrganisationConfig, UserConfig } from './consortium.js';
export { loadConsortium, parseConsortium } from './load-consortium.js';
