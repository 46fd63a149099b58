#!/bin/sh
# Says how old the report of `make test-fabric` is: which commits since could have changed what was seen on real Fabric.
set -u
report=test/fabric-report/REPORT.md
commit=$(sed -n 's/.*Commit \([0-9a-f]*\), Hyperledger Fabric.*/\1/p' "$report" 2>/dev/null | head -n 1)
if [ -z "$commit" ]; then
  echo "real Fabric: no report; run make test-fabric where Fabric's binaries are"
elif ! git cat-file -e "$commit^{commit}" 2>/dev/null; then
  echo "real Fabric: the report is of commit $commit, which this clone does not have"
else
  count=$(git rev-list --count "$commit..HEAD" -- chaincode network gateway-api/src/ledger fabric-config)
  echo "real Fabric: the report is of commit $commit; $count commits that touch the ledger have come since"
fi
