/// Going on in a domain behind a system call of its own that was answered.
#include "rt/trap/answer.h"

#include <linux/audit.h>

#include "linker/symbols.h"
#include "rt/key/view.h"
#include "rt/policy/perform.h"
#include "rt/trap/resume.h"
#include "rt/uaccess/copy.h"

extern "C" {
/// rt/trap/resume.S.
[[noreturn]] void rt_trap_return(const rt::trap::Frame *frame);
extern const char rt_trap_resume[];
}

namespace rt::trap {

namespace {

/// The largest frame that start-up admits: a quarter of the alternate stack (rt/trap/install.cc).
constexpr size_t largest_frame = (POSTERN_SLOT_SIZE - POSTERN_SLOT_STACK) / 4;
constexpr uint64_t alignment = 64; // of an XSAVE area [sdm-1 13.4]

/// What a domain may have set that its next instruction must find: not TF, NT and RF.
constexpr uint64_t kept_flags = 0x240cd5;

/// Whether the domain's own text executed `syscall` as a 64-bit program. What else arrives here
/// shows another architecture, or a place that is not the domain's next instruction.
bool is_answerable(const Frame &frame, const base::Fault &fault) {
    constexpr uint16_t user_code = 0x33;
    const uint64_t rip = fault.registers.rip;
    return frame.info.si_arch == AUDIT_ARCH_X86_64 && fault.number < 0x40000000 &&
           frame.context.uc_mcontext.cs == user_code &&
           rip - reinterpret_cast<uint64_t>(__text_start) <=
               static_cast<uint64_t>(__text_end - __text_start);
}

/// The frame's bytes up to the end of its XSAVE area, which lies above it; 0 where it is too large.
size_t size_of(const Frame &frame) {
    const auto area = reinterpret_cast<uintptr_t>(frame.context.uc_mcontext.fpstate);
    const size_t size = area + extended_size(frame) - reinterpret_cast<uintptr_t>(&frame);
    return size <= largest_frame ? size : 0;
}

/// A copy in the monitor's memory, which the next frame on the alternate stack leaves alone, and
/// where no domain can change it.
class PrivateFrame {
public:
    PrivateFrame(const Frame &frame, size_t size)
        : frame_(
              reinterpret_cast<Frame *>(bytes_ + reinterpret_cast<uintptr_t>(&frame) % alignment)) {
        __builtin_memcpy(frame_, &frame, size);
        auto &area = frame_->context.uc_mcontext.fpstate;
        const auto distance =
            reinterpret_cast<uintptr_t>(area) - reinterpret_cast<uintptr_t>(&frame);
        area = reinterpret_cast<decltype(+area)>(reinterpret_cast<uintptr_t>(frame_) + distance);
    }
    Frame &operator*() { return *frame_; }

private:
    alignas(alignment) char bytes_[largest_frame + alignment];
    Frame *frame_;
};

/// Lays down what the trampoline reads under the domain's view, below the red zone. [psabi 3.2.2]
bool lay_down(const base::Fault &fault, int64_t answer) {
    const uint64_t words[] = {fault.registers.rip, fault.registers.rflags,
                              static_cast<uint64_t>(answer)};
    static_assert(sizeof words == RT_RESUME_BYTES);
    const auto place = uaccess::Claimed::from_raw(fault.registers.rsp - RT_RESUME_BELOW);
    return bool(uaccess::copy_to_domain(fault.domain, place, words, sizeof words));
}

} // namespace

void answer_call(const Frame &frame, const base::Fault &fault, uint64_t state) {
    const policy::CallRule *rule = policy::find_call(fault.domain, fault.number);
    const size_t size = size_of(frame);
    if (rule == nullptr || !is_answerable(frame, fault) || size == 0 || !lay_down(fault, 0)) {
        return;
    }
    PrivateFrame own(frame, size);
    if (!lay_down(fault, policy::perform(*rule, fault.arguments))) {
        return;
    }
    auto &saved = (*own).context.uc_mcontext;
    saved.rip = reinterpret_cast<uint64_t>(rt_trap_resume);
    saved.rax = state;
    saved.eflags &= kept_flags;
    set_pkru(*own, key::monitor_view);
    rt_trap_return(&*own);
}

} // namespace rt::trap
