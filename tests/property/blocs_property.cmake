# GLPK is the other solver that the blocs and wedge kernels are held against; it is linked by tests only.
entente_test(blocs_oracle_test LIBRARIES rapidcheck glpk)
entente_test(blocs_property_test LAYERS blocs LIBRARIES rapidcheck)
