#!/bin/sh
# run.sh PROGRAM TEST ROOT FOLDER: makes pages with PROGRAM and has TEST look at them in Chromium; FOLDER is where pages
# and packages go. Exit 77 tells ctest to skip: where there is no Chromium, or ENTENTE_BROWSER=0 asks for it.
# axe-core and html-validate come from npm; where it or its registry is not there the rest is looked at without them.
set -eu
program=$1 test=$2 root=$3 folder=$4

skip() {
  printf 'skipped: %s\n' "$*"
  exit 77
}

[ "${ENTENTE_BROWSER:-}" != 0 ] || skip "ENTENTE_BROWSER=0"
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
[ -n "$CHROMIUM" ] || skip "no Chromium on this machine (apt-get install chromium)"
mkdir -p "$folder"

# The packages that package-lock.json names, by version and hash, from whatever registry this machine's npm uses. Half
# a minute is all they get: where nothing answers, nobody waits for it.
packages=
if command -v node >/dev/null && command -v npm >/dev/null; then
  if ! cmp -s "$root/tests/browser/package-lock.json" "$folder/package-lock.installed"; then
    cp "$root/tests/browser/package.json" "$root/tests/browser/package-lock.json" "$folder/"
    (cd "$folder" && timeout 30 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error \
      --fetch-timeout=10000 --fetch-retries=0) &&
      cp "$root/tests/browser/package-lock.json" "$folder/package-lock.installed"
  fi
  if cmp -s "$root/tests/browser/package-lock.json" "$folder/package-lock.installed"; then
    packages=yes
    ENTENTE_AXE=$folder/node_modules/axe-core/axe.min.js
    export ENTENTE_AXE
  fi
fi
[ -n "$packages" ] || printf 'without axe-core and html-validate: npm is not here or could not fetch them\n'

# The flagship with few draws, and what a page must also stand. A page of the same program is not made twice.
cd "$root"
for page in situations/moscow-2025 tests/data/page/hostile.yaml tests/data/page/no-claims.yaml \
  tests/data/page/certain.yaml tests/data/page/many.yaml tests/data/page/turned.yaml; do
  name=$(basename "$page" .yaml)
  [ "$name" != moscow-2025 ] || name=moscow
  if [ "$folder/$name.html" -nt "$program" ] && [ -z "$(find "$page" -newer "$folder/$name.html")" ]; then continue; fi
  "$program" report "$page" -o "$folder/$name.html" --draws 100 --seed 1 --quiet --turn
done

export CHROMIUM
export ENTENTE_PAGES="$folder"
"$test"
[ -z "$packages" ] || { cd "$folder" && cp "$root/tests/browser/valid.mjs" . && node valid.mjs; }
