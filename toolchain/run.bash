# Sourced by test and hardware: building a preset, and runs of ctest whose logs are kept.

# One line: what is wrong, where, what to do.
fail() {
  echo "toolchain/${0##*/}: $*" >&2
  exit 1
}

say() { echo "toolchain/${0##*/}: $*"; }

has_pku() { grep -qw ospke /proc/cpuinfo; }

# Configures and builds one preset; quiet when it succeeds.
build() {
  local preset=$1 log
  log=$(mktemp)
  if ! { cmake --preset "$preset" && cmake --build --preset "$preset"; } >"$log" 2>&1; then
    grep -E -A 12 -m 5 'FAILED|[Ee]rror' "$log" >&2 || tail -n 40 "$log" >&2
    fail "the build of preset $preset failed; its log is $log"
  fi
  rm -f "$log"
}

# Runs ctest as row $1 of the table: what it logs goes to that row's own folder. $2 names the kernel;
# the rest are options of ctest.
row() {
  local folder=$rows/$1 kernel=$2 begin=$SECONDS
  shift 2
  rm -rf -- "$folder"
  mkdir -p -- "$folder"
  ctest --preset default --output-junit "$PWD/$folder/tests.xml" "$@" || status=$?
  [[ -s $folder/tests.xml ]] ||
    fail "ctest was ended (status $status) before its report on $kernel: run toolchain/${0##*/} again"
  cp -- build/default/Testing/Temporary/LastTest.log "$folder/tests.log"
  echo "$((SECONDS - begin))" >"$folder/seconds"
  echo "$kernel" >"$folder/kernel"
  folders+=("$folder")
}
