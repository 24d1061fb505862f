/// signer_check IMAGE: the signer's protocol, seen from outside.
#include <cstdio>

#include "tests/hosted/signer_bench.h"

int main(int count, char **words) {
    if (count != 2) {
        std::fprintf(stderr, "usage: signer_check SIGNER_IMAGE\n");
        return 2;
    }
    hosted::Bench bench(words[1]);
    check_requests(bench);
    check_files(bench);
    check_streams(bench);
    check_start(bench);
    check_hijack(bench);
    return bench.report.close();
}
