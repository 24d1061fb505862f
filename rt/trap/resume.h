/// Where an answered system call finds its answer: words below the domain's red zone.
#pragma once

#define RT_RESUME_BYTES 24
#define RT_RESUME_BELOW 152 // from rsp down to rip; then flags, answer
