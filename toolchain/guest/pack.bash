# Sourced by toolchain/emulate: gathers the files of the jobs into one file, which the guest's init
# unpacks into its root.
#
# The file is two newc archives in a row. The first holds files that are made here (folders, the job
# list, copies), the second the host's own files, at their places and with their own modes.

# Largest file or folder that is packed, in MB.
largest=512

# Starts an empty root below $work. Folders made here are open to every uid, unlike those of the
# host, so that a job without privileges reaches its files.
pack_begin() {
    root=$work/root
    umask 022
    mkdir -- "$root" "$root"/{tmp,.emulate}
    chmod 1777 "$root/tmp"
    : >"$work/named"
    : >"$work/unreadable"
}

# True if path $1 has a place in the guest and is not too large for it; prints a note if it is too
# large.
pack_fits() {
    case $1 in
    / | /dev | /dev/* | /proc | /proc/* | /sys | /sys/* | /init | /.emulate*) return 1 ;; # the guest's own
    esac
    local size
    read -r size _ < <(du -sxm --apparent-size -- "$1" 2>/dev/null) || true
    ((${size:-0} <= largest)) && return 0
    note "$1: $size MB: not packed into the guest (limit: $largest MB)"
    return 1
}

# Packs the host's file or folder $1, if it exists, under the same name in the guest.
pack_named() {
    [[ -f $1 || -d $1 ]] || return 0
    local path target
    path=$(realpath -ms -- "$1")
    pack_fits "$path" || return 0
    mkdir -p -- "$root${path%/*}"
    if [[ -L $path ]]; then
        target=$(realpath -- "$path")
        ln -sfn -- "$target" "$root$path"
        pack_named "$target"
        return 0
    fi
    find "$path" -xdev -readable -print0 >>"$work/named" || true
    find "$path" -xdev -type f ! -readable -print0 >>"$work/unreadable" 2>/dev/null || true
}

# Packs a copy of the host's file or folder $1 as $2.
pack_as() {
    [[ -r $1 ]] || fail "--add $1: cannot be read: is the path right?"
    [[ $2 == /* ]] || fail "--add $1=$2: the place in the guest must begin with /"
    mkdir -p -- "$root${2%/*}"
    cp -a -- "$1" "$root$2"
}

# Writes each string, ended by NUL, after their number.
counted() {
    printf '%s\0' "$#" "$@"
}

# Writes an entry without content for each file that this script may not read (mode 000). A job
# without privileges may not read it either, which is the purpose of such a file.
pack_unreadable() {
    local LC_ALL=C path mode uid gid modified length
    while IFS= read -rd '' path; do
        read -r mode uid gid modified < <(stat -c '%f %u %g %Y' -- "$path")
        length=${#path} # without its first slash, with a NUL
        printf '070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%s\0' \
            0 "0x$mode" "$uid" "$gid" 1 "$modified" 0 0 0 0 0 "$length" 0 "${path#/}"
        head -c $(((4 - (110 + length) % 4) % 4)) /dev/zero
    done <"$work/unreadable"
}

# Writes an archive of the names on standard input, relative to folder $1.
archive() {
    cpio -o -H newc -0 --quiet --reproducible -D "$@" 2>>"$work/cpio.log"
}

# Writes both archives to $work/files.
pack_end() {
    {
        (cd -- "$root" && find . -mindepth 1 -printf '%P\0') | archive "$root" -R 0:0
        pack_unreadable
        sort -zu -- "$work/named" | sed -z 's,^/,,' | archive /
    } >"$work/files" ||
        fail "cannot pack the guest's files: $(tail -n 1 "$work/cpio.log"): is ${TMPDIR:-/tmp} full?"
}
