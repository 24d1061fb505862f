# Sourced after lib.bash by test and hardware: builds of a preset, and runs of ctest with kept logs.

# Prints the failures in log $1: the name and output of each failed step, without its command, which is
# longer than both.
show_failures() {
    awk '/^FAILED: / { print; lines = 20; command = 1; next }
        command { command = 0; next }
        /^CMake Error/ { lines = 12 }
        /^\[[0-9]+\/[0-9]+\]/ || /^ninja: build stopped/ { lines = 0 }
        lines-- > 0 && printed++ < 60' "$1" | grep . || tail -n 40 "$1"
}

# Runs the rest, a step of making preset $1; quiet when it succeeds.
quietly() {
    local log
    log=$(mktemp)
    if ! "${@:2}" >"$log" 2>&1; then
        show_failures "$log" >&2
        fail "the build of preset $1 failed: its first messages are above, all of them are in $log"
    fi
    rm -f "$log"
}

configure() { quietly "$1" cmake --preset "$1"; }

# Builds preset $1 whole.
build() {
    configure "$1"
    quietly "$1" cmake --build --preset "$1"
}

# Builds in configured preset $1 the targets of the tests that expression $2 chooses.
build_for() {
    local needs programs targets
    needs=$(ctest --preset "$1" -N --show-only=json-v1 -R "$2" |
        awk -v build="$PWD/build/$1" -f toolchain/needs.awk)
    mapfile -t programs < <(sed -n 's/^tool //p' <<<"$needs")
    mapfile -t targets < <(sed -n 's/^target //p' <<<"$needs")
    [[ " ${programs[*]} " != *' all '* ]] || programs=()
    ((${#targets[@]} == 0)) || POSTERN_HOST_TOOLS=$(IFS=';' && echo "${programs[*]}") \
        quietly "$1" cmake --build --preset "$1" --target "${targets[@]}"
}

# Runs ctest as row $1 of the table; its logs go to a folder of that row. $2 names the kernel; the
# rest are options of ctest. The preset is $preset, or the default one.
row() {
    local folder=$rows/$1 kernel=$2 begin=$SECONDS from=${preset:-default}
    shift 2
    rm -f -- "$folder"/{tests.xml,tests.log,not_run}
    mkdir -p -- "$folder"
    ctest --preset "$from" --no-label-summary --parallel "$(nproc)" --output-junit "$PWD/$folder/tests.xml" "$@" || status=$?
    [[ -s $folder/tests.xml ]] ||
        fail "ctest was ended (status $status) before its report on $kernel: run toolchain/${0##*/} again"
    cp -- "build/$from/Testing/Temporary/LastTest.log" "$folder/tests.log"
    echo "$((SECONDS - begin))" >"$folder/seconds"
    echo "$kernel" >"$folder/kernel"
    folders+=("$folder")
}
