# What the scripts of this folder share. To be sourced, from bash.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
node_home=$root/build/node
setup_log=$root/build/setup.log
yaml_source=$root/build/libyaml

# Debian 12's names. Node.js and npm are looked for as commands instead: see scripts/setup.
debian_packages=(g++ clang lld libclang-rt-14-dev cmake ninja-build ccache nlohmann-json3-dev libboost1.81-dev catch2
  libcli11-dev libfmt-dev libyaml-dev libjemalloc-dev libbenchmark-dev emscripten python3 time
  chromium-headless-shell fonts-dejavu-core)

name=$(basename "$0")

say() { printf '%s: %s\n' "$name" "$*"; }

fail() {
  printf '%s: %s\n' "$name" "$*" >&2
  exit 1
}

# usage FILE: the comment with which a script begins.
usage() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$1"; }

# use_node: puts the node that scripts/setup fetched, if any, before the machine's own.
use_node() {
  if [ -x "$node_home/bin/node" ]; then PATH=$node_home/bin:$PATH; fi
}

# node_is_recent: true for a node that the web tools accept.
node_is_recent() {
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

# jobs: how many compilers at a time: one per core, but no more than memory allows (about 1 GB each).
jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ {print int($2 / 1000000)}' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  [ "$cores" -le "$memory" ] && echo "$cores" || echo "$memory"
}

# build_web: the playground and the npm package, of the module that the preset "wasm" has built.
build_web() {
  (cd "$root/web" && npm run --silent check && npm run --silent build)
}

# build PRESET [TARGET…]: configures and builds.
build() {
  local preset=$1 targets=()
  shift
  [ $# -eq 0 ] || targets=(--target "$@")
  (cd "$root" && cmake --preset "$preset" >"$root/build/configure-$preset.log" 2>&1) || {
    tail -n 40 "$root/build/configure-$preset.log" >&2
    fail "cmake could not configure the preset \"$preset\""
  }
  (cd "$root" && cmake --build --preset "$preset" -j "$(jobs)" "${targets[@]}")
}
