#!/usr/bin/env bash
# Puts newer HAProxies beside the machine's own, for the tests: unpacked Debian packages in a cache
# folder, each with its libc and libraries and a wrapper `haproxy`. Installs nothing, needs no root.
# Quiet, and off the network, when they are there. --force fetches them anew.
set -euo pipefail

series=(3.0 3.2)                          # the long-term branches after the machine's own
suites=(trixie trixie-backports forky sid) # Debian suites that may hold them, oldest first
cache="${XDG_CACHE_HOME:-$HOME/.cache}/usher/haproxy"

say() { printf 'haproxy-versions: %s\n' "$*" >&2; }
die() {
  say "$*"
  exit 1
}

# Whether an unpacked HAProxy of series $1 is there and runs.
have() {
  local wrapper
  for wrapper in "$cache/$1".*/haproxy; do
    [ -x "$wrapper" ] && "$wrapper" -v >/dev/null 2>&1 && return 0
  done
  return 1
}

missing=()
for one in "${series[@]}"; do
  if [ "${1:-}" = --force ] || ! have "$one"; then missing+=("$one"); fi
done
[ ${#missing[@]} -eq 0 ] && exit 0

for tool in apt-get apt-cache apt-config dpkg-deb; do
  command -v "$tool" >/dev/null || die "not here: $tool. Only a Debian machine can fetch HAProxy ${missing[*]}; the tests skip them."
done

# The mirror that this machine already uses for its own Debian release.
mirror=$(
  . /etc/os-release
  [ "${ID:-}" = debian ] || exit 0
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' |
    awk -v own="${VERSION_CODENAME:-sid}" '$2 ~ "^(" own "|stable|testing|unstable|sid)$" && $3 == "main" { print $1; exit }'
)
[ -n "$mirror" ] || die "no Debian mirror among this machine's apt sources; HAProxy ${missing[*]} is skipped by the tests."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/archives/partial" "$cache"
: >"$work/status"

# A private apt: own lists, cache and (empty) status; the machine's proxy and transport settings, none of its hooks.
cat >"$work/apt.conf" <<EOF
Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "$work";
Dir::State::lists "$work/lists";
Dir::State::status "$work/status";
Dir::Cache "$work";
Dir::Cache::archives "$work/archives";
APT::Sandbox::User "$(id -un)";
EOF
apt-config dump | grep '^Acquire::' | grep -v '^Acquire::IndexTargets' >>"$work/apt.conf"
export APT_CONFIG="$work/apt.conf"

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
signed=''
[ -r "$keyring" ] && signed="[signed-by=$keyring] "

# HAProxy's library packages, and theirs: Depends and Pre-Depends that begin with lib.
libraries() {
  local seen=' ' queue=(haproxy) package name
  while [ ${#queue[@]} -gt 0 ]; do
    package=${queue[0]}
    queue=("${queue[@]:1}")
    while read -r name; do
      case "$seen" in *" $name "*) continue ;; esac
      seen+="$name "
      queue+=("$name")
    done < <(apt-cache depends --important "$package" | sed -n 's/^ *|\{0,1\}\(Pre\)\{0,1\}Depends: \(lib[^ ]*\)$/\2/p')
  done
  printf '%s\n' $seen
}

# Downloads and unpacks the current suite's HAProxy as version $1.
unpack() {
  local target="$cache/$1" root="$work/root-$1" loader package
  mkdir -p "$work/deb-$1" "$root"
  # shellcheck disable=SC2046 # one word a package
  (cd "$work/deb-$1" && apt-get -qq download haproxy $(libraries))
  for package in "$work/deb-$1"/*.deb; do dpkg-deb -x "$package" "$root"; done
  loader=$(cd "$root" && find . -name 'ld-linux*.so*' -printf '%P\n' | head -n 1)
  [ -n "$loader" ] || die "no dynamic loader among the packages of HAProxy $1"
  # --argv0: the master process runs its argv[0] again on reload, and that must be this wrapper.
  cat >"$root/haproxy" <<EOF
#!/bin/sh
here=\$(dirname "\$(readlink -f "\$0")")
exec "\$here/$loader" --argv0 "\$here/haproxy" --library-path "\$here/${loader%/*}" "\$here/usr/sbin/haproxy" "\$@"
EOF
  chmod 755 "$root/haproxy" "$root"
  rm -rf "$root/usr/share"
  "$root/haproxy" -v >/dev/null || die "HAProxy $1 does not run on this machine"
  rm -rf "$target"
  mv "$root" "$target"
  say "HAProxy $1 is in $target"
}

for suite in "${suites[@]}"; do
  [ ${#missing[@]} -eq 0 ] && break
  say "looking for HAProxy ${missing[*]} in Debian $suite"
  echo "deb $signed$mirror $suite main" >"$work/sources.list"
  rm -rf "$work"/lists/* "$work"/*.bin
  mkdir -p "$work/lists/partial"
  if ! apt-get -qq update >"$work/log" 2>&1; then
    say "no index of Debian $suite: $(grep -m 1 '^[EW]:' "$work/log" || echo unknown)"
    continue
  fi
  version=$(apt-cache policy haproxy | sed -n 's/^ *Candidate: \([0-9.]*[0-9]\).*/\1/p')
  left=()
  for one in "${missing[@]}"; do
    case "$version" in
      "$one".*) unpack "$version" ;;
      *) left+=("$one") ;;
    esac
  done
  missing=("${left[@]}")
done
[ ${#missing[@]} -eq 0 ] || die "Debian has no HAProxy ${missing[*]}; the tests skip it."
