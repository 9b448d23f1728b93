# What `cmake --install` puts into a prefix: the program, one static library of all that the
# embedding API needs, the headers of include/tidewaiter, and a package for find_package.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(objects "")
foreach(layer base yaml cel k8s fix rules builtin engine report)
  get_target_property(type tidewaiter_${layer} TYPE)
  if(NOT type STREQUAL "INTERFACE_LIBRARY")
    list(APPEND objects $<TARGET_OBJECTS:tidewaiter_${layer}>)
  endif()
endforeach()
add_library(tidewaiter_library STATIC ${objects})
set_target_properties(tidewaiter_library PROPERTIES
  OUTPUT_NAME tidewaiter EXPORT_NAME tidewaiter LINKER_LANGUAGE CXX)
target_compile_features(tidewaiter_library INTERFACE cxx_std_20)
target_include_directories(tidewaiter_library INTERFACE
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(tidewaiter_library PRIVATE fmt::fmt PkgConfig::libyaml
  ${TIDEWAITER_YAML_CPP} PkgConfig::re2 Threads::Threads)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/tidewaiter)
install(TARGETS tidewaiter_library EXPORT tidewaiter ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(TARGET tidewaiter)
  install(TARGETS tidewaiter RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY include/tidewaiter ${CMAKE_BINARY_DIR}/generated/tidewaiter
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(EXPORT tidewaiter NAMESPACE tidewaiter:: FILE tidewaiter-targets.cmake
  DESTINATION ${package_folder})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/generated/tidewaiter-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_SOURCE_DIR}/cmake/tidewaiter-config.cmake
  ${CMAKE_BINARY_DIR}/generated/tidewaiter-config-version.cmake DESTINATION ${package_folder})
