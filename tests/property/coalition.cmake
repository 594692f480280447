# GLPK is the other solver that the coalition kernel is held against; it is linked by tests only.
find_path(GLPK_INCLUDE glpk.h REQUIRED)
find_library(GLPK_LIBRARY glpk REQUIRED)
set(cost_coalition_property_test COST 26)
set(cost_coalition_voting_test COST 16)
set(cost_coalition_nucleolus_test COST 10)
foreach(test coalition_oracle_test coalition_property_test coalition_values_test coalition_nucleolus_test
    coalition_sampling_test coalition_voting_test coalition_exchange_test)
  entente_test(${test} LAYERS coalition LIBRARIES rapidcheck ${GLPK_LIBRARY} ${cost_${test}})
  target_include_directories(${test} PRIVATE ${GLPK_INCLUDE})
endforeach()
