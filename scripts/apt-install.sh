#!/usr/bin/env bash
# apt-install.sh PROGRAM...: installs the programs' Debian packages as root, and starts and enables no service:
# usher runs its own processes from its own configuration, and a system service would take their ports.
set -euo pipefail
exec >&2

policy=/usr/sbin/policy-rc.d
mark='# usher: no service starts while usher installs packages'

say() { printf 'setup: %s\n' "$*"; }

packages() {
  local program
  for program in "$@"; do
    # Debian's plain `nginx` pulls in more modules than the web of a local shard needs.
    if [[ "$program" != nginx ]]; then printf '%s\n' "$program"
    elif apt-cache show nginx-light >/dev/null 2>&1; then printf 'nginx-light\n'
    else printf 'nginx\n'
    fi
  done
}

# The services enabled at boot, for systemd and for runlevels; the latter's numbers may change by themselves.
enabled() {
  find /etc/systemd/system -path '*.wants/*.service' -printf '%f\n' 2>/dev/null
  find /etc/rc[2-5].d -name 'S[0-9][0-9]*' -printf '%f\n' 2>/dev/null | cut -c 4-
}

# A policy that someone else wrote is put aside, and one that a killed run left behind is its own.
deny_starts() {
  if [[ -e "$policy" ]] && ! grep -qF "$mark" "$policy"; then mv "$policy" "$policy.usher-saved"; fi
  printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
  chmod 755 "$policy"
}

restore() {
  rm -f "$policy"
  if [[ -e "$policy.usher-saved" ]]; then mv "$policy.usher-saved" "$policy"; fi
  local service
  for service in $(comm -13 <(sort -u <<<"$before") <(enabled | sort -u)); do
    case "$service" in
      # It serves only package scripts, and knows them by this variable.
      *.service) DPKG_MAINTSCRIPT_PACKAGE=usher deb-systemd-helper disable "$service" || true ;;
      *) update-rc.d "$service" disable || true ;;
    esac
  done
}

update() {
  say 'package lists (apt-get update) ...'
  apt-get update -qq
}

install() {
  local wanted
  mapfile -t wanted < <(packages "$@")
  say "${wanted[*]} (apt-get install) ..."
  apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 "${wanted[@]}" </dev/null
}

before="$(enabled)"
trap restore EXIT
trap 'exit 130' INT TERM HUP
deny_starts

export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 LC_ALL=C.UTF-8
# Without lists, or with lists older than the archive, the first try can't succeed.
apt-cache show "$@" >/dev/null 2>&1 || update
install "$@" || { update && install "$@"; }
