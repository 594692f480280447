entente_test(blocs_contract_test LAYERS blocs LIBRARIES rapidcheck)
