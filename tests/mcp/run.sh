#!/bin/sh
# run.sh PROGRAM ROOT FOLDER: has the clients that package-lock.json names, by version and hash, speak to PROGRAM; FOLDER is
# where packages go. Exit 77 tells ctest to skip. Three minutes are all that the registry gets, once.
set -eu
program=$1 root=$2 folder=$3
here=$root/tests/mcp

skip() {
  printf 'skipped: %s\n' "$*"
  exit 77
}

[ "${ENTENTE_NPM:-}" != 0 ] || skip "ENTENTE_NPM=0"
command -v node >/dev/null && command -v npm >/dev/null || skip "no node and npm on this machine"
[ "$(node -p 'process.versions.node.split(".")[0] >= 20')" = true ] || skip "the clients need node 20"
mkdir -p "$folder"
if ! cmp -s "$here/package-lock.json" "$folder/package-lock.installed"; then
  cp "$here/package.json" "$here/package-lock.json" "$folder/"
  (cd "$folder" && timeout 180 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-timeout=20000 \
    --fetch-retries=0 2>"$folder/npm.err") || {
    cat "$folder/npm.err"
    # A wrong hash is no silence of the registry.
    if grep -q EINTEGRITY "$folder/npm.err"; then exit 1; fi
    skip "the registry of packages did not answer"
  }
  cp "$here/package-lock.json" "$folder/package-lock.installed"
fi
cp "$here"/*.mjs "$folder/"
cd "$folder"
rm -rf root && mkdir root && cp "$root/tests/data/mcp/draft-2.yaml" root/cable.yaml
export ENTENTE="$program" ENTENTE_MCP_ROOT="$folder/root"

printf '== the official client library\n'
node clients.mjs

printf '== the inspector\n'
node inspector.mjs

printf '== the conformance suite\n'
node conformance.mjs
