/// Comparisons and searches that no line calls by name: members one by one, loops, strings.
#include <stddef.h>
#include <stdint.h>

struct Address {
    uint64_t low;
    uint64_t middle;
    uint64_t high;
    uint32_t port;
    uint32_t family;
    friend bool operator==(const Address &, const Address &) = default;
};

bool same_by_default(const Address &left, const Address &right) {
    return left == right;
}

bool same_by_hand(const Address &left, const Address &right) {
    return left.low == right.low && left.middle == right.middle && left.high == right.high &&
           left.port == right.port && left.family == right.family;
}

bool same_bytes(const void *left, const void *right, size_t count) {
    return __builtin_memcmp(left, right, count) == 0;
}

bool same_by_bcmp(const void *left, const void *right, size_t count) {
    return __builtin_bcmp(left, right, count) == 0;
}

bool same_32_bytes(const void *left, const void *right) {
    return __builtin_memcmp(left, right, 32) == 0;
}

bool same_300_bytes(const void *left, const void *right) {
    return __builtin_memcmp(left, right, 300) != 0;
}

int order(const void *left, const void *right, size_t count) {
    return __builtin_memcmp(left, right, count);
}

bool same_in_a_loop(const unsigned char *left, const unsigned char *right, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        if (left[i] != right[i]) {
            return false;
        }
    }
    return true;
}

int order_in_a_loop(const unsigned char *left, const unsigned char *right, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return 0;
}

size_t length(const char *text) {
    size_t count = 0;
    while (text[count] != '\0') {
        ++count;
    }
    return count;
}

size_t length_by_pointers(const char *text) {
    const char *end = text;
    while (*end) {
        ++end;
    }
    return static_cast<size_t>(end - text);
}

size_t length_of_wide(const wchar_t *text) {
    const wchar_t *end = text;
    while (*end) {
        ++end;
    }
    return static_cast<size_t>(end - text);
}

const char *find(const char *text, char wanted) {
    for (; *text != '\0'; ++text) {
        if (*text == wanted) {
            return text;
        }
    }
    return nullptr;
}

const unsigned char *find_byte(const unsigned char *bytes, unsigned char wanted, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        if (bytes[i] == wanted) {
            return bytes + i;
        }
    }
    return nullptr;
}

int order_of_texts(const char *left, const char *right) {
    while (*left != '\0' && *left == *right) {
        ++left;
        ++right;
    }
    return *left - *right;
}

bool is_one_of(uint8_t byte) {
    switch (byte) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
        return true;
    default:
        return false;
    }
}

uint64_t by_number(unsigned number, uint64_t value) {
    switch (number) {
    case 0:
        return value + 3;
    case 1:
        return value * 7;
    case 2:
        return value / 10;
    case 3:
        return value % 10;
    case 4:
        return value << 9;
    case 5:
        return ~value;
    default:
        return 0;
    }
}
