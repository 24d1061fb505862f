/// Hello world: start-up through a libc.
#include <stdio.h>

int main(void) {
    puts("hello");
    return 0;
}
