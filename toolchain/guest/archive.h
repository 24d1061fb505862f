/// Unpacks newc archives, several in a row as `cpio -o -H newc` writes them, from memory into the
/// file system. [linux driver-api/early-userspace/buffer-format]
#pragma once

#include <linux/stat.h>
#include <stddef.h>

#include "crt/memory.h"
#include "rt/sys/file.h"
#include "rt/sys/path.h"
#include "toolchain/guest/text.h"

namespace guest {

using rt::base::Done;
using rt::base::Errno;
using rt::base::Result;

class Archive {
public:
    Archive(const char *begin, size_t size) : next_(begin), end_(begin + size) {}

    /// Unpacks everything. EINVAL if the archive is not understood, else the kernel's error.
    Result<Done> unpack() {
        while (left() >= header_size) {
            if (*next_ == '\0') {
                next_ += 4; // padding of an archive's last block
                continue;
            }
            const auto done = unpack_entry();
            if (!done) {
                return done;
            }
        }
        return Done{};
    }

private:
    static constexpr size_t header_size = 110;
    static constexpr size_t most_links = 1024;

    enum Field { number, mode, uid, gid, links, size = 6, device = 9, minor = 10, name_size = 11 };

    size_t left() const { return static_cast<size_t>(end_ - next_); }

    static uint32_t field(const char *header, Field which) {
        uint32_t value = 0;
        for (const char *digit = header + 6 + which * 8; digit != header + 14 + which * 8;
             ++digit) {
            const int worth = *digit <= '9' ? *digit - '0' : (*digit | 0x20) - 'a' + 10;
            value = value * 16 + static_cast<uint32_t>(worth);
        }
        return value;
    }

    static size_t padded(size_t bytes) { return (bytes + 3) & ~size_t{3}; }

    Result<Done> unpack_entry() {
        const char *header = next_;
        const size_t before = padded(header_size + field(header, name_size));
        if (before > left() || left() - before < field(header, size)) {
            return Errno::invalid;
        }
        const char *name = header + header_size;
        next_ += before + padded(field(header, size));
        if (same(name, "TRAILER!!!")) {
            linked_ = 0; // numbers are unique in one archive only
            return Done{};
        }
        return make(name, header, header + before);
    }

    /// Makes one file system entry, or a further name of one.
    Result<Done> make(const char *name, const char *header, const char *content) {
        const uint32_t kind = field(header, mode) & S_IFMT;
        if (kind == S_IFLNK) {
            make_target(name, content, field(header, size));
            return Done{};
        }
        if (kind == S_IFDIR) {
            static_cast<void>(rt::sys::make_folder(name, 0700)); // "." is there already
        } else if (kind != S_IFREG) {
            static_cast<void>(rt::sys::make_node(name, field(header, mode), field(header, device),
                                                 field(header, minor)));
        } else {
            const auto made = make_file(name, header, content);
            if (!made) {
                return made;
            }
        }
        static_cast<void>(rt::sys::set_owner(name, field(header, uid), field(header, gid)));
        return rt::sys::set_mode(name, field(header, mode) & 07777);
    }

    /// The target's text does not end with a NUL.
    static void make_target(const char *name, const char *text, size_t length) {
        char target[4096];
        length = length < sizeof target ? length : sizeof target - 1;
        crt_memcpy(target, text, length);
        target[length] = '\0';
        static_cast<void>(rt::sys::make_symbolic_link(target, name));
    }

    /// If a file has several names, only its last entry has the content. The earlier names are made
    /// empty first, and all become one file.
    Result<Done> make_file(const char *name, const char *header, const char *content) {
        if (field(header, links) > 1) {
            const auto linked = link_to_first(name, field(header, number));
            if (!linked) {
                return linked;
            }
        }
        const size_t bytes = field(header, size);
        return bytes == 0 ? make_empty(name) : write_file(name, content, bytes);
    }

    Result<Done> link_to_first(const char *name, uint32_t file) {
        for (size_t i = 0; i < linked_; ++i) {
            if (links_[i].file == file) {
                return rt::sys::make_link(links_[i].name, name);
            }
        }
        if (linked_ == most_links) {
            return Errno::too_many_links;
        }
        links_[linked_++] = {file, name};
        return Done{};
    }

    /// Content from a later entry or an earlier name stays.
    static Result<Done> make_empty(const char *name) {
        const auto made = rt::sys::make_node(name, S_IFREG | 0600, 0, 0);
        return made || made.error() == Errno::exists ? Done{} : made;
    }

    static Result<Done> write_file(const char *name, const char *content, size_t bytes) {
        const auto file = rt::sys::open(name, rt::sys::Access::write_new);
        if (!file) {
            return file.error();
        }
        const auto written = rt::sys::write_all(file.value(), content, bytes);
        const auto closed = rt::sys::close(file.value());
        return written ? closed : written;
    }

    struct Link {
        uint32_t file;
        const char *name;
    };

    const char *next_;
    const char *end_;
    size_t linked_ = 0;
    Link links_[most_links];
};

} // namespace guest
