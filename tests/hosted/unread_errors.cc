/// Runs a program whose standard error is a pipe that is full, and that nobody reads.
///
///   unread_errors PROGRAM ARGUMENT...
///
/// Its exit status is the program's.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

int main(int count, char **words) {
    if (count < 2) {
        std::fprintf(stderr, "usage: unread_errors PROGRAM ARGUMENT...\n");
        return 2;
    }
    int ends[2]; // the reader's stays open
    if (pipe(ends) != 0 || fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0) {
        std::fprintf(stderr, "unread_errors: pipe: %s\n", std::strerror(errno));
        return 1;
    }
    while (write(ends[1], "x", 1) == 1) {
    }
    // The program gets it as programs get their pipes.
    if (fcntl(ends[1], F_SETFL, 0) != 0 || dup2(ends[1], 2) != 2) {
        return 1;
    }
    execv(words[1], words + 1);
    return 1;
}
