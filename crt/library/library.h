/// What every source of the C support has in common.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "crt/library/stop.h"

/// A definition of the same name in a domain's own SOURCES or LIBRARIES replaces this one.
#define LIBRARY [[gnu::weak]]
