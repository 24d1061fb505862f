/// A forged signal frame, and the ways of getting its bytes on to the alternate stack.
#pragma once

#include "rt/trap/frame.h"
#include "tests/attack/strike.h"

namespace attack {

/// The number of the system call that the forged frame reports, or the code of another signal: no
/// genuine trap of the tests has it.
constexpr uint32_t forged_number = 0xf00d;

/// The words of a frame that says: SIGSYS, system call `forged_number`. All pointers in it lead to
/// readable memory, so that code which believes the frame does no harm.
union FrameImage {
    constexpr FrameImage() : words{} {}
    uint64_t words[sizeof(rt::trap::Frame) / 8];
    rt::trap::Frame frame;
};
void forge(FrameImage &image);

/// The XSAVE area to which a forged frame points.
enum class State : uint8_t { none, wrong, genuine };

/// The same for another signal, and with another XSAVE pointer: null, readable memory that is no
/// XSAVE area, or the area that the last genuine fault has left on an alternate stack. A return
/// from the frame would lead to attack_poke under a view that opens everything.
void forge(FrameImage &image, int signal, State state);

/// The address of the last genuine frame of attack_undefined on the alternate stacks: that nearest
/// to the top of the second; 0 without one.
uint64_t last_genuine_frame();

/// How a part of the image travels: through which registers, and which words of the image.
struct Route {
    const char *name;
    size_t first_word;
    size_t end_word;
    void (*pack)(RegisterFile &file, const uint64_t *words);
};

/// General registers (r8 to rcx of the kernel's sigcontext), xmm0-15, the upper halves of ymm0-15.
/// Each carries the words that the trap handler reads of a frame, from the XSAVE pointer to the
/// siginfo.
constexpr size_t route_count = 3;
Route route(size_t row);

/// Loads a genuine fault (ud2) into `file` that leaves the image's words on the alternate stack.
void pack_plant(RegisterFile &file, const FrameImage &image, const Route &route);

/// Where a frame with these words of the image begins, once a genuine fault has planted them: the
/// copy nearest to an alternate stack's top; 0 if there is none. On the frame key, nothing may be
/// left of the plant, and alice writes the whole image herself.
uint64_t find_planted(const FrameImage &image, const Route &route);

/// Has alice write the image's words to `place`.
rt::Result<rt::Done, rt::Fault> write_by_alice(const FrameImage &image, uint64_t place);

/// A place on the alternate stacks for a frame that alice writes, deeper than the kernel's reach.
uint64_t place_to_write();

/// Whether the fault is what a forged frame says.
bool is_forged(const rt::Fault &fault);

/// Whether ymm registers are there and enabled. [sdm-1 14.3]
bool has_ymm();
/// Whether zmm16 to zmm31 are. [sdm-1 15.2]
bool has_zmm();

} // namespace attack
