entente_test(coalition_test LAYERS coalition)
entente_test(voting_test LAYERS coalition)
entente_test(exchange_test LAYERS coalition)
entente_test(coalition_large_test LAYERS coalition)
