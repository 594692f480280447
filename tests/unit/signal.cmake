entente_test(signal_test LAYERS plan)
entente_test(pressure_test LAYERS doubt)
entente_test(pressure_refusal_test LAYERS plan)
