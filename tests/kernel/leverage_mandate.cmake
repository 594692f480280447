entente_test(leverage_test LAYERS leverage LIBRARIES rapidcheck)
entente_test(mandate_test LAYERS mandate LIBRARIES rapidcheck)
