// The shim reads its level once, when it is loaded; this file is imported before it.
process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ??= 'CRITICAL';
