/// Checks properties of an object that the linker trusts without a check.
#pragma once

#include "linker/link/object.h"

namespace linker::link {

/// Throws verify::Unreadable if an object of a domain would make the linker write outside of the
/// object's own sections, or resolve names by other rules than ours:
/// - a relocation of another form than RELA, of a kind that no compiler emits here, or of bytes
///   outside of its section: the linker checks no bounds;
/// - a section that is not marked as loaded, and that has the name of one that is loaded;
/// - an undefined name with a version (NAME@VERSION), which the linker reads as NAME.
void check_sound(const Object &object);

/// Of an object of a domain's as it was given: throws verify::Unreadable where a compressed section
/// would be loaded, or claims more bytes than its own can hold. The linker makes room for them all.
void check_compressed(const Object &object);

/// The bytes that the linker may leave free in front of an object's sections, for alignments of
/// more than a page. Throws verify::Unreadable where one alone is more than `most_alignment`.
uint64_t alignment_of(const Object &object);

/// Of all objects of a domain's together: the linker writes what it leaves free.
constexpr uint64_t most_alignment = uint64_t{1} << 28;

} // namespace linker::link
