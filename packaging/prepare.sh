# Shared by ./run, ./test and .ci/run, which source it from the root of the checkout. POSIX sh.
# shellcheck shell=sh

say() {
  printf 'entente: %s\n' "$*" >&2
}

# The packages that the given lists name.
listed() {
  sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$@"
}

# Those of them that are not installed.
missing() {
  for package in $(listed "$@"); do
    case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) in
      installed) ;;
      *) printf ' %s' "$package" ;;
    esac
  done
}

# Runs a command as root: plainly, or through sudo, which may ask for a password only where there is a terminal.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif [ -t 0 ] && command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  elif sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 126
  fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" >&2
}

# prepare LIST...: installs what the lists name and the machine has not; quick when nothing is missing.
prepare() {
  if ! command -v dpkg-query >/dev/null 2>&1; then
    say "this is not Debian: nothing is installed; $* says what the build needs"
    return 0
  fi
  wanted=$(missing "$@")
  [ -n "$wanted" ] || return 0
  say "installing$wanted"
  if as_root true; then
    apt update || say "apt-get update failed; trying with the lists that are here"
    # shellcheck disable=SC2086 # one word a package
    apt install -y --no-install-recommends $wanted && return 0
  fi
  say "could not install; as root:"
  say "  apt-get update && apt-get install --no-install-recommends$wanted"
  return 1
}

# build PRESET FOLDER TARGET [CMAKE-OPTION...]
build() {
  preset=$1 folder=$2 target=$3
  shift 3
  say "building $target into $folder (preset $preset)"
  cmake --preset "$preset" "$@" >&2 && cmake --build "$folder" --target "$target" >&2
}
