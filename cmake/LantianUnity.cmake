# With LANTIAN_UNITY several files of a target are compiled as one, which takes half the time: for
# whoever compiles everything, as scripts/setup and the tests do. Without it a change of one file
# compiles that one only. Whoever meets "redefinition" or "ambiguous" gives the names in question
# words of their own, or shares what is the same. One file stays alone:
set(LANTIAN_COMPILED_ALONE
  kernel/allocation_test.cpp) # replaces operator new for all of the program

# Sets `result` to the sources to compile: these themselves, or files that include up to `batch` of
# them each. Those stand in the same place for every build of a checkout (CMake's own UNITY_BUILD
# writes them into each), so that ccache knows in one build what it has compiled for another.
function(lantian_unity result target batch)
  set(sources ${ARGN})
  if(NOT LANTIAN_UNITY)
    set(${result} ${sources} PARENT_SCOPE)
    return()
  endif()
  set(compiled)
  set(number 0)
  set(count 0)
  set(text "")
  foreach(source IN LISTS sources)
    file(RELATIVE_PATH name ${CMAKE_CURRENT_SOURCE_DIR} ${source})
    if(name IN_LIST LANTIAN_COMPILED_ALONE)
      list(APPEND compiled ${source})
      continue()
    endif()
    string(APPEND text "#include \"${source}\"\n")
    math(EXPR count "${count} + 1")
    if(count EQUAL batch)
      lantian_write_unity(file ${target} ${number} "${text}")
      list(APPEND compiled ${file})
      math(EXPR number "${number} + 1")
      set(count 0)
      set(text "")
    endif()
  endforeach()
  if(count GREATER 0)
    lantian_write_unity(file ${target} ${number} "${text}")
    list(APPEND compiled ${file})
  endif()
  set(${result} ${compiled} PARENT_SCOPE)
endfunction()

function(lantian_write_unity result target number text)
  set(file ${PROJECT_SOURCE_DIR}/build/unity/${target}_${number}.cpp)
  file(CONFIGURE OUTPUT ${file} CONTENT "${text}" @ONLY) # touches nothing where it says so already
  # GCC takes what is included for headers, whose anonymous namespaces would differ from file to file.
  set_source_files_properties(${file} PROPERTIES
    COMPILE_OPTIONS $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  set(${result} ${file} PARENT_SCOPE)
endfunction()
