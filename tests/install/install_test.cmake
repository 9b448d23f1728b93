# Installs the build into a prefix of its own, builds a small program against what was installed,
# and runs it. -DBUILD=<build folder> -DSOURCE=<folder of the program> -DWORK=<scratch folder>
# -DCOMPILER=<C++ compiler> -DGENERATOR=<generator> -DFLAGS=<compile and link flags>
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${ARGN} failed (${code}):\n${output}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/build -G ${GENERATOR} -DCMAKE_BUILD_TYPE=Debug
  -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS} -DCMAKE_PREFIX_PATH=${WORK}/prefix)
run(${CMAKE_COMMAND} --build ${WORK}/build)

execute_process(COMMAND ${WORK}/build/consumer ${SOURCE}/job.yaml RESULT_VARIABLE code
  OUTPUT_VARIABLE report ERROR_VARIABLE errors)
foreach(expected "job.yaml:[0-9]+:[0-9]+: " "Linted 1 document in 1 file")
  if(NOT report MATCHES "${expected}")
    message(FATAL_ERROR "No '${expected}' in the report (exit ${code}):\n${report}${errors}")
  endif()
endforeach()
if(NOT code EQUAL 1)
  message(FATAL_ERROR "Expected exit code 1, got ${code}:\n${report}${errors}")
endif()
