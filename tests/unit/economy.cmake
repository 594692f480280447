entente_test(economy_test LAYERS situation)
entente_test(worlds_test LAYERS situation)
