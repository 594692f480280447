entente_test(economy_test LAYERS situation families)
entente_test(worlds_test LAYERS situation families)
