# Sourced by tests that are scripts: they report each case in a line, and end with the counts.
#
# A script names its cases whole. Where `report` has no text of what is wrong, as in `case_of`, the script's
# function `why` prints it.
passed=0 failed=0 skipped=0

case_passed() {
    echo "passed $1"
    passed=$((passed + 1))
}

# Case $1 failed, and $2... says why.
case_failed() {
    echo "failed $1: ${*:2}"
    failed=$((failed + 1))
}

# Case $1 was not run, and $2... says why.
case_skipped() {
    echo "skipped $1: ${*:2}"
    skipped=$((skipped + 1))
}

# Case $1 holds if the command in the other words succeeds; else the script's function `why` prints what is wrong.
case_of() {
    if "${@:2}"; then
        case_passed "$1"
    else
        case_failed "$1" "$(why)"
    fi
}

# Case $1 holds if text $2, which says what is wrong, is empty.
report() {
    if [[ -z $2 ]]; then
        case_passed "$1"
    else
        case_failed "$1" "$2"
    fi
}

# Ends the script, as skipped where no case was run.
end_of_cases() {
    echo "$passed passed, $failed failed, $skipped skipped"
    ((failed == 0 && passed + skipped > 0)) || exit 1
    ((passed > 0)) || exit 77
    exit 0
}
