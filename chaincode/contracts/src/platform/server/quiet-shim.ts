// The shim reads its level once, when it is loaded, and by default writes several lines per transaction to standard
// output, at debug level with all arguments. This file is imported before it. An operator's own setting wins.
process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ??= 'CRITICAL';
