# With LANTIAN_UNITY several files of a floor are compiled as one, which takes half the time: for
# the builds under sanitizers (scripts/sanitizers). The files below stay alone,
# because a name of theirs means something else in another file of the floor ("redefinition",
# "ambiguous"). Whoever meets such an error adds the file.
set(LANTIAN_COMPILED_ALONE
  scenario/published_tables.cpp scenario/resolved.cpp scenario/toml_reader.cpp
  measures/dry_quenching.cpp measures/grading.cpp measures/patrol.cpp
  measures/regeneration_centre.cpp measures/relocation.cpp measures/retrofit.cpp
  measures/stockpile.cpp measures/substitution_fields.cpp
  ensemble/cap.cpp ensemble/compliance_target.cpp ensemble/deadline.cpp ensemble/permit.cpp
  ensemble/rate.cpp ensemble/recorder_deadlines.cpp ensemble/reduction.cpp ensemble/statistics.cpp
  results/block_bytes.cpp results/file_bytes.cpp results/layout_reader.cpp results/result_file.cpp
  results/shard_file.cpp
  # tests
  kernel/allocation_test.cpp
  scenario/field_table_test.cpp scenario/toml_reader_test.cpp
  world/adsorber_test.cpp world/control_life_test.cpp world/rolling_window_test.cpp
  measures/programme_test.cpp measures/regeneration_centre_test.cpp measures/substitution_test.cpp
  ensemble/parameter_sample_test.cpp ensemble/programme_file_test.cpp ensemble/rate_test.cpp
  ensemble/receptors_test.cpp
  oracles/controls_test.cpp oracles/network_test.cpp oracles/queues_test.cpp
  oracles/repair_test.cpp)

# Compiles up to `batch` files of a target's folder `name` as one.
function(lantian_unity target name batch)
  set(alone ${LANTIAN_COMPILED_ALONE})
  list(FILTER alone INCLUDE REGEX "^${name}/")
  list(TRANSFORM alone PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set_property(SOURCE ${alone} PROPERTY SKIP_UNITY_BUILD_INCLUSION ON)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${batch})
endfunction()
