/// The list of jobs that toolchain/emulate packs: strings, each ended by a NUL, in this order:
/// seconds since 1970, text that no one can foresee, uid, working directory, file for standard
/// input, "echo" or "", "joined" (errors go where the output goes) or "", the number of environment strings and these, then for each job the
/// number of its arguments and these. Numbers are decimal.
#pragma once

#include "system.h"

#include <linux/fcntl.h>
#include <linux/mman.h>

using Strings = char **; // ended by a null pointer, as execve wants it

class JobList {
public:
    /// Maps the file; false if it cannot be read.
    bool open(const char *path) {
        Word file = call(__NR_open, path, O_RDONLY);
        Word size = call(__NR_lseek, file, 0, 2);
        Word start = call(__NR_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
        call(__NR_close, file);
        if (size <= 0 || start < 0) {
            return false;
        }
        next_ = reinterpret_cast<char *>(start);
        end_ = next_ + size;
        return true;
    }

    bool empty() const { return next_ >= end_; }

    char *text() {
        char *here = next_;
        next_ += length(here) + 1;
        return here;
    }

    Word number() { return to_number(text()); }

    /// A counted vector of strings; its pointers lie in memory of its own, never given back.
    Strings strings() {
        Word count = number();
        Size size = Size(count + 1) * sizeof(char *);
        Word start =
            call(__NR_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        auto vector = reinterpret_cast<Strings>(start);
        for (Word i = 0; i < count; ++i) {
            vector[i] = text();
        }
        return vector;
    }

private:
    char *next_ = nullptr;
    char *end_ = nullptr;
};
