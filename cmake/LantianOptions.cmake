# How our own code is compiled: the language, the warnings, and the floating-point rules that
# make results reproducible (no contraction, no fast-math).
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_program(LANTIAN_CCACHE ccache)
if(LANTIAN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${LANTIAN_CCACHE})
endif()

include(LantianUnity)
add_library(lantian_options INTERFACE)
target_compile_options(lantian_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -ffp-contract=off -fno-semantic-interposition
  # GCC 12 sees overlaps in `"text" + string` that are not there (GCC bug 105329).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  $<$<BOOL:${LANTIAN_WERROR}>:-Werror>)
target_include_directories(lantian_options INTERFACE ${PROJECT_SOURCE_DIR}/sim)

# One floor of sim/: a static library of every .cpp in its folder, linked to the floor below.
# The target all_verify_interface_header_sets compiles each of its headers alone (scripts/nightly).
function(lantian_floor name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.hpp)
  lantian_unity(compiled lantian_${name} 12 ${sources})
  add_library(lantian_${name} STATIC ${compiled})
  target_sources(lantian_${name} PUBLIC FILE_SET HEADERS
    BASE_DIRS ${PROJECT_SOURCE_DIR}/sim FILES ${headers})
  set_target_properties(lantian_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  target_link_libraries(lantian_${name} PUBLIC lantian_options ${ARGN})
endfunction()

# The tests of one floor: every *_test.cpp of tests/<name>. Further libraries may follow the name.
function(lantian_tests name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  if(sources)
    lantian_unity(compiled lantian_${name}_tests 6 ${sources})
    add_executable(lantian_${name}_tests ${compiled} source_folder.cpp)
    target_link_libraries(lantian_${name}_tests PRIVATE
      $<TARGET_NAME_IF_EXISTS:lantian_${name}> GTest::gmock_main ${ARGN})
    target_include_directories(lantian_${name}_tests PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    # The engine under test keeps its -O3; the stories around it compile a third faster so.
    # Under sanitizers they are not optimised at all, which halves their time again.
    target_compile_options(lantian_${name}_tests PRIVATE $<IF:$<CONFIG:Release>,-O1,-O0>)
    add_dependencies(lantian_all_tests lantian_${name}_tests)
    gtest_discover_tests(lantian_${name}_tests DISCOVERY_TIMEOUT 60)
  endif()
endfunction()
