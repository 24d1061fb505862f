# Reads what `ctest --show-only=json-v1` prints, and prints what must have been built before those tests can run:
# `tool NAME` of the hosted ones, `target NAME` of Ninja. The variable `build` is the build folder. A test needs the
# files there that its command names, or what its labels `needs:TARGET` say; one whose command names the folder
# itself, without such a label, needs all.
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
    if (!seen) tool("all") # its program is a tool that is not there yet
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
