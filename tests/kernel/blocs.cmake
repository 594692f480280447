entente_test(blocs_contract_test LAYERS blocs)
entente_test(blocs_engine_test LAYERS blocs)
entente_test(blocs_reference_test LAYERS blocs)
