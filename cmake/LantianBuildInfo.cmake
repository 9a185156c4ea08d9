# What the program says of itself: version, commit, compiler and flags. All of it is written below
# the build folder; results/build_info.cpp includes it.
#
# Run as a script it prints or writes the commit alone:
#   cmake [-D OUTPUT=commit.hpp] -P cmake/LantianBuildInfo.cmake

# The last commit that touched the engine, with "-modified" where files differ from it; "unknown"
# outside a git checkout.
function(lantian_commit result)
  get_filename_component(root ${CMAKE_CURRENT_FUNCTION_LIST_DIR} DIRECTORY)
  set(engine sim bindings cmake CMakeLists.txt pyproject.toml)
  find_program(GIT git)
  set(commit "")
  if(GIT AND EXISTS ${root}/.git)
    execute_process(COMMAND ${GIT} log -1 --format=%h --abbrev=12 -- ${engine}
      WORKING_DIRECTORY ${root} OUTPUT_VARIABLE commit ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
    execute_process(COMMAND ${GIT} status --porcelain -- ${engine}
      WORKING_DIRECTORY ${root} OUTPUT_VARIABLE changes ERROR_QUIET)
    if(commit AND changes)
      string(APPEND commit "-modified")
    endif()
  endif()
  if(NOT commit)
    set(commit "unknown")
  endif()
  set(${result} ${commit} PARENT_SCOPE)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
  cmake_policy(VERSION 3.25)
  lantian_commit(commit)
  if(OUTPUT)
    configure_file(${CMAKE_CURRENT_LIST_DIR}/commit.hpp.in ${OUTPUT} @ONLY)
  else()
    execute_process(COMMAND ${CMAKE_COMMAND} -E echo ${commit})
  endif()
  return()
endif()

set(generated ${PROJECT_BINARY_DIR}/generated)
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
string(STRIP "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}}" flags)
configure_file(${PROJECT_SOURCE_DIR}/cmake/build.hpp.in ${generated}/build.hpp @ONLY)

# Looked up at every build, written only where it has changed.
add_custom_target(lantian_commit BYPRODUCTS ${generated}/commit.hpp
  COMMAND ${CMAKE_COMMAND} -D OUTPUT=${generated}/commit.hpp -P ${CMAKE_CURRENT_LIST_FILE}
  COMMENT "Looking up the commit")

add_library(lantian_build_info INTERFACE)
target_include_directories(lantian_build_info INTERFACE ${generated})
add_dependencies(lantian_build_info lantian_commit)
