/// Domains without policies, in their first lives.
#include "bench/asked/lives.h"

void bench::begin_lives() {}
