entente_test(coalition_test LAYERS coalition)
