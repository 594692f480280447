# cmake -D BUILD=... -D SOURCE=... -D WORK=... -P consumer.cmake
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code)
  if(NOT code EQUAL 0)
    string(JOIN " " line ${ARGN})
    message(FATAL_ERROR "failed (${code}): ${line}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK}/tree ${WORK}/consumer)
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/tree)
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/consumer -G ${GENERATOR} -D CMAKE_PREFIX_PATH=${WORK}/tree
    -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_CXX_FLAGS=${FLAGS} -D CMAKE_BUILD_TYPE=${CONFIG})
run(${CMAKE_COMMAND} --build ${WORK}/consumer)
run(${WORK}/consumer/consumer ${SOURCE}/situation.yaml)
run(${WORK}/tree/bin/entente check ${SOURCE}/situation.yaml)
# A world that comes with the program, by name, from a folder that holds none.
file(WRITE ${WORK}/consumer/shock.csv "sector,importer,exporter,tariff\nvehicles,USA,CHN,1\n")
execute_process(COMMAND ${WORK}/tree/bin/entente solve trade world-2022 ${WORK}/consumer/shock.csv
                WORKING_DIRECTORY ${WORK}/consumer RESULT_VARIABLE code OUTPUT_QUIET)
if(NOT code EQUAL 0 OR NOT EXISTS ${WORK}/tree/share/entente/data/economy-2022/flows.csv)
  message(FATAL_ERROR "failed (${code}): solve trade world-2022 of an installed tree")
endif()
