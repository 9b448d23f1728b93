# One static library a layer of DESIGN's data flow; the link edges are the includes it may have.
function(tidewaiter_layer name)
  cmake_parse_arguments(arg "" "" "USES;PRIVATE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  if(NOT sources)
    add_library(tidewaiter_${name} INTERFACE)
    set(scope INTERFACE)
    set(private INTERFACE)
  else()
    add_library(tidewaiter_${name} STATIC ${sources})
    set(scope PUBLIC)
    set(private PRIVATE)
    tidewaiter_compile_options(tidewaiter_${name})
    if(TIDEWAITER_PCH AND name STREQUAL "base")
      target_precompile_headers(tidewaiter_base PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.h)
    elseif(TIDEWAITER_PCH)
      target_precompile_headers(tidewaiter_${name} REUSE_FROM tidewaiter_base)
    endif()
  endif()
  target_include_directories(tidewaiter_${name} ${scope}
    $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/include> $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/src>
    $<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/generated>)
  list(TRANSFORM arg_USES PREPEND tidewaiter_)
  target_link_libraries(tidewaiter_${name} ${scope} ${arg_USES} ${private} ${arg_PRIVATE} fmt::fmt)
endfunction()

function(tidewaiter_compile_options target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wsign-conversion $<$<BOOL:${TIDEWAITER_WERROR}>:-Werror>)
  # Everywhere or nowhere: RE2 asks for it, and what is precompiled must be compiled alike.
  target_compile_options(${target} PRIVATE -pthread)
  # GCC 12 warns of std::string's own code (PR 105329 and 105651); GCC 13 does not.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-array-bounds
      -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
endfunction()

if(TIDEWAITER_SANITIZE)
  add_compile_options(-fsanitize=${TIDEWAITER_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TIDEWAITER_SANITIZE})
endif()

tidewaiter_layer(base)
tidewaiter_layer(yaml USES base PRIVATE PkgConfig::libyaml ${TIDEWAITER_YAML_CPP})
tidewaiter_layer(cel USES base PRIVATE PkgConfig::re2)
tidewaiter_layer(k8s USES base yaml)
tidewaiter_layer(fix USES base yaml)
tidewaiter_layer(rules USES base yaml cel k8s)
include(builtin_rules)
tidewaiter_layer(engine USES base yaml cel k8s rules fix builtin PRIVATE Threads::Threads)
tidewaiter_layer(policy USES base yaml cel k8s engine)
tidewaiter_layer(report USES base PRIVATE nlohmann_json::nlohmann_json)
tidewaiter_layer(config USES base yaml rules)
tidewaiter_layer(cli USES base yaml cel k8s rules engine policy report config)

configure_file(${CMAKE_SOURCE_DIR}/include/tidewaiter/version.h.in
  ${CMAKE_BINARY_DIR}/generated/tidewaiter/version.h @ONLY)
if(EXISTS ${CMAKE_SOURCE_DIR}/src/cli/main.cc)
  add_executable(tidewaiter src/cli/main.cc)
  tidewaiter_compile_options(tidewaiter)
  target_link_libraries(tidewaiter PRIVATE tidewaiter_cli CLI11::CLI11)
endif()
