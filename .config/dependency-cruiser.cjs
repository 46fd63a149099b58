// The arrows of the house (README, "Map"). A rule that fires names the room that reached into another.
const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    only('no-cycles', 'Two files that need each other are one concept or hide a third; naming a type of the other is no need.', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    only('domain-imports-nothing', 'Rules are pure: no package, no Node, no other layer.', { path: '^chaincode/domain/src', pathNot: '\\.test\\.ts$' }, { pathNot: '^chaincode/domain/src' }),
    only('contracts-know-domain-and-fabric', 'A contract is a thin shell around the domain.', { path: '^chaincode/contracts/src', pathNot: '\\.test\\.ts$|/testing/' }, { path: '^(network|gateway-api|test)/' }),
    only('gateway-knows-domain', 'The gateway reaches contracts through the ledger only, and knows no network.', { path: '^gateway-api/src', pathNot: '\\.test\\.ts$|/testing/' }, { path: '^(network|chaincode/contracts|test)/' }),
    only('network-knows-no-business', 'A network runs any chaincode.', { path: '^network/', pathNot: '\\.test\\.ts$|/testing/|^network/cli' }, { path: '^(chaincode|gateway-api|test)/' }),
    only('product-knows-no-tests', 'Tests exercise the product, never the other way.', { path: '^(chaincode|gateway-api|network)/', pathNot: '\\.test\\.ts$|/testing/' }, { path: '^test/|\\.test\\.ts$|/testing/' }),
    only('fabric-client-in-ledger', 'One folder talks to the ledger.', { path: '^gateway-api/src', pathNot: '^gateway-api/src/ledger|\\.test\\.ts$|/testing/' }, { path: '@hyperledger/|@grpc/' }),
    only('tokens-in-auth', 'One folder knows tokens; a board signs in another.', { path: '^gateway-api/src', pathNot: '^gateway-api/src/(auth|attestations|identity-provider)|\\.test\\.ts$|/testing/' }, { path: 'node_modules/(jose|oidc-provider)/' }),
    only('sql-in-stores', 'SQL stays behind the stores.', { path: '^gateway-api/src', pathNot: '^gateway-api/src/(database|read-model|idempotency)|^gateway-api/src/[^/]+/[^/]+-store\\.ts$|\\.test\\.ts$|/testing/' }, { path: 'node_modules/(drizzle-orm|pg|@electric-sql)/' }),
    only('x12-in-interop', 'Only interop knows X12 and FHIR; others see domain types.', { path: '^gateway-api/src', pathNot: '^gateway-api/src/interop|\\.test\\.ts$|/testing/' }, { path: '^gateway-api/src/interop/[^/]+/(?!index\\.ts$)' }),
    only('fhir-in-interop', 'Only interop knows FHIR; its types are HL7’s, not ours.', { path: '^gateway-api/src', pathNot: '^gateway-api/src/interop/fhir|\\.test\\.ts$' }, { path: 'node_modules/@types/fhir/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(chaincode/[^/]+|gateway-api|network|test)/dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'], mainFields: ['module', 'main'] },
  },
};
