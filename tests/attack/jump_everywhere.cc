/// The attacker wants anything at all from a jump to any byte of the whole image, padding included:
/// gates, trap entry and its way back, the syscall function and the first instructions with every
/// register file and every planted frame, all other code with some. What must hold after each: the
/// call has returned or is a fault of the attacker, no forged frame was believed, and memory and
/// process are as they were.
#include "linker/symbols.h"
#include "rt/trap/strategy.h"
#include "tests/attack/canaries.h"
#include "tests/attack/left_out.h"
#include "tests/attack/planted.h"
#include "tests/attack/register_table.h"
#include "tests/attack/sweep.h"

namespace {

using attack::Position;
using attack::RegisterFile;

/// For the bulk of the code: pointers into the monitor, for what it would write; into the
/// attacker's own memory, so that it comes far; with each flag that changes what it does.
RegisterFile plain_file(size_t row) {
    RegisterFile file = attack::hostile_file();
    if (row == 0) {
        return file;
    }
    file = attack::pointing_file({"", attack::views.bob, attack::bob_canary(), false},
                                 attack::own_memory());
    if (row == 2) {
        file.loads_gs = 1;
        file.flags |= 0x400; // DF
    } else if (row == 3) {
        file.rax = 0;
        file.rsp = attack::address_of(attack_poke_words);
        file.flags |= 0x44000; // NT, AC
    }
    return file;
}
constexpr size_t plain_count = 4;
constexpr const char *plain_names[plain_count] = {"pointers into the monitor",
                                                  "pointers into its own", "its own, gs zero, DF",
                                                  "its own, constants as stack, NT, AC"};

constexpr size_t most_files = 512;
constinit RegisterFile files[most_files] = {};
constinit const char *file_names[most_files] = {};
constinit size_t file_count = 0;

/// Where the kernel writes signal frames under the interrupted view, files that close the frame key
/// end the process (attack.limits.closed_frame_key): these are left out there.
void fill_files() {
    const auto keep = [](const RegisterFile &file, const char *name) {
        if (EXPECT(file_count < most_files)) {
            files[file_count] = file;
            file_names[file_count++] = name;
        }
    };
    file_count = 0;
    attack::for_each_file(false, keep);
    if (rt::trap::frame_strategy() == rt::trap::FrameStrategy::monitor_key) {
        attack::for_each_file(true, keep);
    }
}

/// All strikes of one slice. Of each byte a slice has some register files; of a wrpkru, where
/// everything is decided, it has all.
class Everywhere {
public:
    Everywhere(const attack::Order &order, uintptr_t stack) : order_(order), sweep_(order, stack) {}

    void run() {
        EXPECT(attack::may_end_emulator(attack_vex_pinsrw));
        const auto bytes = static_cast<uint64_t>(__text_end - __text_start);
        for (place_ = order_.begin.place; place_ < bytes; ++place_) {
            at_ = __text_start + place_;
            jump_to_place();
        }
        sweep_.finish(file_count + plant_count_ + plain_count);
    }

private:
    bool is_in_slice(uint64_t file) const {
        return (at_ + 3 <= __text_end && attack::is_wrpkru(at_)) ||
               (place_ + file) % order_.slices == order_.slice;
    }
    /// Where the runtime changes views, calls the kernel, or is called by it.
    bool is_entry() const {
        bool is_within_one = false;
        for (const attack::Code &code : entries_) {
            is_within_one |= at_ >= code.begin && at_ < code.end;
        }
        return is_within_one;
    }

    void jump_to_place() {
        bool is_any = is_entry(); // more files than slices
        for (uint64_t file = 0; file < plain_count; ++file) {
            is_any |= is_in_slice(file);
        }
        if (!is_any) {
            return;
        }
        const bool is_left_out = attack::is_left_out(at_);
        sweep_.begin_place(place_);
        if (!is_left_out) {
            is_entry() ? jump_with_all() : jump_with_some();
        }
        sweep_.end_place(is_left_out);
    }

    template <class Make>
    void jump(uint64_t number, const char *name, Make make) {
        if (is_in_slice(number) && sweep_.begin_strike({place_, number})) {
            RegisterFile file = make();
            file.rip = attack::address_of(at_);
            sweep_.strike(file, name);
        }
    }

    void jump_with_some() {
        for (size_t row = 0; row < plain_count; ++row) {
            jump(row, plain_names[row], [&] { return plain_file(row); });
        }
    }

    void jump_with_all() {
        for (size_t row = 0; row < file_count; ++row) {
            jump(row, file_names[row], [&] { return files[row]; });
        }
        for (size_t row = 0; row < plant_count_; ++row) {
            jump(file_count + row, "a planted frame", [&] {
                const RegisterFile file = attack::plant(row);
                EXPECT(file.rsp != 0);
                return file;
            });
        }
    }

    attack::Order order_;
    attack::Sweep sweep_;
    attack::Code entries_[4] = {attack::gate_code(), attack::trap_code(), attack::syscall_code(),
                                attack::start_code()};
    size_t plant_count_ = attack::plant_count();
    uint64_t place_ = 0;
    const char *at_ = nullptr;
};

} // namespace

POSTERN_TEST("sweep.image.jump_everywhere") {
    const auto stack = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    fill_files();
    Everywhere(attack::order(), stack).run();
}
