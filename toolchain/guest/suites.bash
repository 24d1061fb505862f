# Sourced by kernel: packages of Debian's other suites, from the mirror that the system's own sources
# name. Each suite has a private configuration of apt in the cache, with its own lists, which are
# checked by Debian's keyring. The system's apt does not change.

keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# Prints the suites to search for kernel $1 if the system's own sources do not offer it.
suites_of() {
    case $1 in
    5.10) echo bullseye-security bullseye ;;
    6.1) echo bookworm-security bookworm ;;
    *) echo sid trixie-backports trixie ;;
    esac
}

# Prints the address from which the system gets the archive of suite $1. The security suites have
# their own address.
mirror_of() {
    local label=Debian
    [[ $1 != *-security ]] || label=Debian-Security
    apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        awk -v label="$label" '$1 == label { print $2; exit }'
}

# Runs program $2 of apt with the private configuration of suite $1.
in_suite() {
    local suite=$1 program=$2
    shift 2
    "$program" -qq -c "$cache/apt/$suite/apt.conf" "$@"
}

# Writes the private configuration of suite $1 on the mirror $2.
configure_suite() {
    local folder=$cache/apt/$1
    mkdir -p -- "$folder/lists/partial" "$folder/archives/partial"
    : >"$folder/status"
    echo "deb [arch=amd64 target=Packages signed-by=$keyring] $2 $1 main" >"$folder/sources.list"
    # The lists of an archived suite have expired and are still right. The cleared hooks would clean
    # the system's own folders.
    cat >"$folder/apt.conf" <<END
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear APT::Default-Release;
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
Acquire::Check-Valid-Until "false";
Acquire::http::Timeout "20";
Acquire::Retries "1";
Acquire::Languages "none";
Dir::State "$folder";
Dir::State::Lists "$folder/lists";
Dir::State::status "$folder/status";
Dir::Cache "$folder";
Dir::Etc::SourceList "$folder/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
END
}

# Fetches the lists of suite $1; prints the reason if that fails.
update_suite() {
    local mirror log
    mirror=$(mirror_of "$1")
    [[ -n $mirror ]] || { echo "suite $1: apt's sources name no mirror of it" && return 1; }
    configure_suite "$1" "$mirror"
    log=$(in_suite "$1" apt-get update 2>&1) && return
    case $log in
    *' 404 '* | *'not have a Release file'*) echo "suite $1: gone from $mirror" ;;
    *) echo "suite $1: $(grep -m 1 '^[EW]:' <<<"$log" || echo 'apt-get update failed')" ;;
    esac
    return 1
}

# Prints `VERSION PACKAGE SUITE` of each kernel that suite $1 holds and that is a $2 (newest: any).
# From 6.19 on linux-image-V is empty and linux-binary-V has the image. Both exist then; the one
# that sorts last is right.
kernels_of_suite() {
    in_suite "$1" apt-cache pkgnames linux- |
        sed -nE "s/^(linux-(image|binary)-([0-9]+\.[0-9]+\.[0-9][^ ]*)-cloud-amd64)$/\3 \2 \1 $1/p" |
        awk -v wanted="$2" '
            wanted == "newest" || (index($1, wanted) == 1 && substr($1, length(wanted) + 1) ~ /^[^0-9]/)' |
        sort -k 1,1V -k 2,2r | awk '{ print $1, $3, $4 }'
}

# Sets `package` and `suite` for kernel $1: the highest version in any of its suites. If none can be
# fetched, ends the program with 77, which tests show as a skip.
choose_in_suites() {
    local candidates="" trouble=() reason
    read -ra suites < <(suites_of "$1")
    $tell "$1: not in the system's own suites; looking in: ${suites[*]}"
    for suite in "${suites[@]}"; do
        if reason=$(update_suite "$suite"); then
            candidates+=$(kernels_of_suite "$suite" "$1")$'\n'
        else
            trouble+=("$reason")
        fi
    done
    read -r _ package suite < <(sort -s -k 1,1V <<<"$candidates" | tail -n 1) || true
    reason=$(printf '%s; ' "${trouble[@]}")
    if [[ -z $package ]]; then
        ((${#trouble[@]})) || reason="in none of the suites ${suites[*]}; "
        gone "$1: skipped: ${reason%; }"
    fi
    ((${#trouble[@]} == 0)) || $tell "$1: ${reason%; }: taking $package of $suite"
}
