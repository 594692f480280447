entente_test(base_test LAYERS base)
