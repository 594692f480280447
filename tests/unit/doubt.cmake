entente_test(random_test LAYERS base)
entente_test(pool_test LAYERS base LABELS tsan)
