#!/usr/bin/env bash
# The tests against a real Kubernetes control plane (test/cluster). Arguments go to vitest. Exit code 77 where they can't
# run, with the reason on stderr.
set -uo pipefail
exec bash "$(dirname "${BASH_SOURCE[0]}")/cluster-network.sh" \
  node node_modules/vitest/vitest.mjs run --config test/cluster/vitest.config.ts "$@"
