#!/usr/bin/env bash
# Everything that must hold: types, style, tests against the real programs, and against a real Kubernetes control plane.
# Arguments go to vitest; the cluster tests run without any, or with one that names test/cluster, and then alone.
# The last line printed is the count, `N passed, N failed` (`, N skipped`), in which types and style are one check each;
# what failed is named just above it.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH="$PWD/node_modules/.bin:$PATH:/usr/local/sbin:/usr/sbin:/sbin"

passed=0
failed=0
skipped=0
broken=()

# check NAME COMMAND...
check() {
  local name="$1"
  shift
  if "$@"; then
    passed=$((passed + 1))
    printf '✓ %s\n' "$name"
  else
    failed=$((failed + 1))
    broken+=("$name")
  fi
}

# tests COMMAND...: one run of vitest.
tests() {
  local counts status=0 more=(0 0 0) names=()
  counts="$(mktemp)"
  USHER_TEST_COUNTS="$counts" "$@" || status=$?
  read -ra more <"$counts"
  mapfile -t names < <(tail -n +2 "$counts")
  rm -f "$counts"
  passed=$((passed + ${more[0]:-0}))
  failed=$((failed + ${more[1]:-0}))
  skipped=$((skipped + ${more[2]:-0}))
  broken+=("${names[@]}")
  if ((status == 77)); then
    # It could not run, and has said why: its files are counted, as nobody knows its tests.
    skipped=$((skipped + $(find test/cluster -name '*.test.ts' | wc -l)))
    return
  fi
  # vitest can also fail without a failed test: it crashed, or found no test.
  if ((status != 0 && ${more[1]:-0} == 0)); then
    broken+=("vitest ended with exit code $status")
    failed=$((failed + 1))
  fi
}

if ! bash scripts/setup.sh; then
  failed=1
  broken+=('set-up')
fi
if ((failed == 0)); then
  bash scripts/cluster-tools.sh || printf 'tests that need a Kubernetes control plane or kustomize are skipped\n'
  bash scripts/haproxy-versions.sh || printf 'no newer HAProxy could be had: tests run on the installed one alone\n'
  check 'types (tsc)' tsc
  check 'style (biome)' biome check --error-on-warnings .
  case "$*" in
    '')
      tests node node_modules/vitest/vitest.mjs run
      tests bash scripts/cluster-tests.sh
      ;;
    *test/cluster*) tests bash scripts/cluster-tests.sh "$@" ;;
    *) tests node node_modules/vitest/vitest.mjs run "$@" ;;
  esac
fi

if ((failed > 0)); then printf '✗ %s\n' "${broken[@]}"; fi
summary="$passed passed, $failed failed"
if ((skipped > 0)); then summary+=", $skipped skipped"; fi
printf '%s\n' "$summary"
((failed == 0))
