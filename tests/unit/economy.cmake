entente_test(economy_test LAYERS situation)
