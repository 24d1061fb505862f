/// Regions before keys exist: reserving them and giving them their initial contents.
#include "crt/regions.h"

#include <asm/unistd.h>
#include <linux/mman.h>

#include "crt/memory.h"
#include "crt/system.h"

namespace crt {

namespace {

void map(uintptr_t begin, uintptr_t end, int protection, int flags, const char *what) {
    must(rt_sys_call_early(static_cast<long>(begin), static_cast<long>(end - begin), protection,
                           MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0, __NR_mmap),
         what);
}

void open(uintptr_t begin, uintptr_t end, const char *what) {
    must(rt_sys_call_early(static_cast<long>(begin), static_cast<long>(end - begin),
                           PROT_READ | PROT_WRITE, 0, 0, 0, __NR_mprotect),
         what);
}

void open_slot(uintptr_t slot) {
    open(slot + POSTERN_SLOT_PRIVATE, slot + POSTERN_SLOT_PUBLIC + POSTERN_PAGE,
         "opening a thread's private and public page");
    open(slot + POSTERN_SLOT_HANDLER, slot + POSTERN_SLOT_HANDLER_END,
         "opening the stack of a thread's signal handlers");
    open(slot + POSTERN_SLOT_STACK, slot + POSTERN_SLOT_SIZE, "opening an alternate stack");
}

} // namespace

void reserve_regions() {
    map(reinterpret_cast<uintptr_t>(__regions_start), reinterpret_cast<uintptr_t>(__regions_end),
        PROT_NONE, MAP_PRIVATE | MAP_FIXED_NOREPLACE, "reserving the address range of all regions");
    for (const auto *region = __region_table_start; region != __region_table_end; ++region) {
        if (region->sharing == linker::Sharing::shared_memory && region->begin != region->end) {
            map(region->begin, region->end, PROT_NONE, MAP_SHARED | MAP_FIXED,
                "mapping a region of shared memory");
        }
    }
}

void place_monitor() {
    for (const auto *region = __region_table_start; region != __region_table_end; ++region) {
        if (region->kind == linker::Kind::monitor || region->kind == linker::Kind::monitor_stack) {
            open(region->begin, region->end, "opening the monitor's regions");
            fill(*region);
        } else if (region->kind == linker::Kind::arena) {
            for (uintptr_t slot = region->begin; slot != region->end; slot += POSTERN_SLOT_SIZE) {
                open_slot(slot);
            }
        }
    }
}

void fill(const linker::RegionRecord &region) {
    crt_memcpy(reinterpret_cast<void *>(region.begin),
               reinterpret_cast<const void *>(region.pristine), region.pristine_bytes);
}

} // namespace crt
