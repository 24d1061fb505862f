/// The common parts of the cases of signer_check: the image, a folder of files with known
/// signatures, the report.
#pragma once

#include <string>
#include <vector>

#include "tests/hosted/signer_image.h"
#include "tests/hosted/signer_report.h"
#include "tests/hosted/signer_session.h"

namespace hosted {

/// Signatures under the key of RFC 4231's first case, 20 bytes of 0x0b, as openssl computes them.
inline const std::string hi_digest =
    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"; // "Hi There": the RFC's own
inline const std::string empty_digest =
    "999a901219f032cd497cadb5e6051e97b6a29ab297bd6ae722bd6062a2f59542";

/// Works in a fresh folder, which is removed at the end. It holds `key` (20 bytes of 0x0b), `hi`
/// ("Hi There") and `empty`.
class Bench {
public:
    explicit Bench(const std::string &image);
    ~Bench();
    Bench(const Bench &) = delete;
    Bench &operator=(const Bench &) = delete;

    Report report;
    const Image image;
    const std::vector<std::string> words;     // signer with the key
    const std::vector<std::string> bug_words; // and with the planted bug

    /// One case: these requests get exactly these answers and this status, with nothing on standard
    /// error but what contains `says` (which must be there unless empty).
    void expect(const std::string &name, const std::string &requests, const std::string &answers,
                int status, const std::string &says = "");
    /// The same for an ending that was obtained in another way, within the running case.
    void expect_ending(const Ending &ending, const std::string &answers, int status,
                       const std::string &says = "");

private:
    std::string folder_;
};

void write_file(const std::string &path, const std::string &contents);

/// In the emulator, where what takes seconds elsewhere takes minutes.
bool emulated();
/// The image runs with an address space for each domain, by POSTERN_ISOLATION.
bool in_spaces();
/// POSTERN_LONG is set: take the minutes.
bool unhurried();

void check_requests(Bench &bench);
void check_files(Bench &bench);
void check_streams(Bench &bench);
void check_start(Bench &bench);
void check_hijack(Bench &bench);

} // namespace hosted
