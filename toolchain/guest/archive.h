/// Unpacks newc archives, several in a row as `cpio -o -H newc` writes them, from memory into the
/// file system. [linux driver-api/early-userspace/buffer-format]
#pragma once

#include "system.h"

#include <linux/fcntl.h>
#include <linux/stat.h>

class Archive {
public:
    Archive(const char *begin, Size size) : next_(begin), end_(begin + size) {}

    /// Unpacks all; false if the archive is not understood.
    bool unpack() {
        while (end_ - next_ >= header_size) {
            if (*next_ == '\0') {
                next_ += 4; // what fills up an archive's last block
            } else if (!unpack_entry()) {
                return false;
            }
        }
        return true;
    }

private:
    static constexpr Word header_size = 110;
    static constexpr Size most_links = 1024;

    enum Field { number, mode, uid, gid, links, size = 6, device = 9, name_size = 11 };

    Word field(const char *header, Field which) const {
        Word value = 0;
        for (const char *digit = header + 6 + which * 8; digit != header + 14 + which * 8;
             ++digit) {
            value = value * 16 + (*digit <= '9' ? *digit - '0' : (*digit | 0x20) - 'a' + 10);
        }
        return value;
    }

    static Word padded(Word bytes) { return (bytes + 3) & ~3l; }

    bool unpack_entry() {
        const char *header = next_;
        const char *name = header + header_size;
        const char *content = header + padded(header_size + field(header, name_size));
        if (content > end_ || end_ - content < field(header, size)) {
            return false;
        }
        next_ = content + padded(field(header, size));
        if (same(name, "TRAILER!!!")) {
            linked_ = 0; // numbers are unique in one archive only
            return true;
        }
        return make(name, header, content);
    }

    /// Makes one file system entry, or one more name of it.
    bool make(const char *name, const char *header, const char *content) {
        Word kind = field(header, mode) & S_IFMT;
        if (kind == S_IFDIR) {
            call(__NR_mkdir, name, 0700);
        } else if (kind == S_IFLNK) {
            make_symbolic_link(name, content, field(header, size));
            return true;
        } else if (kind != S_IFREG) {
            Word major = field(header, device);
            Word minor = field(header, Field(device + 1));
            call(__NR_mknod, name, field(header, mode), major << 8 | minor);
        } else if (field(header, links) > 1 && !link_to_first(name, field(header, number))) {
            return false;
        } else if (!write_file(name, content, field(header, size))) {
            return false;
        }
        call(__NR_chown, name, field(header, uid), field(header, gid));
        return call(__NR_chmod, name, field(header, mode) & 07777) == 0;
    }

    /// The target's text has no NUL of its own.
    void make_symbolic_link(const char *name, const char *text, Word length) {
        char target[4096];
        for (Word i = 0; i < length && i < 4095; ++i) {
            target[i] = text[i];
        }
        target[length < 4095 ? length : 4095] = '\0';
        call(__NR_symlink, target, name);
    }

    /// Of a file with several names only the last entry has the content: the others are made empty
    /// first, and all are one file.
    bool link_to_first(const char *name, Word file) {
        for (Size i = 0; i < linked_; ++i) {
            if (links_[i].file == file) {
                return call(__NR_link, links_[i].name, name) == 0;
            }
        }
        if (linked_ == most_links) {
            return false;
        }
        links_[linked_++] = {file, name};
        return true;
    }

    bool write_file(const char *name, const char *content, Word left) {
        Word file = call(__NR_open, name, O_WRONLY | O_CREAT, 0600);
        while (left > 0) {
            Word written = call(__NR_write, file, content, left);
            if (written <= 0) {
                return false;
            }
            content += written;
            left -= written;
        }
        return call(__NR_close, file) == 0;
    }

    struct Link {
        Word file;
        const char *name;
    };

    const char *next_;
    const char *end_;
    Size linked_ = 0;
    Link links_[most_links];
};
