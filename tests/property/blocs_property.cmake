# GLPK is the other solver that the blocs and wedge kernels are held against; it is linked by tests only.
entente_test(blocs_oracle_test LIBRARIES rapidcheck glpk)
entente_test(blocs_large_test LAYERS blocs LIBRARIES rapidcheck glpk)
entente_test(blocs_clusters_test LAYERS blocs)
foreach(test blocs_property_test blocs_invariant_test)
  entente_test(${test} LAYERS blocs LIBRARIES rapidcheck)
endforeach()
entente_test(balance_property_test LAYERS balance LIBRARIES rapidcheck)
entente_test(wedge_property_test LAYERS wedge LIBRARIES rapidcheck glpk)
