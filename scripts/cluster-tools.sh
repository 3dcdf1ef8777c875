#!/usr/bin/env bash
# Puts what the cluster tests need into a cache folder: etcd, kube-apiserver, kube-controller-manager and kustomize,
# built once from source by Go, as no package holds all of them. Installs nothing, needs no root. Quiet, and off the
# network, when they are there. $KUBEBUILDER_ASSETS names a folder that holds some of them already. With the argument
# kwok, which bench cluster wants, that too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../test/cluster/controlplane"

kustomize=v5.8.1
kwok=v0.7.0
bin="${XDG_CACHE_HOME:-$HOME/.cache}/usher/cluster/bin"
assets="${KUBEBUILDER_ASSETS:-}"

say() { printf 'cluster-tools: %s\n' "$*" >&2; }

# Whether a program is there. What stands in the cache counts only if it was built from this go.mod.
have() {
  [[ -n "$assets" && -x "$assets/$1" ]] || { [[ -x "$bin/$1" ]] && cmp -s go.mod "$bin/go.mod"; }
}

have_kustomize() { [[ -n "$assets" && -x "$assets/kustomize" ]] || [[ "$("$bin/kustomize" version 2>/dev/null)" == "$kustomize" ]]; }

have_kwok() { [[ -n "$assets" && -x "$assets/kwok" ]] || [[ "$("$bin/kwok" --version 2>/dev/null)" == *"$kwok"* ]]; }

check_go() {
  local version
  version="$(go env GOVERSION 2>/dev/null || true)"
  if [[ -z "$version" ]]; then
    say 'Go is missing, 1.24 or newer, which builds etcd and Kubernetes; or name a folder with etcd, kube-apiserver,'
    say 'kube-controller-manager and kustomize in $KUBEBUILDER_ASSETS'
    return 1
  fi
  if [[ "$(printf 'go1.24\n%s\n' "$version" | sort -V | head -n 1)" != go1.24 ]]; then
    say "$version is too old to build etcd and Kubernetes: 1.24 or newer is needed"
    return 1
  fi
}

build_control_plane() {
  local version started=$SECONDS package=k8s.io/component-base/version
  say 'building etcd, kube-apiserver and kube-controller-manager from source, once: 5 min on two cores, 4 GB for Go ...'
  version="$(go list -m -f '{{.Version}}' k8s.io/kubernetes)"
  # Without its version an API server says that it is 0.0.0.
  go build -o "$work/" -ldflags "-s -w -X $package.gitVersion=$version" \
    k8s.io/kubernetes/cmd/kube-apiserver k8s.io/kubernetes/cmd/kube-controller-manager
  go build -o "$work/etcd" -ldflags '-s -w' go.etcd.io/etcd/server/v3
  cp go.mod "$work/"
  say "built in $((SECONDS - started)) s, into $bin"
}

control_plane=0
for program in etcd kube-apiserver kube-controller-manager; do have "$program" || control_plane=1; done
kustomizes=0
have_kustomize || kustomizes=1
kwoks=0
[[ "${1:-}" != kwok ]] || have_kwok || kwoks=1
# Without them, objects of others' kinds are left out of the tests, which say so.
bash ../../../scripts/cluster-definitions.sh || say 'no definitions of the kinds of Prometheus, Argo CD, Flux and others'
((control_plane || kustomizes || kwoks)) || exit 0

check_go
# Beside its destination, so that a program is put in its place whole or not at all.
mkdir -p "$bin"
work="$(mktemp -d "$bin/build-XXXXXX")"
trap 'rm -rf "$work"' EXIT
export CGO_ENABLED=0
if ((kustomizes)); then GOBIN="$work" go install -ldflags '-s -w' "sigs.k8s.io/kustomize/kustomize/v5@$kustomize"; fi
if ((kwoks)); then GOBIN="$work" go install -ldflags '-s -w' "sigs.k8s.io/kwok/cmd/kwok@$kwok"; fi
if ((control_plane)); then build_control_plane; fi
mv "$work"/* "$bin/"
