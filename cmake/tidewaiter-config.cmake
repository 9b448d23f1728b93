# find_package(tidewaiter): the target tidewaiter::tidewaiter. The library is static, so its own
# libraries are needed too (Debian: libfmt-dev libyaml-dev libyaml-cpp-dev libre2-dev).
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(fmt)
find_dependency(yaml-cpp)
find_dependency(PkgConfig)
pkg_check_modules(libyaml REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
include(${CMAKE_CURRENT_LIST_DIR}/tidewaiter-targets.cmake)
