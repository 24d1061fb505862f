/// Looking an instruction up in the exception table.
#include "rt/uaccess/exception_table.h"

#include <stddef.h>

namespace rt::uaccess {

uintptr_t fixup_of(uintptr_t rip) {
    const ExceptionEntry *first = __start___ex_table;
    auto count = static_cast<size_t>(__stop___ex_table - first);
    while (count != 0) {
        const ExceptionEntry *middle = first + count / 2;
        if (middle->instruction_address() == rip) {
            return middle->fixup_address();
        }
        if (middle->instruction_address() < rip) {
            first = middle + 1;
            count -= count / 2 + 1;
        } else {
            count /= 2;
        }
    }
    return 0;
}

} // namespace rt::uaccess
