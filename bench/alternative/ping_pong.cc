/// What does a call into another process cost, by pipe, socketpair, futex and yields?
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

/// Two words in shared memory, one for each direction.
class Words : public Channel {
public:
    Words() {
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
};

class Futexes : public Words {
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
    void post(Word &word) override { word.store(1, std::memory_order_release); }
    void take(Word &word) override {
        while (word.load(std::memory_order_acquire) == 0) {
            sched_yield();
        }
        word.store(0, std::memory_order_relaxed);
    }
};

/// The channel with a peer that answers.
struct Served {
    std::unique_ptr<Channel> channel;
    Peer peer;
    Served(std::unique_ptr<Channel> made, unsigned processor)
        : channel{std::move(made)}, peer{processor, [this] {
                                             for (;;) {
                                                 channel->serve_once();
                                             }
                                         }} {}
};

template <class Kind>
Measure prepare(unsigned processor) {
    auto served = std::make_shared<Served>(std::make_unique<Kind>(), processor);
    return [served](uint64_t loops) {
        const uint64_t begin = ticks();
        for (uint64_t loop = 0; loop < loops; ++loop) {
            served->channel->call();
        }
        return ticks() - begin;
    };
}

template <class Kind>
Measure prepare_on_other() {
    const auto other = other_processor();
    if (!other) {
        throw Skip{"needs a second processor"};
    }
    return prepare<Kind>(*other);
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

Measure prepare_pipe(unsigned processor) {
    return prepare<Pipes>(processor);
}

Measure prepare_futex(unsigned processor) {
    return prepare<Futexes>(processor);
}

Measure prepare_yield(unsigned processor) {
    auto served = std::make_shared<Served>(std::make_unique<Yields>(), processor);
    served->peer.stop(); // otherwise it would take the core from other rows
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

Rows ping_pong_rows() {
    Rows rows;
    add<Pipes>(rows, "pipe");
    add<Sockets>(rows, "socketpair");
    add<Futexes>(rows, "futex");
    return rows;
}

} // namespace alternative
