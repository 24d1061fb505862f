# Judges the images of the build, by the verifier's checks and some of its own.
set(image ${POSTERN_ROOT}/tests/image)
add_executable(image_check ${image}/exception_table.cc ${image}/planting.cc ${image}/plants.cc ${image}/plant_segments.cc ${image}/plant_instructions.cc
               ${image}/plant_regions.cc ${image}/plant_exception_table.cc ${image}/alternatives.cc ${image}/patching.cc ${image}/plant_patching.cc ${image}/plant_own.cc
               ${image}/image_check.cc)
target_link_libraries(image_check PRIVATE verify_parts)
