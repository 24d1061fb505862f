/// A core file in memory, and questions about it.
#pragma once

#include "tests/harness/harness.h"

namespace core_file {

/// The bytes that a core file of `domain` has: a page, and all of the domain's regions.
uint64_t expected_bytes(Domain domain);

/// An empty file, to be written by rt::write_core and read here.
class CoreFile {
public:
    CoreFile();
    ~CoreFile();
    CoreFile(const CoreFile &) = delete;
    CoreFile &operator=(const CoreFile &) = delete;

    rt::sys::Descriptor file() const { return file_; }

    uint64_t bytes() const;
    /// What it takes of the file system: no holes. [stat(2) st_blocks]
    uint64_t bytes_stored() const;
    /// Whether the headers name the notes, and each region of `domain` at its place, and no more.
    bool has_headers_of(Domain domain) const;
    /// Bytes that are not as the domain's memory is now.
    uint64_t changed(Domain domain) const;
    /// Bytes that are not as in another one.
    uint64_t differences(const CoreFile &other) const;
    /// The places at which these eight bytes are, in either order.
    uint64_t count(uint64_t word) const;
    /// A word of the registers, by its place in user_regs_struct: r15 is 0.
    uint64_t register_at(unsigned place) const;

private:
    template <class T>
    T at(uint64_t offset) const;

    rt::sys::Descriptor file_;
};

} // namespace core_file
