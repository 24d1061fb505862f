/// How many calls do several programs make at once, each with a domain in a process of its own?
#include <unistd.h>

#include <algorithm>
#include <list>
#include <memory>
#include <optional>

#include "bench/alternative/image.h"
#include "bench/alternative/peer.h"
#include "bench/alternative/ping_pong.h"
#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

/// What each call works, and how many of them a program makes in a loop: beside them the question to
/// the program takes little.
struct Work {
    const char *word; // of the image
    const char *name; // in the row's
    uint64_t cycles;
    uint64_t calls;
};
constexpr Work works[] = {
    {"call", "", 0, 200}, {"call_10k", "_10k", 10'000, 200}, {"call_1M", "_1M", 1'000'000, 5}};

/// Begins the same loops in all of them; the ticks until the last one has ended them.
template <class Kind>
uint64_t run_all(std::list<Kind> &all, uint64_t loops) {
    const uint64_t begin = ticks();
    for (Kind &one : all) {
        one.begin(loops);
    }
    for (Kind &one : all) {
        one.end();
    }
    return ticks() - begin;
}

Measure prepare_programs(const Image &image, unsigned count, const Work &work) {
    const OnBoth both;
    auto programs = std::make_shared<std::list<Asked>>();
    for (unsigned program = 0; program < count; ++program) {
        programs->emplace_back(image, work.word);
    }
    return [programs, work](uint64_t loops) { return run_all(*programs, work.calls * loops); };
}

/// A process that calls a peer of its own, as often as it is asked.
class Caller {
public:
    Caller(Processor processor, const std::function<Measure()> &prepare) {
        must(pipe(questions_) == 0 && pipe(answers_) == 0, "pipe");
        peer_.emplace(processor, [this, &prepare] { serve(prepare()); });
    }
    ~Caller() {
        peer_.reset();
        for (const int file : {questions_[0], questions_[1], answers_[0], answers_[1]}) {
            close(file);
        }
    }
    Caller(const Caller &) = delete;
    Caller &operator=(const Caller &) = delete;

    void begin(uint64_t loops) { give(questions_[1], loops); }
    void end() { take(answers_[0]); }

private:
    static void give(int file, uint64_t value) {
        must(write(file, &value, sizeof value) == sizeof value, "write to a caller");
    }
    static uint64_t take(int file) {
        uint64_t value = 0;
        must(read(file, &value, sizeof value) == sizeof value, "read from a caller");
        return value;
    }
    [[noreturn]] void serve(const Measure &measure) const {
        for (;;) {
            give(answers_[1], measure(take(questions_[0])));
        }
    }

    int questions_[2];
    int answers_[2];
    std::optional<Peer> peer_;
};

/// Two bare processes, by one means of the kernel: both on one core, on two, or where it likes.
struct Pair {
    enum class Where { one_core, two_cores, anywhere } where;
    Measure (*prepare)(Processor, uint64_t);
};
using Pairs = std::vector<Pair>;
const Pairs without_spins = {{Pair::Where::one_core, prepare_yield},
                             {Pair::Where::one_core, prepare_futex},
                             {Pair::Where::anywhere, prepare_futex}};
const Pairs all_pairs = [] {
    Pairs all = without_spins;
    all.push_back({Pair::Where::two_cores, prepare_spin_and_futex});
    return all;
}();

Measure prepare_pairs(const Pair &pair, unsigned count, const Work &work) {
    const OnBoth both;
    auto callers = std::make_shared<std::list<Caller>>();
    for (unsigned caller = 0; caller < count; ++caller) {
        const bool is_even = caller % 2 == 0;
        const unsigned own = is_even ? home_processor() : second_processor();
        const unsigned other = is_even ? second_processor() : home_processor();
        const bool is_pinned = pair.where != Pair::Where::anywhere;
        const Processor peers = !is_pinned                              ? Processor{}
                                : pair.where == Pair::Where::one_core ? own
                                                                        : other;
        callers->emplace_back(is_pinned ? Processor{own} : Processor{},
                              [=] { return pair.prepare(peers, work.cycles); });
    }
    return [callers, work](uint64_t loops) { return run_all(*callers, work.calls * loops); };
}

/// All of them in turn; the ticks of the best. Those that take far longer than the best at first are
/// not measured again, because they can take seconds.
Measure prepare_best(const Pairs &pairs, unsigned count, const Work &work) {
    constexpr uint64_t hopeless = 8;
    auto all = std::make_shared<std::vector<Measure>>();
    for (const Pair &pair : pairs) {
        all->push_back(prepare_pairs(pair, count, work));
    }
    return [all, is_first = true](uint64_t loops) mutable {
        std::vector<uint64_t> taken;
        for (const Measure &measure : *all) {
            taken.push_back(measure(loops));
        }
        const uint64_t best = *std::min_element(taken.begin(), taken.end());
        if (is_first) {
            auto next = taken.begin();
            std::erase_if(*all, [&](const Measure &) { return *next++ > hopeless * best; });
        }
        is_first = false;
        return best;
    };
}

} // namespace

Rows load_rows() {
    Rows rows;
    const std::string question = "What do calls of each of several programs take on two cores, while the "
                                 "others call, too? (idle states: " + idle_states() + ")";
    const auto add = [&](const std::string &name, const char *image, unsigned count,
                         const Work &work, const std::string &best, const Pairs &pairs) {
        rows.push_back(
            {name, question, best,
             [=] { return prepare_programs({image, Isolation::spaces}, count, work); },
             [=] { return prepare_best(pairs, count, work); }});
    };
    for (const Work &work : works) {
        for (const unsigned count : {1u, 2u, 4u}) {
            const std::string name = "space_programs_" + std::to_string(count) + work.name;
            add(name, "bench/bench_spaces", count, work, "the best bare pairs without spins",
                without_spins);
            add(name + "_spin", "bench/bench_spaces_spin", count, work, "the best bare pairs",
                all_pairs);
        }
    }
    return rows;
}

} // namespace alternative
