/// signer: signs files on request with a key that the code which parses the requests cannot read.
#include "apps/signer/key.h"
#include "apps/signer/serve.h"

namespace {

struct Options {
    const char *key = nullptr;
    bool planted_bug = false;
    bool wrong = false;
};

bool is(const char *word, const char *wanted) {
    while (*word != '\0' && *word == *wanted) {
        ++word;
        ++wanted;
    }
    return *word == *wanted;
}

Options read_options(rt::Arguments arguments) {
    Options options;
    for (int i = 1; i < arguments.count(); ++i) {
        if (is(arguments[i], "--key") && arguments[i + 1] != nullptr) {
            options.key = arguments[++i];
        } else if (is(arguments[i], "--bug")) {
            options.planted_bug = true;
        } else {
            options.wrong = true;
        }
    }
    options.wrong |= options.key == nullptr;
    return options;
}

} // namespace

rt::Exit main(rt::Arguments arguments) {
    const Options options = read_options(arguments);
    if (options.wrong) {
        rt::log("usage: signer --key FILE [--bug] < REQUESTS\n"
                "  --key FILE  sign with the bytes of FILE, 1 to 4096\n"
                "  --bug       with a planted bug in the parser\n"
                "  a request is a line: sign PATH, verify HEX PATH, or list");
        return rt::Exit::usage;
    }
    const auto loaded = signer::load_key(options.key);
    if (!loaded) {
        rt::log("signer: {}: {}", options.key, loaded.error().reason);
        return rt::Exit::usage;
    }
    return signer::serve(options.planted_bug);
}
