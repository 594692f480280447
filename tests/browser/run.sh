#!/bin/sh
# run.sh PROGRAM ROOT FOLDER: looks at the report page in Chromium. FOLDER is where pages and packages go.
# Exit 77 tells ctest to skip. It takes minutes, so it runs where ENTENTE_BROWSER=1 asks for it.
set -eu
program=$1 root=$2 folder=$3

skip() {
  printf 'skipped: %s\n' "$*"
  exit 77
}

[ "${ENTENTE_BROWSER:-}" = 1 ] || skip "ENTENTE_BROWSER=1 looks at the page in a browser"

chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
[ -n "$chromium" ] || skip "chromium is not installed (apt-get install chromium nodejs npm)"
command -v node >/dev/null || skip "nodejs is not installed (apt-get install nodejs npm)"
command -v npm >/dev/null || skip "npm is not installed (apt-get install npm)"

mkdir -p "$folder"
# The packages that package-lock.json names, by version and hash, from whatever registry this machine's npm uses.
if ! cmp -s "$root/tests/browser/package-lock.json" "$folder/package-lock.installed"; then
  cp "$root/tests/browser/package.json" "$root/tests/browser/package-lock.json" "$folder/"
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-timeout=60000 --fetch-retries=1) || skip "npm could not fetch its packages"
  cp "$root/tests/browser/package-lock.json" "$folder/package-lock.installed"
fi
cp "$root"/tests/browser/*.mjs "$folder/"

# The flagship with fewer draws, and what a page must also stand.
cd "$root"
"$program" report situations/moscow-2025 -o "$folder/moscow.html" --draws 200 --seed 1 --quiet
for case in hostile no-claims certain many; do
  "$program" report "tests/data/page/$case.yaml" -o "$folder/$case.html" --draws 200 --seed 1 --quiet
done
cd "$folder"
CHROMIUM=$chromium exec node --test report.test.mjs
