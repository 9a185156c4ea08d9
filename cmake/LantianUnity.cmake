# With LANTIAN_UNITY several files of a floor are compiled as one, which takes half the time: for
# whoever compiles everything, as scripts/setup and the tests do. Without it a change of one file
# compiles that one only. Whoever meets "redefinition" or "ambiguous" gives the names in question
# words of their own, or shares what is the same. One file stays alone:
set(LANTIAN_COMPILED_ALONE
  kernel/allocation_test.cpp) # replaces operator new for all of the program

# Compiles up to `batch` files of a target's folder `name` as one.
function(lantian_unity target name batch)
  set(alone ${LANTIAN_COMPILED_ALONE})
  list(FILTER alone INCLUDE REGEX "^${name}/")
  list(TRANSFORM alone PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set_property(SOURCE ${alone} PROPERTY SKIP_UNITY_BUILD_INCLUSION ON)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${batch})
  # GCC takes what is included for headers, whose anonymous namespaces would differ from file to file.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()
