#!/usr/bin/env bash
# Puts in place what `demo`, `start` and `test` need: the npm packages, among them Node 24, and HAProxy, Redis,
# Prosody and nginx. Does nothing, and says nothing, where all is there. Says everything on stderr: stdout
# belongs to the command that follows.
set -euo pipefail
exec >&2
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# Debian keeps servers in sbin, which is not on everyone's PATH.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

say() { printf 'setup: %s\n' "$*"; }

fail() {
  say "$1"
  shift
  (($# == 0)) || printf '  %s\n' "$@"
  exit 1
}

node_is_24() { [[ "$(node_modules/.bin/node -v 2>/dev/null)" == v24.* ]]; }

npm_packages() {
  if [[ -e node_modules/.package-lock.json && ! package-lock.json -nt node_modules/.package-lock.json ]]; then
    if node_is_24; then return; fi
  fi
  command -v npm >/dev/null || fail 'npm is missing; it comes with any Node.js from 18 on (https://nodejs.org)'
  say 'npm packages, Node 24 among them (npm ci) ...'
  # Whatever the caller's npm is set to, these need the development packages, and node's own install script.
  npm ci --include=dev --ignore-scripts=false --no-audit --no-fund --loglevel=error
  node_is_24 || fail "node_modules/.bin/node is no Node 24; this machine's kind may lack one in the npm package \"node\""
}

# version PROGRAM: its version's first two numbers. Never `prosody --version`: that starts a server.
version() {
  case "$1" in
    haproxy) haproxy -v ;;
    redis-server) redis-server --version ;;
    prosody) cat /usr/lib/prosody/prosody.version 2>/dev/null || prosodyctl about 2>/dev/null ;;
  esac | grep -oE '[0-9]+\.[0-9]+' | head -n 1
}

# too_old PROGRAM MINIMUM
too_old() {
  local found
  found="$(version "$1" || true)"
  [[ -n "$found" && "$(printf '%s\n%s\n' "$2" "$found" | sort -V | head -n 1)" != "$2" ]]
}

missing_programs() {
  local program
  for program in haproxy redis-server prosody nginx; do
    command -v "$program" >/dev/null || printf '%s\n' "$program"
  done
}

install_with_apt() {
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "missing: $*; run as root: bash scripts/apt-install.sh $*"
    say "installing $* by apt needs root: sudo asks for your password where it must"
    as_root=(sudo)
  fi
  "${as_root[@]}" bash scripts/apt-install.sh "$@"
}

programs() {
  local missing old=()
  mapfile -t missing < <(missing_programs)
  if ((${#missing[@]} > 0)); then
    if ! command -v apt-get >/dev/null; then
      fail "missing: ${missing[*]}; get all four by one of" \
        'brew install haproxy redis nginx && brew install prosody/prosody/prosody' \
        'sudo dnf install haproxy redis prosody nginx' \
        'sudo apk add haproxy redis prosody nginx'
    fi
    install_with_apt "${missing[@]}"
    mapfile -t missing < <(missing_programs)
    ((${#missing[@]} == 0)) || fail "still missing after the installation: ${missing[*]}"
  fi
  too_old haproxy 2.6 && old+=("haproxy $(version haproxy) ($(command -v haproxy)); 2.6 or newer is needed")
  too_old redis-server 7.0 && old+=("redis $(version redis-server) ($(command -v redis-server)); 7.0 or newer is needed")
  too_old prosody 0.12 && old+=("prosody $(version prosody) ($(command -v prosody)); 0.12 or newer is needed")
  ((${#old[@]} == 0)) || fail 'too old, and left as they are (Debian 12 and Ubuntu 24.04 have newer ones):' "${old[@]}"
}

npm_packages
programs
