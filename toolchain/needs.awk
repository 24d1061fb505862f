# Reads the output of `ctest --show-only=json-v1`, and prints what those tests need built: `tool NAME` for hosted
# programs, `target NAME` for Ninja. The variable `build` is the build folder. A test needs the files of that folder
# that its command names, or the targets of its labels `needs:TARGET`. A test whose command names the folder itself,
# without such a label, needs everything.
/^ +"command" : *$/ { in_command = 1; seen = 1; next }
in_command && /^ +\],?$/ { in_command = 0 }
in_command && /"/ {
    word = $0
    gsub(/^ *"|",?$/, "", word)
    if (index(word, build) == 1) words[++count] = substr(word, length(build) + 2)
}
/^ +"needs:/ {
    label = $0
    gsub(/^ *"needs:|",?$/, "", label)
    need("target " label)
    labelled = 1
}
/^ +"name" : "WORKING_DIRECTORY"/ { # the last of each test
    if (!seen) tool("all") # its program is a tool that is not built yet
    for (i = 1; i <= count; ++i) place(words[i])
    count = seen = labelled = 0
}
END {
    if (whole) needed["target all"]
    for (one in needed) print one
}

function need(what) { needed[what] }

function tool(name) {
    need("tool " name)
    need("target host_tools")
}

function place(word) {
    if (sub(/^host\/bin\//, "", word)) tool(word)
    else if (word ~ /^verify\/bin\//) need("target postern_verify")
    else if (word == "" || word == "images.txt") whole = whole || !labelled
    else if (word !~ /\.(generated|json|log|obj)$/) need("target " word)
}
