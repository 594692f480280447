entente_test(balance_test LAYERS balance)
