#!/usr/bin/env bash
# Puts the definitions of others' kinds that usher's manifests use (CustomResourceDefinitions) into a cache folder, as
# their projects publish them: files of Go modules, some 80 MB. Quiet, and off the network, when they are there.
set -euo pipefail

folder="${XDG_CACHE_HOME:-$HOME/.cache}/usher/cluster/definitions"

# module@version, and a file of it
sources='github.com/prometheus-operator/prometheus-operator@v0.85.0 example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml
github.com/prometheus-operator/prometheus-operator@v0.85.0 example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml
github.com/external-secrets/external-secrets@v0.18.2 config/crds/bases/external-secrets.io_externalsecrets.yaml
github.com/fluxcd/kustomize-controller@v1.7.3 config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml
github.com/fluxcd/source-controller@v1.8.5 config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml
github.com/argoproj/argo-cd/v3@v3.1.9 manifests/crds/applicationset-crd.yaml'

[[ "$(cat "$folder/sources" 2>/dev/null)" == "$sources" ]] && exit 0
mkdir -p "$folder"
work="$(mktemp -d "$folder/new-XXXXXX")"
trap 'rm -rf "$work"' EXIT
# Beside the module of whatever folder this is.
cd "$work"
modules="$(GOFLAGS=-mod=mod go env GOMODCACHE)"
while read -r module file; do
  GOFLAGS=-mod=mod go mod download "$module"
  cp "$modules/$module/$file" "$work/"
done <<<"$sources"
chmod u+w "$work"/*.yaml
printf '%s' "$sources" >"$work/sources"
mv "$work"/*.yaml "$work/sources" "$folder/"
