# Sourced by the scripts beside it: the checkout's root, and how they speak.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly VENV="$PWD/.venv"
readonly LOGS="$PWD/build/logs"

cores="$(nproc 2>/dev/null || echo 2)"
export CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$cores}"

# One name for the compiler in every build, so that ccache knows what it has compiled before.
export CC="${CC:-cc}" CXX="${CXX:-c++}"

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# step NAME COMMAND...: runs the command without input, its output kept in build/logs/NAME.log;
# prints one closing line, or the end of that log where the command fails. V=1 shows everything.
step() {
  local name="$1" log="$LOGS/${1// /-}.log" began=$SECONDS
  shift
  mkdir -p "$LOGS"
  if [[ -n "${V:-}" ]]; then
    "$@" </dev/null 2>&1 | tee "$log" || fail "$name failed"
  elif ! "$@" </dev/null >"$log" 2>&1; then
    tail -n 100 "$log" >&2
    fail "$name failed; the whole log: ${log#"$PWD"/}"
  fi
  say "$(printf '%-28s done  %4d s' "$name" $((SECONDS - began)))"
}
