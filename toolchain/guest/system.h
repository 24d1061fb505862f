/// The kernel as the guest's /init sees it: one function for all system calls, and the few types
/// that the kernel's own headers keep to themselves.
#pragma once

#include <asm/unistd.h>

using Word = long;
using Size = unsigned long;

/// One system call; a negative errno comes back as it is. [psabi A.2.1]
template <typename... Arguments>
inline Word call(Word number, Arguments... arguments) {
    static_assert(sizeof...(arguments) <= 6);
    Word values[6] = {Word(arguments)...};
    register Word r10 asm("r10") = values[3];
    register Word r8 asm("r8") = values[4];
    register Word r9 asm("r9") = values[5];
    Word result;
    asm volatile("syscall"
                 : "=a"(result)
                 : "a"(number), "D"(values[0]), "S"(values[1]), "d"(values[2]), "r"(r10), "r"(r8),
                   "r"(r9)
                 : "rcx", "r11", "memory");
    return result;
}

inline Size length(const char *text) {
    Size count = 0;
    while (text[count] != '\0') {
        ++count;
    }
    return count;
}

inline bool same(const char *one, const char *other) {
    while (*one != '\0' && *one == *other) {
        ++one;
        ++other;
    }
    return *one == *other;
}

/// A decimal number at the beginning of `text`; 0 without one.
inline Word to_number(const char *text) {
    Word value = 0;
    for (; *text >= '0' && *text <= '9'; ++text) {
        value = value * 10 + (*text - '0');
    }
    return value;
}

/// One line of text, put together on the stack and written with a single system call.
class Line {
public:
    Line() {} // leaves the text as it is: clearing it would call memset, and there is none

    Line &operator<<(const char *text) {
        while (*text != '\0') {
            add(*text++);
        }
        return *this;
    }

    Line &operator<<(Word value) {
        char digits[20];
        Size count = 0;
        if (value < 0) {
            add('-');
            value = -value;
        }
        do {
            digits[count++] = char('0' + value % 10);
            value /= 10;
        } while (value != 0);
        while (count != 0) {
            add(digits[--count]);
        }
        return *this;
    }

    void write_to(Word file) const { call(__NR_write, file, text_, size_); }

private:
    void add(char character) {
        if (size_ < sizeof text_) {
            text_[size_++] = character;
        }
    }

    char text_[512];
    Size size_ = 0;
};
