/// The phase before main, for apps that have no use for it. An app's own `prepare` takes its place.
#include "rt/start/arguments.h"

[[gnu::weak]] void prepare(rt::start::Arguments) {}
