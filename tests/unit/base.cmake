entente_test(base_test LAYERS base)
entente_test(elementary_test LAYERS base)
