#!/usr/bin/env bash
# Runs a command with a real Kubernetes control plane at hand, in a network namespace in which any process may use any
# address of 10.0.0.0/8: pods and Services have real ones there. Needs no root. Exit code 77 where it can't, with the
# reason on stderr.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH="$PWD/node_modules/.bin:$PATH:/usr/local/sbin:/usr/sbin:/sbin"

skip() {
  printf 'there is no cluster to be had: %s\n' "$*" >&2
  exit 77
}

network='ip link set lo up && ip route add local 10.0.0.0/8 dev lo'
# A user keeps his own id, and the capability over a network that is his alone.
own=(unshare --map-current-user --keep-caps --net)
((EUID != 0)) || own=(unshare --net)
# What a killed run leaves behind ends with it, where a process namespace can be had too.
ends=(--pid --fork --kill-child --mount-proc)

for tool in unshare ip; do
  command -v "$tool" >/dev/null || skip "$tool is missing (Linux: packages util-linux and iproute2)"
done
if "${own[@]}" "${ends[@]}" true 2>/dev/null; then own+=("${ends[@]}"); fi
why="$("${own[@]}" sh -c "$network" 2>&1)" || skip "no network namespace can be had here: $why"
bash scripts/cluster-tools.sh || skip 'a program is missing, see above'

exec "${own[@]}" sh -c "$network && exec \"\$@\"" sh "$@"
