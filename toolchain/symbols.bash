# Sourced after lib.bash by explain and tables: the symbols of an image.

# Prints the first installed name of a tool.
tool() {
    local suffix
    for suffix in '' -14 -19 -22; do
        if command -v "$1$suffix"; then
            return
        fi
    done
    return 1
}

# Ends the program unless $1 is a file that it may read.
need_file() {
    [[ -f $1 && -r $1 ]] || fail "$1: no such file"
}

# Reads the begin, size and name of each symbol, sorted by address. At one address a symbol with a size
# comes last.
begins=() sizes=() names=() count=0
read_symbols() {
    local image=$1 nm symbols begin size name
    nm=$(tool llvm-nm) || fail 'llvm-nm not found: install llvm'
    if ! symbols=$("$nm" --demangle --defined-only --print-size "$image" 2>/dev/null | LC_ALL=C sort); then
        fail "$image: not an image that $nm can read"
    fi
    while read -r begin size _ name; do
        if [[ $begin =~ ^[0-9a-f]{16}$ && $begin > 00000000ffffffff ]]; then
            begins+=($((16#$begin))) sizes+=($((16#$size))) names+=("$name")
        fi
    done <<<"$symbols"
    count=${#begins[@]}
    ((count > 0)) || fail "$image: no symbols (stripped?)"
}

# Sets `found` to "symbol+0xOFFSET" and `found_size` to the symbol's size, or `found` to nothing. A symbol
# without a size (of the linker script, for example) extends to the next address with a symbol, unless it
# marks an end.
symbol() {
    local address=$1 low=0 high=$count middle index
    while ((low < high)); do
        middle=$(((low + high) / 2))
        if ((begins[middle] <= address)); then low=$((middle + 1)); else high=$middle; fi
    done
    found=
    for ((index = low - 1; index >= 0 && index >= low - 8; --index)); do
        if ((address < begins[index] + sizes[index])); then
            name_offset "$address" "$index"
            return
        fi
    done
    for ((index = low - 1; index >= 0 && low < count && begins[index] == begins[low - 1]; --index)); do
        if ((sizes[index] == 0)) && [[ ${names[index]} != *_end ]]; then
            name_offset "$address" "$index"
            return
        fi
    done
}

# Sets `found` and `found_size` for an address and the symbol at an index.
# shellcheck disable=SC2034 # they are for those who source this
name_offset() {
    printf -v found '%s+0x%x' "${names[$2]}" $(($1 - begins[$2]))
    printf -v found_size '0x%x' "${sizes[$2]}"
}
