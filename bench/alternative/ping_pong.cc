/// What does a call into another process cost, by pipe, socketpair, futex, yields and spinning?
#include <linux/futex.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <new>

#include "bench/alternative/peer.h"
#include "bench/alternative/ping_pong.h"
#include "bench/alternative/row.h"
#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

/// One byte to the other process and one byte back.
class Channel {
public:
    virtual ~Channel() = default;
    virtual void call() = 0;
    virtual void serve_once() = 0;
};

void write_byte(int file) {
    const char byte = 0;
    must(write(file, &byte, 1) == 1, "write to the other process");
}

void read_byte(int file) {
    char byte;
    must(read(file, &byte, 1) == 1, "read from the other process");
}

class Pipes : public Channel {
public:
    Pipes() { must(pipe(there_) == 0 && pipe(back_) == 0, "pipe"); }
    ~Pipes() override {
        for (const int file : {there_[0], there_[1], back_[0], back_[1]}) {
            close(file);
        }
    }
    void call() override {
        write_byte(there_[1]);
        read_byte(back_[0]);
    }
    void serve_once() override {
        read_byte(there_[0]);
        write_byte(back_[1]);
    }

private:
    int there_[2];
    int back_[2];
};

class Sockets : public Channel {
public:
    Sockets() { must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends_) == 0, "socketpair"); }
    ~Sockets() override {
        close(ends_[0]);
        close(ends_[1]);
    }
    void call() override {
        write_byte(ends_[0]);
        read_byte(ends_[0]);
    }
    void serve_once() override {
        read_byte(ends_[1]);
        write_byte(ends_[1]);
    }

private:
    int ends_[2];
};

/// About so many cycles: each product waits for the last one, for three of them.
void work(uint64_t cycles) {
    uint64_t product = cycles;
    for (uint64_t step = 0; step < cycles / 3; ++step) {
        product *= product | 3;
        asm volatile("" : "+r"(product));
    }
}

/// Two words in shared memory, one for each direction. The other process works between them.
class Words : public Channel {
public:
    explicit Words(uint64_t cycles = 0) : cycles_{cycles} {
        void *page =
            mmap(nullptr, sizeof(Pair), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        must(page != MAP_FAILED, "mmap of shared memory");
        words_ = new (page) Pair;
    }
    ~Words() override { munmap(words_, sizeof(Pair)); }
    void call() override {
        post(words_->there);
        take(words_->back);
    }
    void serve_once() override {
        take(words_->there);
        work(cycles_);
        post(words_->back);
    }

protected:
    using Word = std::atomic<uint32_t>;

private:
    struct Pair {
        alignas(64) Word there{0};
        alignas(64) Word back{0};
    };

    virtual void post(Word &word) = 0;
    virtual void take(Word &word) = 0;

    Pair *words_;
    uint64_t cycles_;
};

class Futexes : public Words {
public:
    using Words::Words;

private:
    void post(Word &word) override {
        word.store(1);
        syscall(SYS_futex, &word, FUTEX_WAKE, 1, nullptr, nullptr, 0);
    }
    void take(Word &word) override {
        while (word.exchange(0) == 0) {
            syscall(SYS_futex, &word, FUTEX_WAIT, 0, nullptr, nullptr, 0);
        }
    }
};

/// Each side gives up the core until its word has changed.
class Yields : public Words {
public:
    using Words::Words;

private:
    void post(Word &word) override { word.store(1, std::memory_order_release); }
    void take(Word &word) override {
        while (word.load(std::memory_order_acquire) == 0) {
            sched_yield();
        }
        word.store(0, std::memory_order_relaxed);
    }
};

/// Each side looks until its word has changed.
class Spins : public Words {
    void post(Word &word) override { word.store(1, std::memory_order_release); }
    void take(Word &word) override {
        while (word.load(std::memory_order_acquire) == 0) {
            _mm_pause();
        }
        word.store(0, std::memory_order_relaxed);
    }
};

/// Each side looks for a while, and then sleeps.
class SpinsAndFutexes : public Words {
public:
    using Words::Words;

private:
    static constexpr uint32_t posted = 1, asleep = 2;

    void post(Word &word) override {
        if (word.exchange(posted) == asleep) {
            syscall(SYS_futex, &word, FUTEX_WAKE, 1, nullptr, nullptr, 0);
        }
    }
    void take(Word &word) override {
        constexpr int looks = 1200; // what a hand-over asleep takes, about
        for (int look = 0; look < looks && word.load(std::memory_order_acquire) == 0; ++look) {
            _mm_pause();
        }
        uint32_t nothing = 0;
        while (word.compare_exchange_strong(nothing, asleep) || nothing == asleep) {
            syscall(SYS_futex, &word, FUTEX_WAIT, asleep, nullptr, nullptr, 0);
            nothing = 0;
        }
        word.store(0, std::memory_order_relaxed);
    }
};

/// The channel with a peer that answers.
struct Served {
    std::unique_ptr<Channel> channel;
    Peer peer;
    Served(std::unique_ptr<Channel> made, Processor processor)
        : channel{std::move(made)}, peer{processor, [this] {
                                             for (;;) {
                                                 channel->serve_once();
                                             }
                                         }} {}
};

template <class Kind, class... Arguments>
Measure prepare(Processor processor, Arguments... arguments) {
    auto served = std::make_shared<Served>(std::make_unique<Kind>(arguments...), processor);
    return [served](uint64_t loops) {
        const uint64_t begin = ticks();
        for (uint64_t loop = 0; loop < loops; ++loop) {
            served->channel->call();
        }
        return ticks() - begin;
    };
}

/// The same for a peer that never sleeps: it is stopped while other rows, or others of this one, are
/// measured.
template <class Kind, class... Arguments>
Measure prepare_sleepless(Processor processor, Arguments... arguments) {
    auto served = std::make_shared<Served>(std::make_unique<Kind>(arguments...), processor);
    served->peer.stop();
    return [served](uint64_t loops) {
        served->peer.go_on();
        served->channel->call();
        const uint64_t begin = ticks();
        for (uint64_t loop = 0; loop < loops; ++loop) {
            served->channel->call();
        }
        const uint64_t passed = ticks() - begin;
        served->peer.stop();
        return passed;
    };
}

template <class Kind>
Measure prepare_on_other() {
    return prepare<Kind>(second_processor());
}

template <class Kind>
void add(Rows &rows, const std::string &name) {
    const std::string question = "What does a call into another process cost?";
    rows.push_back({name + "_one_core", question, "getppid",
                    [] { return prepare<Kind>(home_processor()); }, prepare_getppid});
    rows.push_back(
        {name + "_two_cores", question, "getppid", prepare_on_other<Kind>, prepare_getppid});
}

} // namespace

Measure prepare_pipe(Processor processor) {
    return prepare<Pipes>(processor);
}

Measure prepare_futex(Processor processor, uint64_t cycles) {
    return prepare<Futexes>(processor, cycles);
}

Measure prepare_yield(Processor processor, uint64_t cycles) {
    return prepare_sleepless<Yields>(processor, cycles);
}

Measure prepare_spin(Processor processor) {
    return prepare_sleepless<Spins>(processor);
}

Measure prepare_spin_and_futex(Processor processor, uint64_t cycles) {
    return prepare<SpinsAndFutexes>(processor, cycles);
}

Rows ping_pong_rows() {
    Rows rows;
    add<Pipes>(rows, "pipe");
    add<Sockets>(rows, "socketpair");
    add<Futexes>(rows, "futex");
    return rows;
}

} // namespace alternative
