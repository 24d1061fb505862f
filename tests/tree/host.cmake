# The tools that read the repository.
set(tree ${POSTERN_ROOT}/tests/tree)
add_library(tree_common OBJECT ${tree}/text.cc ${tree}/repository.cc ${tree}/tool.cc)
function(add_tree_tool name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE tree_common)
endfunction()
add_tree_tool(include_order ${tree}/include_rules.cc ${tree}/include_order.cc)
add_tree_tool(atlas ${tree}/assembly.cc ${tree}/assembly_line.cc ${tree}/notation.cc ${tree}/atlas.cc
              ${tree}/atlas_jumps.cc ${tree}/atlas_labels.cc ${tree}/atlas_samples.cc
              ${tree}/atlas_sequences.cc)
add_tree_tool(sizes ${tree}/sizes.cc)
add_tree_tool(promises ${tree}/table.cc ${tree}/promise_table.cc ${tree}/promises.cc)
add_tree_tool(attacks ${tree}/table.cc ${tree}/promise_table.cc ${tree}/attacks.cc)
add_tree_tool(results ${tree}/table.cc ${tree}/promise_table.cc ${tree}/ctest_log.cc ${tree}/kernel_table.cc ${tree}/results.cc)
