# Sourced by toolchain/mutate: reading, checking and choosing mutants, for which nothing is built.

mutants() { awk -v action="$1" -f toolchain/mutants.awk "${@:2}"; }

# Reads all mutants: their names in the order of their files, so that one build serves neighbours.
declare -A files_of=() cases_of=() ctests_of=()
all=()
read_mutants() {
    local list name files cases ctests
    list=$(mutants list tests/mutants/*.mut) || fail "tests/mutants: mend the line above"
    while IFS=$'\t' read -r name files cases ctests _; do
        all+=("$name") files_of[$name]=$files cases_of[$name]=$cases ctests_of[$name]=$ctests
    done <<<"$list"
}

# Whether the sources of the tests have case $1. They hold its whole name; or `kind.subject` and the behaviour,
# which a script joins; or a beginning that ends with `_`, to which a program adds the rest.
declare -A is_word=() is_ctest=()
is_case() {
    local subject=${1%.*} begin=$1
    [[ ! ${is_word[$1]-} ]] || return 0
    [[ ! ${is_word[$subject]-}${is_ctest[$subject]-} || ! ${is_word[${1##*.}]-} ]] || return 0
    while [[ $begin == "$subject".*_* ]]; do
        begin=${begin%_*}
        [[ ! ${is_word[${begin}_]-} ]] || return 0
    done
    return 1
}

# Checks that every mutant applies, that the sources of the tests have its cases, and that configured
# build $1 has its ctests.
check() {
    local list name cases ctests case ctest wrong=0
    list=$(mutants check tests/mutants/*.mut) || wrong=1
    # Not by ctest -N, which empties the log of a run in the same build, such as the one that this is a test of.
    while read -r ctest; do is_ctest[$ctest]=1; done \
        < <(find "$1" -name CTestTestfile.cmake -exec sed -nE 's/^add_test\((\[=\[)?([^] ]+).*/\2/p' {} + 2>/dev/null)
    ((${#is_ctest[@]} > 0)) || fail "$1 has no tests: configure it (cmake --preset default), or name another build"
    while read -r case; do is_word[${case%.}]=1; done \
        < <(grep -rhsoE --exclude='*.md' --exclude='*.mut' --exclude-dir={tree,results} '[A-Za-z0-9_][A-Za-z0-9_.]*' tests bench |
            sort -u)
    while IFS=$'\t' read -r name _ cases ctests _; do
        for case in $cases; do
            is_case "$case" ||
                { echo "mutant $name: no test has a case $case; correct the name" >&2 && wrong=1; }
        done
        for ctest in $ctests; do
            [[ ${is_ctest[$ctest]-} ]] ||
                { echo "mutant $name: no ctest of $1 is called $ctest; correct the name" >&2 && wrong=1; }
        done
    done <<<"$list"
    ((wrong == 0)) || fail "mend the mutants above"
    say "$(wc -l <<<"$list") mutants apply, and their tests are there"
}

# Prints the names on standard input, one a line, in an order that the commit's hash chooses.
by_hash() {
    local name seed
    seed=$(git rev-parse HEAD)
    while read -r name; do
        echo "$(sha256sum <<<"$seed $name") $name"
    done | sort | sed 's/.* //'
}

# Prints the last commit that is a day older than HEAD, or else the first one that this clone has.
day_before_head() {
    local day_before=$(($(git log -1 --format=%ct) - 86400))
    git rev-list -1 --before="$day_before" HEAD | grep . || git rev-list --max-parents=0 HEAD | tail -n 1
}

# Prints the commit with which a change begins: $1 if given, or where this branch leaves origin/main, or a day before
# HEAD. If the history ends at HEAD, that is HEAD.
since() {
    local base head
    head=$(git rev-parse HEAD)
    if [[ $1 ]]; then
        if git rev-parse -q --verify "$1^{commit}"; then return; fi
        [[ $(git rev-parse --is-shallow-repository) == true ]] ||
            fail "--changed $1: no such commit; name one that \`git log\` shows"
        base=$head
    elif ! base=$(git merge-base origin/main HEAD 2>/dev/null) || [[ $base == "$head" ]]; then
        base=$(day_before_head)
    fi
    [[ $base != "$head" ]] ||
        say "this clone does not have the commit ${1:-before HEAD}: only a sample and what is not committed count" >&2
    echo "$base"
}

# Prints the mutants whose files, or whose own text, differ from commit $1.
changed_since() {
    local path name file before=$work/before
    rm -rf -- "$before" && mkdir -p -- "$before"
    for path in $(git ls-tree --name-only "$1" tests/mutants/ | grep '\.mut$'); do
        git show "$1:$path" >"$before/${path##*/}"
    done
    declare -A touched=()
    while IFS= read -r file; do touched[$file]=1; done < <(git diff --name-only "$1" --)
    {
        comm -13 <(cat -- "$before"/*.mut 2>/dev/null | mutants list - 2>/dev/null | sort) \
            <(mutants list tests/mutants/*.mut | sort) | cut -f 1
        for name in "${all[@]}"; do
            for file in ${files_of[$name]}; do [[ ! ${touched[$file]-} ]] || echo "$name"; done
        done
    } | sort -u
}

# Sets `names`: the mutants of the change and a sample, or those asked for, or all; at most as many as
# --pick allows.
choose() {
    local base candidates=("${names[@]}") of_change=() others=() wanted name
    ((${#candidates[@]} > 0)) || candidates=("${all[@]}")
    if [[ $changed ]]; then
        base=$(since "$since")
        mapfile -t of_change < <(changed_since "$base" | by_hash)
        ((count > 0)) || count=$((${#of_change[@]} + 3))
    fi
    ((count > 0)) || count=${#candidates[@]}
    mapfile -t others < <(printf '%s\n' "${candidates[@]}" | grep -vxF -f <(printf '%s\n' "${of_change[@]}") | by_hash)
    wanted=("${of_change[@]:0:count}")
    if [[ $changed ]]; then
        say "${#of_change[@]} mutants are of files changed since ${base:0:12}; ${#wanted[@]} of them are tried"
    fi
    wanted+=("${others[@]:0:count - ${#wanted[@]}}")
    left_out=$((${#candidates[@]} - ${#wanted[@]}))
    declare -A is_wanted=()
    for name in "${wanted[@]}"; do is_wanted[$name]=1; done
    names=()
    for name in "${all[@]}"; do
        [[ ! ${is_wanted[$name]-} ]] || names+=("$name")
    done
}
