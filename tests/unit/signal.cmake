entente_test(signal_test LAYERS plan)
