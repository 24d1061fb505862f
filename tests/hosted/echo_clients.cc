/// Clients of apps/guide/echo: honest ones, slow ones and hostile ones at once. Each honest client
/// counts its own answers.
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <random>
#include <regex>
#include <sstream>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/hosted/signer_report.h"
#include "tests/hosted/signer_session.h"

namespace {

using hosted::Ending;
using hosted::Report;
using hosted::Session;

constexpr long patience = 60; // seconds

std::string frame(const std::string &text) {
    return std::to_string(text.size()) + ":" + text + ",";
}

/// One connection. A call that takes longer than the patience ends as if the server had closed it.
class Client {
public:
    explicit Client(const std::string &path) : socket_(socket(AF_UNIX, SOCK_STREAM, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
        const timeval time{patience, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
        setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
        // The server may have to begin first. One that has ended is waited for once.
        static bool is_gone = false;
        const long most = is_gone ? 1 : patience * 100;
        for (long tries = 0; tries < most && !connected_; ++tries) {
            connected_ =
                connect(socket_, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
            if (!connected_) {
                usleep(10'000);
            }
        }
        is_gone = !connected_;
    }
    ~Client() { close(socket_); }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    bool send(const std::string &bytes) const {
        std::size_t sent = 0;
        while (sent < bytes.size()) {
            const ssize_t now =
                ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (now <= 0) {
                return false;
            }
            sent += static_cast<std::size_t>(now);
        }
        return true;
    }
    /// So many bytes, or fewer at the end.
    std::string receive(std::size_t bytes) const {
        std::string got;
        char chunk[4096];
        while (got.size() < bytes) {
            const std::size_t room = std::min(sizeof chunk, bytes - got.size());
            const ssize_t now = recv(socket_, chunk, room, 0);
            if (now <= 0) {
                break;
            }
            got.append(chunk, static_cast<std::size_t>(now));
        }
        return got;
    }
    /// Whether the server has closed it, and sent nothing before.
    bool is_turned_away() const {
        char byte;
        errno = 0;
        const ssize_t got = recv(socket_, &byte, 1, 0);
        return got == 0 || (got < 0 && errno == ECONNRESET);
    }
    bool echoes(const std::string &text) const {
        return send(frame(text)) && receive(frame(text).size()) == frame(text);
    }
    void end_sending() const { shutdown(socket_, SHUT_WR); }

private:
    int socket_;
    bool connected_ = false;
};

/// A running server, in a folder of its own.
class Server {
public:
    explicit Server(const std::string &image) : session_({image, path()}) {}
    ~Server() { rmdir(folder_.c_str()); }
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    const std::string &path() {
        if (path_.empty()) {
            char name[] = "/tmp/postern_echo_XXXXXX";
            folder_ = mkdtemp(name) == nullptr ? "/tmp" : name;
            path_ = folder_ + "/socket";
        }
        return path_;
    }
    Ending end() {
        kill(session_.pid(), SIGTERM);
        return session_.finish();
    }

private:
    std::string folder_, path_;
    Session session_;
};

/// Many clients, whose frames come in pieces of any length, by turns.
void pieces_of_many(Server &server, Report &report) {
    constexpr std::size_t count = 32, frames = 40;
    std::mt19937 random(1);
    std::vector<std::unique_ptr<Client>> clients;
    std::vector<std::string> wanted(count);
    std::vector<std::size_t> sent(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        clients.push_back(std::make_unique<Client>(server.path()));
        for (std::size_t made = 0; made < frames; ++made) {
            wanted[i] += frame(std::string(random() % 400, static_cast<char>('a' + i % 26)));
        }
    }
    for (bool more = true; more;) {
        more = false;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t piece =
                std::min<std::size_t>(1 + random() % 600, wanted[i].size() - sent[i]);
            report.expect(clients[i]->send(wanted[i].substr(sent[i], piece)), "a send ended");
            sent[i] += piece;
            more = more || sent[i] < wanted[i].size();
        }
    }
    std::size_t lost = 0;
    for (std::size_t i = 0; i < count; ++i) {
        clients[i]->end_sending();
        lost += clients[i]->receive(wanted[i].size() + 1) == wanted[i] ? 0 : 1;
    }
    report.expect_equal(std::to_string(lost) + " of 32 clients miss bytes",
                        "0 of 32 clients miss bytes");
}

/// Frames that are none, beside a client in the middle of its own.
void hostile_clients(Server &server, Report &report) {
    const Client honest(server.path());
    report.expect(honest.send("5:he"), "the honest client cannot begin");
    const std::string hostile[] = {"999999999:x",
                                   "5000000:x",
                                   "hello",
                                   ":,",
                                   "3:abcd",
                                   "4:\xff\xff\xff\xff,",
                                   std::string(512, '1'),
                                   "600:" + std::string(508, 'x')};
    for (const auto &bytes : hostile) {
        const Client client(server.path());
        report.expect(client.send(bytes) && client.is_turned_away(),
                      "not turned away: " + hosted::shown(bytes));
        const Client next(server.path());
        report.expect(next.echoes("next"), "no answer after " + hosted::shown(bytes));
    }
    report.expect(honest.send("llo,") && honest.receive(8) == "5:hello,",
                  "the honest client's frame is lost");
}

/// A client that sends far more than fits into its connection before it reads anything.
void slow_reader(Server &server, Report &report) {
    const std::string wanted = frame(std::string(300, 'q'));
    const Client slow(server.path()), other(server.path());
    constexpr std::size_t frames = 4000;
    const pid_t sender = fork();
    if (sender == 0) {
        bool good = true;
        for (std::size_t i = 0; i < frames && good; ++i) {
            good = slow.send(wanted);
        }
        _exit(good ? 0 : 1);
    }
    for (int i = 0; i < 100; ++i) {
        report.expect(other.echoes("meanwhile"), "another client waits for the slow one");
    }
    std::size_t whole = 0;
    while (whole < frames && slow.receive(wanted.size()) == wanted) {
        ++whole;
    }
    report.expect_equal(std::to_string(whole), std::to_string(frames));
    kill(sender, SIGKILL);
}

/// More clients than there is room for: the last ones are turned away, and room comes back.
void many_clients(Server &server, Report &report) {
    constexpr std::size_t room = 64;
    {
        std::vector<std::unique_ptr<Client>> clients;
        for (std::size_t i = 0; i < room; ++i) {
            clients.push_back(std::make_unique<Client>(server.path()));
            report.expect(clients.back()->echoes("here"), "a client is not served");
        }
        for (int i = 0; i < 3; ++i) {
            report.expect(Client(server.path()).is_turned_away(), "a client too many is served");
        }
        report.expect(clients.front()->echoes("still here"), "a client is lost");
    }
    for (int i = 0; i < 100; ++i) { // each leaves before the next
        bool served = false;
        for (int tries = 0; tries < 100 && !served; ++tries) {
            served = Client(server.path()).echoes("again");
        }
        report.expect(served, "no room came back");
    }
}

/// What the page says that a session prints.
void printed(const std::string &image, const std::string &page, Report &report) {
    Server server(image);
    report.expect(Client(server.path()).echoes("hello"), "no answer");
    const Client hostile(server.path());
    report.expect(hostile.send("999999999:x") && hostile.is_turned_away(), "it is served");
    report.expect(Client(server.path()).echoes("hello"), "no answer");
    const Ending ended = server.end();
    report.expect_equal(std::to_string(ended.status), "0");
    report.expect(access(server.path().c_str(), F_OK) != 0, "the socket's name is left");
    std::stringstream wanted;
    wanted << std::ifstream(page).rdbuf();
    report.expect_equal(std::regex_replace(ended.err, std::regex("0x[0-9a-f]+"), "0x..."),
                        wanted.str());
}

/// Wrong use is one line.
void wrong_use(const std::string &image, Report &report) {
    const auto expect = [&](const std::vector<std::string> &words, int status,
                            const std::string &line) {
        const Ending ended = hosted::run(words, "");
        report.expect_equal(std::to_string(ended.status), std::to_string(status));
        report.expect_equal(ended.err, line + "\n");
    };
    expect({image}, 2, "usage: echo PATH");
    const std::string long_path(108, 'x');
    expect({image, long_path}, 1, "echo: " + long_path + ": no path of a socket: name too long");
    expect({image, "/tmp"}, 1,
           "echo: /tmp: remove the file if no other server uses it: address in use");
    expect({image, "/no/such/folder/socket"}, 1,
           "echo: /no/such/folder/socket: no such place: no such file or directory");
}

} // namespace

int main(int count, char **arguments) {
    if (count != 3) {
        std::fprintf(stderr, "usage: echo_clients IMAGE OUTPUT\n");
        return 2;
    }
    const std::string image = arguments[1];
    Report report;
    Server server(image);
    report.begin("run.echo.pieces_of_many_clients");
    pieces_of_many(server, report);
    report.begin("attack.echo.hostile_clients");
    hostile_clients(server, report);
    report.begin("run.echo.a_client_that_does_not_read");
    slow_reader(server, report);
    report.begin("attack.echo.more_clients_than_there_is_room_for");
    many_clients(server, report);
    report.begin("run.echo.a_signal_ends_it");
    const Ending ended = server.end();
    report.expect_equal(std::to_string(ended.status), "0");
    report.begin("run.guide.serve_clients_over_a_socket");
    printed(image, arguments[2], report);
    report.begin("run.echo.wrong_use_is_one_line");
    wrong_use(image, report);
    return report.close();
}
