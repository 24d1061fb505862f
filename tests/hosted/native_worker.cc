/// The worker of the guide as an ordinary program: its log line is printed.
#include "apps/guide/faults/worker.h"

int main() {
    worker::note(7);
    return 0;
}
